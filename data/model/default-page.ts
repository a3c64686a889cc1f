import { z } from 'zod';
import table from '../dictionaries/default-page.json';
import { DivisionLevel } from './division';
import { ScreenKey } from './scope';
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
