import type { SQL } from 'drizzle-orm';
import { canSeeResidents, isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Theme, ThemeAsk } from '@/data/model/theme';
import { canReadDisputes } from '../dispute/rules';
import { maySeeVehicles } from '../vehicle/rules';

type Caller = Pick<Scope, 'screen' | 'role'>;

/** What a theme is asked inside a transaction: where, at which instant of which local day, and how many rows. */
export type Asked = Pick<ThemeAsk, 'conditions'> & { inArea: SQL; at: Date; day: string; limit: number };

/** Whether the caller may search a theme; persons in care are asked for by their groups besides (`care`). */
export const maySearch = (scope: Caller, theme: Theme): boolean => {
  if (theme === 'vehicle') return maySeeVehicles(scope);
  if (theme === 'person' || theme === 'care') return canSeeResidents(scope);
  return theme === 'case' ? canReadDisputes(scope) : !isAggregateOnly(scope);
};

/** Ages in full years a word of list `age-band` holds, `[from, until)`; null until = without end. */
export const yearsOf = (band: string): { from: number; until: number | null } => {
  const [from = 0, to] = band.replace('+', '').split('-').map(Number);
  return { from, until: to === undefined ? null : to + 1 };
};
