import { z } from 'zod';

/** Screen classes: the wall (大屏), the desk (中屏), tablet and phone (小屏). */
export const screenKeys = ['big', 'mid', 'small'] as const;
export const ScreenKey = z.enum(screenKeys);
export type ScreenKey = z.infer<typeof ScreenKey>;

/** Roles of `roles.csv`; code branches on them, so they are a union. R0 = a wall nobody signed in at. */
export const roles = ['R0', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R10'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** What a caller may see: one division and all below it, through one role, on one class of screen. */
export type Scope = {
  /** Root of the caller's territory: a division code. */
  division: string;
  /** Materialised path of that division, `/44/4403/DP/`; a row is in scope when its path starts with it. */
  path: string;
  level: 'province' | 'city' | 'district' | 'subdistrict' | 'community' | 'grid';
  role: Role;
  screen: ScreenKey;
  /** Post shown on screen instead of a name (岗位). */
  post: string;
  /** Id recorded as the actor of moves. */
  actorId: string;
};

/** Walls get aggregates only, whatever role signed in. */
export const isAggregateOnly = (scope: Pick<Scope, 'screen' | 'role'>): boolean =>
  scope.screen === 'big' || scope.role === 'R0' || scope.role === 'R1';
