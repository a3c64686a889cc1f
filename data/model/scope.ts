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
  /** Department that a handler's account was granted the post for; absent = he took the post of a demo, and his phone says which. */
  department?: string;
};

/** What a role is told of people and single cases: column `identity` of role.csv. */
export type Identity = 'aggregate' | 'masked' | 'own_grid' | 'own_case' | 'none';

export const identityOf: Record<Role, Identity> = {
  R0: 'aggregate',
  R1: 'aggregate',
  R2: 'masked',
  R3: 'masked',
  R4: 'masked',
  R5: 'own_grid',
  R6: 'own_case',
  R7: 'aggregate',
  R8: 'none',
  R9: 'none',
  R10: 'none',
};

/** Walls get aggregates only, whatever role signed in; so do roles that work on no case. */
export const isAggregateOnly = (scope: Pick<Scope, 'screen' | 'role'>): boolean =>
  scope.screen === 'big' || ['aggregate', 'none'].includes(identityOf[scope.role]);

/** Whether the caller may see residents one by one, masked; never on a wall. */
export const canSeeResidents = (scope: Pick<Scope, 'screen' | 'role'>): boolean =>
  scope.screen !== 'big' && ['masked', 'own_grid'].includes(identityOf[scope.role]);
