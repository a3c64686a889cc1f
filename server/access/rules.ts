import type { DivisionLevel } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { identityOf, type Role, type Scope, type ScreenKey } from '@/data/model/scope';

/**
 * Role a screen has when nobody signed in: a wall shows aggregates, a desk commands, a tablet is the leader's. A
 * desk on real data only analyses.
 */
export const openRole = (screen: ScreenKey, isOpen: boolean): Role =>
  (({ big: 'R0', mid: isOpen ? 'R2' : 'R7', small: 'R1' }) as const)[screen];

/** Roles that are told no figure: they keep the system, its accounts and its record (三员). */
const administrators: Role[] = ['R8', 'R9', 'R10'];

/** Roles of the posts at each level of the tree. */
const postRoles: Record<DivisionLevel, Role[]> = {
  province: [],
  city: [],
  district: ['R1', 'R2', 'R6', 'R7', ...administrators],
  subdistrict: ['R3'],
  community: ['R4'],
  grid: ['R5'],
};

/** Roles of the posts in a division; the root of an installation has a district's, whatever its level. */
export const rolesAt = (level: DivisionLevel, isRoot: boolean): Role[] => postRoles[isRoot ? 'district' : level];

/**
 * Whether anybody may take a post without an account: every one of a demo; on real data those that get aggregates, and
 * where it is open (GRIDHALL_OPEN) all but the administrators'.
 */
export const isFree = (role: Role, { isDemo, isOpen }: { isDemo: boolean; isOpen: boolean }): boolean =>
  isDemo || identityOf[role] === 'aggregate' || (isOpen && !administrators.includes(role));

/** Parses the sign-in cookie `role:division`; null when it is not one. */
export const parseBadge = (text: string | undefined): { role: Role; division: string } | null => {
  const match = /^(R\d{1,2}):([\w-]{1,40})$/.exec(text ?? '');
  return match ? { role: match[1] as Role, division: match[2] as string } : null;
};

/** A post as it is written down, `role:division`: what notices go to, whoever holds it. */
export const badgeOf = ({ role, division }: { role: Role; division: string }): string => `${role}:${division}`;

/**
 * Department a caller acts for (代表部门): that of his account's post, whatever his phone says. Throws `not_allowed` where it
 * says another; `said` where no account tells one.
 */
export const departmentOf = <Said extends string | null>(
  { department }: Pick<Scope, 'department'>,
  said: Said,
): Said | string => {
  if (department === undefined || said === department) return said;
  if (said !== null) throw new Problem('not_allowed', `The post is one of ${department}, not of ${said}.`);
  return department;
};
