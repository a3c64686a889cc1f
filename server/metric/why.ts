import type { z } from 'zod';
import { type DimensionKey, divisionDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { type Answer, type Cell, scaleOf } from '@/data/model/answer';
import type { WhyAsk } from '@/data/model/ask';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { datesOf, type Period, type Question } from '@/data/model/view';
import { type AskContext, metricFor, placeOf } from './answer';
import { answerCached } from './cache';
import { clockOf, intervalOf, moveBack } from './period';
import { moveBucket, shiftOf } from './shift';

/** What changed a figure: the figure with its base, and the change taken apart by one or more dimensions at a time. */
export type Why = {
  whole: Answer;
  /** Signed parts of the change as cells, largest first; the last one, `at` empty, is all the rest. They sum to it. */
  ways: (Answer & { change: number })[];
};

/** Parts named in one way at most. */
const mostParts = 6;
const mostCells = 5_000;

/** Area one level below the one asked about, as far as the metric is told by it. */
const areaOf = (metric: Metric, level: DivisionLevel): DimensionKey | undefined =>
  divisionDimensions.find(
    (key) => divisionLevels.indexOf(key) > divisionLevels.indexOf(level) && metric.dimensions.includes(key),
  );

const waysOf = (metric: Metric, level: DivisionLevel): DimensionKey[][] => {
  const single = [
    metric.dimensions.includes('categoryL1') ? ('categoryL1' as const) : undefined,
    areaOf(metric, level),
    metric.dimensions.includes('source') ? ('source' as const) : undefined,
  ].filter((key) => key !== undefined && !metric.by?.[key]) as DimensionKey[];
  return [...single.map((key) => [key]), ...(single.length > 1 ? [single] : [])];
};

const movePeriod = (period: Period, days: number): Period => {
  const dates = datesOf(period);
  const moved = (date: string) => moveBucket('day', date, { unit: 'day', n: days });
  return dates ? `${moved(dates.from)}/${moved(dates.until)}` : period;
};

/** The same question earlier, with the same elapsed part; `invalid` where nothing lies before. */
const questionBefore = ({ facts }: AskContext, { question, daysBack }: z.output<typeof WhyAsk>): Question => {
  const { timeZone } = facts.meta().installation;
  const clock = clockOf(question, facts.status().asOf, timeZone);
  const shift = daysBack
    ? ({ unit: 'day', n: daysBack } as const)
    : shiftOf('previous', question.period, [], intervalOf(question.period, clock, timeZone), timeZone);
  if (!shift) throw new Problem('invalid', 'Since ever has no period before it.');
  const at = moveBack(clock, shift, timeZone).toISOString();
  return { ...question, at, period: movePeriod(question.period, shift.n) };
};

type Sides = { now: Answer; before: Answer };

/** What a cell adds to the value: its numerator over the whole's denominator. */
const addedBy = (cell: Cell | undefined, whole: Cell, scale: number): number =>
  ((cell?.numerator ?? 0) / (whole.denominator ?? 1)) * scale;

const keyOf = ({ at }: Cell, dimensions: readonly string[]): string => dimensions.map((key) => at[key]).join('\u001f');

/** The change by some dimensions: cells told on both sides, the largest first; all else is the rest. */
const takeApart = ({ now, before }: Sides, whole: Sides, change: number): Why['ways'][number] => {
  const [nowWhole, beforeWhole] = [whole.now.cells[0], whole.before.cells[0]] as [Cell, Cell];
  const scale = scaleOf(now.unit);
  const index = (answer: Answer) => new Map(answer.cells.map((cell) => [keyOf(cell, now.dimensions), cell]));
  const [mine, base] = [index(now), index(before)];
  const all = [...new Set([...mine.keys(), ...base.keys()])].map((key) => [mine.get(key), base.get(key)] as const);
  const told = all
    .filter((pair) => !pair.some((cell) => cell?.withheld))
    .map(([cell, was]) => {
      const value = addedBy(cell, nowWhole, scale) - addedBy(was, beforeWhole, scale);
      return { at: (cell ?? was)?.at ?? {}, value };
    })
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const parts = told.slice(0, mostParts);
  const rest = change - parts.reduce((sum, { value }) => sum + value, 0);
  const cells = [...parts, { at: {}, value: rest }].map(({ at, value }): Cell => {
    const exact = Number(value.toPrecision(12));
    return { at, value: exact, numerator: exact, denominator: 1, n: null };
  });
  return { ...now, cells, change, withheldTotal: undefined, target: null };
};

/** The figure with the one it is held against. */
const held = ({ now, before }: Sides): Cell => {
  const [cell, base] = [now.cells[0], before.cells[0]] as [Cell, Cell];
  const { value, numerator, denominator } = base;
  return { ...cell, previous: { value, numerator: numerator ?? 0, denominator: denominator ?? 1 } };
};

/**
 * Which categories, areas and sources made a figure differ from the period before. Asked by `answer` alone, so it knows
 * no more than it tells: what is withheld on either side stands in the rest.
 */
export const why = async (context: AskContext, asked: z.output<typeof WhyAsk>): Promise<Why> => {
  const { metric: key, question } = asked;
  const metric = await metricFor(context, asked);
  const earlier = questionBefore(context, asked);
  const both = async (dimensions: DimensionKey[]): Promise<Sides> => {
    const ask = { metric: key, dimensions, limit: mostCells };
    const [now, before] = await Promise.all([
      answerCached(context, { ...ask, question }),
      answerCached(context, { ...ask, question: earlier }),
    ]);
    return { now, before };
  };
  const whole = await both([]);
  const [value, base] = [whole.now.cells[0]?.value, whole.before.cells[0]?.value];
  if (value === null || value === undefined || base === null || base === undefined)
    throw new Problem('withheld', 'The figure or its base is not told, so neither is what changed it.');
  const ways = await Promise.all(
    waysOf(metric, placeOf(context, question.division).level).map(async (dimensions) =>
      takeApart(await both(dimensions), whole, value - base),
    ),
  );
  return { whole: { ...whole.now, cells: [held(whole)] }, ways };
};
