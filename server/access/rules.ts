import type { DivisionLevel } from '@/data/model/division';
import { identityOf, type Role, type ScreenKey } from '@/data/model/scope';

/**
 * Role a screen has when nobody signed in: a wall shows aggregates, a desk commands, a tablet is the leader's. Until
 * there are accounts, a desk on real data only analyses.
 */
export const openRole = (screen: ScreenKey, isOpen: boolean): Role =>
  (({ big: 'R0', mid: isOpen ? 'R2' : 'R7', small: 'R1' }) as const)[screen];

/** Roles of the posts at each level of the tree. */
const postRoles: Record<DivisionLevel, Role[]> = {
  province: [],
  city: [],
  district: ['R1', 'R2', 'R6', 'R7', 'R8'],
  subdistrict: ['R3'],
  community: ['R4'],
  grid: ['R5'],
};

/**
 * Roles of the posts in a division; the root of an installation has a district's, whatever its level. On real data
 * (not open) only posts that get aggregates.
 */
export const rolesAt = (level: DivisionLevel, isRoot: boolean, isOpen: boolean): Role[] =>
  postRoles[isRoot ? 'district' : level].filter((role) => isOpen || identityOf[role] === 'aggregate');

/** Parses the sign-in cookie `role:division`; null when it is not one. */
export const parseBadge = (text: string | undefined): { role: Role; division: string } | null => {
  const match = /^(R\d{1,2}):([\w-]{1,40})$/.exec(text ?? '');
  return match ? { role: match[1] as Role, division: match[2] as string } : null;
};
