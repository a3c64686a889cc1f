import { z } from 'zod';
import type { Unit } from '../model/answer';
import type { DimensionKey } from './dimensions';

/** Fact views of the replica, one wide typed view each. */
export const Fact = z.enum([
  'event',
  'person',
  'household',
  'building',
  'dwelling',
  'entity',
  'vehicle',
  'record',
  'quality',
  'doubt',
  'link',
  'asset',
  'worker',
  'duty',
  'alert',
  'weather_hour',
  'beach_hour',
  'ticket',
  'whistle',
  'care',
  'visit',
  'call',
  'errand',
  'volunteer',
  'volunteer_turn',
]);
export type Fact = z.infer<typeof Fact>;

/** Facts whose rows may be shown one by one; people, dwellings and shifts never are. */
export const listedFacts: readonly Fact[] = ['event', 'building', 'entity'];

/**
 * A metric, defined exactly once. Expressions are DuckDB SQL over the columns of `fact` (server/metric/facts);
 * `$asOf` is the clock, the end of the interval counted; `$asOfDay` its local date; `$events` the events as they stood
 * then, for a second look beside the row's own `fact`.
 */
export type Metric = {
  /** `event.close_rate`: fact or module, then the measure. */
  key: string;
  /** K01 … of kpi_definitions.csv; null outside it. */
  code: string | null;
  unit: Unit;
  kind: 'count' | 'sum' | 'mean' | 'rate';
  fact: Fact;
  /** Additive expression summed over rows. */
  numerator: string;
  /** Additive expression; `1` for counts and sums. `residents` = people living in the asked cell at the clock. */
  denominator: string;
  /** Rows that take part at all; null = every row. */
  where: string | null;
  /** Values of the placeholders `$own…` in the expressions of a customer's indicator. */
  params?: Readonly<Record<string, string>>;
  /** Instant column that puts a row into an interval; null = a stock, counted as it stands at the clock. */
  time: string | null;
  dimensions: readonly DimensionKey[];
  /** Expressions that replace a dimension's column for this metric; a list makes a row count once in each of its codes. */
  by?: Partial<Record<DimensionKey, string>>;
  /** Code of people that the numerator tells apart: its split is held to the floor like a dimension. */
  tells?: DimensionKey;
  polarity: 'up_good' | 'down_good' | 'neutral';
  /** Its rows are persons, or each stands for one; they are held to the floor in place of the residents of a cell. */
  countsPersons?: boolean;
  /** People-related cells with n below this are withheld; 0 = never. */
  leastN: number;
  /** Tells a category of events by its own condition: not told of places smaller than a community. */
  isOfCategory?: boolean;
  /** Cells of fewer rows are withheld, of any fact: the customer's own least number. */
  leastRows?: number;
  decimals: number;
  /** Limits of the classes it is drawn in, rising; absent = round ones near equal shares of the values. */
  breaks?: readonly number[];
  freshSeconds: number;
  zh: string;
  en: string;
  /** One sentence: what is counted, what is not. */
  meaning: { zh: string; en: string };
  source: string;
  revision: number;
  since: string;
};

export const defineMetric = (metric: Metric): Metric => metric;
