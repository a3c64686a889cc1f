import { z } from 'zod';
import table from '../dictionaries/default-page.json';
import { DivisionLevel } from './division';
import { type Role, ScreenKey } from './scope';
import { View } from './view';

const DefaultPage = z.object({
  screen: ScreenKey,
  view: View.pick({ page: true, period: true, metric: true, layers: true }).partial(),
});
export type DefaultPage = z.infer<typeof DefaultPage>;

/**
 * Page a post begins at, by the level of its territory (六级职责): province and city the trend of the whole, the district
 * its queue, the sub-district its queue among the forces it can call, communities and grids what stands in them.
 */
export const defaultPages: Record<DivisionLevel, DefaultPage> = z.record(DivisionLevel, DefaultPage).parse(table);

/** Administrators begin at what they keep: the record, or the accounts. */
const administratorPages: Partial<Record<Role, DefaultPage>> = {
  R8: { screen: 'mid', view: { page: 'audit' } },
  R9: { screen: 'mid', view: { page: 'account' } },
  R10: { screen: 'mid', view: { page: 'account' } },
};

/** Page a post begins at. */
export const defaultPageOf = ({ role, level }: { role: Role; level: DivisionLevel }): DefaultPage =>
  administratorPages[role] ?? defaultPages[level];
