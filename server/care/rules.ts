import type { CareWindow } from '@/data/model/care';
import { canSeeResidents, type Role, type Scope } from '@/data/model/scope';

/** How sensitive a group is (敏感级), as list `care-group` says. */
export type Sensitivity = 'low' | 'medium' | 'high' | 'very_high';

/** Posts that work with persons of the sensitive groups: their grid and their community, nobody above. */
const closest: readonly Role[] = ['R4', 'R5'];

/** Whether the caller may be told of persons in a group; never on a wall, and no post that gets aggregates. */
export const maySee = (scope: Pick<Scope, 'screen' | 'role'>, sensitivity: Sensitivity): boolean =>
  canSeeResidents(scope) && (['low', 'medium'].includes(sensitivity) || closest.includes(scope.role));

/** Grid workers tell of visits and see who it is; their community takes people in and lets them go. */
export const mayVisit = ({ role, screen }: Pick<Scope, 'screen' | 'role'>): boolean =>
  screen !== 'big' && closest.includes(role);
export const mayReveal = ({ role, screen }: Pick<Scope, 'screen' | 'role'>): boolean =>
  screen !== 'big' && role === 'R5';
export const mayKeep = ({ role, screen }: Pick<Scope, 'screen' | 'role'>): boolean => screen !== 'big' && role === 'R4';

const dayMs = 86_400_000;

/** Whether a visit due at an instant lies in a window at the clock. */
export const isIn = (window: CareWindow, row: { dueAt: Date | null; need: string | null }, at: Date): boolean => {
  if (window === 'all') return true;
  if (window === 'need') return row.need !== null;
  if (row.dueAt === null) return false;
  const left = row.dueAt.getTime() - at.getTime();
  return window === 'overdue' ? left < 0 : left >= 0 && left < 7 * dayMs;
};
