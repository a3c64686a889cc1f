import { z } from 'zod';
import { bucketDimensions, type DimensionKey } from '@/data/metrics/dimensions';
import { metricByKey } from '@/data/metrics/index';
import type { Metric } from '@/data/metrics/metric';
import { ownPrefix } from '@/data/metrics/own';
import { personResident } from '@/data/metrics/place';
import type { Answer, Cell } from '@/data/model/answer';
import { Ask, isPerHead } from '@/data/model/ask';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Question } from '@/data/model/view';
import type { Executor } from '../db/client';
import { assemble, checkSize, maxCells, PartRow } from './assemble';
import { type Compiled, type CompileInput, checkDimensions, type Place } from './clause';
import { compile } from './compile';
import { completeCodes, cutBucketsOf } from './complete';
import { derive } from './derive';
import type { DivisionPlace, Facts } from './follower';
import { guard, type PlacedInput, withheldTotalOf } from './guard';
import { foldToHexagons } from './hexagon';
import { runMetric, versionAt } from './own';
import { peopleAsk, peopleIn, peopleOf } from './per-head';
import { clockOf, type Interval } from './period';
import { readCodes, readStanding } from './standing';
import { readOwn, readTarget } from './store';
import { withhold } from './suppress';

/** Who asks, and of what. */
export type AskContext = { facts: Facts; db: Executor; scope: Omit<Scope, 'post' | 'actorId'> };

type ParsedAsk = z.output<typeof Ask>;

/** A metric of the catalogue. */
export const metricOf = (key: string): Metric => {
  const metric = metricByKey.get(key);
  if (!metric) throw new Problem('invalid', `No metric ${key}: ${[...metricByKey.keys()].join(', ')}.`);
  return metric;
};

/** The metric a question is put to: of the catalogue, or the customer's in the version of the question's clock. */
export const metricFor = async (
  { facts, db }: Pick<AskContext, 'facts' | 'db'>,
  { metric: key, question }: { metric: string; question: Pick<Question, 'at' | 'period'> },
): Promise<Metric> => {
  if (!key.startsWith(ownPrefix)) return metricOf(key);
  const { installation } = facts.meta();
  const clock = clockOf(question, facts.status().asOf, installation.timeZone);
  const own = versionAt(await readOwn(db, key.slice(ownPrefix.length)), clock);
  if (!own) throw new Problem('invalid', `No indicator ${key} was ever defined.`);
  return runMetric(own);
};

/** The division asked about: inside the caller's territory, or refused. */
export const placeOf = (
  { facts, scope }: AskContext,
  division: string | null,
): Pick<DivisionPlace, 'code' | 'level' | 'path'> => {
  if (division === null || division === scope.division)
    return { code: scope.division, level: scope.level, path: scope.path };
  const place = facts.meta().divisions.get(division);
  if (!place?.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Division ${division} is not in your territory.`, { division });
  return place;
};

/** What the compiler needs besides the metric. */
export const compileInput = (context: AskContext, ask: ParsedAsk): PlacedInput => {
  const { installation } = context.facts.meta();
  const asked = placeOf(context, ask.question.division);
  const within: Place[] = [
    { code: context.scope.division, level: context.scope.level, path: context.scope.path },
    asked,
  ]
    .filter(({ path }) => !installation.rootPath.startsWith(path))
    .filter(({ code }, index, all) => all.findIndex((place) => place.code === code) === index);
  return {
    dimensions: ask.dimensions,
    question: ask.question,
    operators: ask.operators,
    within,
    clock: clockOf(ask.question, context.facts.status().asOf, installation.timeZone),
    timeZone: installation.timeZone,
    code: asked.code,
    path: asked.path,
    level: asked.level,
  };
};

const completeOf = (ask: ParsedAsk, input: PlacedInput, compiled: Compiled, facts: Facts) =>
  ask.complete
    ? Object.fromEntries(
        ask.dimensions.map((key) => [
          key,
          completeCodes(key, {
            path: input.path,
            divisions: facts.meta().divisions,
            interval: compiled.intervals.now,
            timeZone: input.timeZone,
          }),
        ]),
      )
    : {};

const compareCodes = (dimensions: readonly DimensionKey[], a: Cell, b: Cell): number => {
  for (const key of dimensions) {
    const order = (a.at[key] ?? '').localeCompare(b.at[key] ?? '', 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return 0;
};

/** Sorted by codes or by value; cells without a value come last either way. */
const sortCells = (cells: readonly Cell[], { dimensions, sort, order }: ParsedAsk): Cell[] => {
  const sign = order === 'asc' ? 1 : -1;
  return [...cells].sort((a, b) => {
    if (sort === 'dimension') return sign * compareCodes(dimensions, a, b);
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null) || compareCodes(dimensions, a, b);
    return sign * (a.value - b.value) || compareCodes(dimensions, a, b);
  });
};

/** Rows of a question, all of one state of the data; too many are refused. */
export const readRows = async ({ facts }: AskContext, metric: Metric, input: CompileInput): Promise<PartRow[]> => {
  const read = await facts.snapshot(async ({ rows }) => {
    const isEvent = metric.fact === 'event';
    const standing = isEvent ? await readStanding(rows, input, await readCodes(rows, input)) : undefined;
    const { sql, params, maxRows } = compile(metric, { ...input, standing }, personResident);
    return { rows: await rows(sql, params), maxRows };
  });
  if (read.rows.length > read.maxRows) checkSize(input.dimensions, Number.POSITIVE_INFINITY);
  return z.array(PartRow).parse(read.rows);
};

/** Cells of the question as counted; nothing is withheld yet. */
const countCells = async (
  metric: Metric,
  ask: ParsedAsk,
  context: AskContext,
  compiled: Compiled,
  input: PlacedInput,
): Promise<Cell[]> => {
  const { facts } = context;
  const rows = await readRows(context, metric, input);
  const { firstAt } = facts.meta();
  const band = compiled.intervals.band?.from;
  return assemble({
    metric,
    dimensions: ask.dimensions,
    rows,
    shifts: compiled.shifts,
    hasBand: Boolean(band && firstAt && firstAt <= band),
    complete: completeOf(ask, input, compiled, facts),
  });
};

/** A wall and an aggregate role learn nothing of events and people at an exact address. */
export const checkAllowed = (
  metric: Metric,
  { dimensions }: Pick<ParsedAsk, 'dimensions'>,
  { scope }: AskContext,
): void => {
  if (!isAggregateOnly(scope) || !dimensions.includes('building')) return;
  if (metric.fact === 'event' || metric.fact === 'person' || metric.fact === 'household')
    throw new Problem('not_allowed', `${metric.key} is not told by building here: ask by block or grid.`);
};

/** A category of events, as of people in need, is told of communities and above alone where a condition names it. */
export const checkPlace = ({ key, isOfCategory }: Metric, { level }: Pick<PlacedInput, 'level'>): void => {
  if (isOfCategory && level === 'grid')
    throw new Problem('withheld', `${key} names a category: ask for a community or a larger area.`);
};

const isFolded = (metric: Metric, dimensions: readonly DimensionKey[]): boolean =>
  metric.leastN > 0 && dimensions.includes('hexagon');

/** Dimensions a question is counted by: people by block where they are asked for by hexagon. */
export const countedBy = (metric: Metric, dimensions: readonly DimensionKey[]): DimensionKey[] =>
  dimensions.map((key) => (key === 'hexagon' && isFolded(metric, dimensions) ? 'block' : key));

/** Withholds what the customer's own least number asks for. */
const withholdRare = ({ leastRows = 0 }: Metric, cells: readonly Cell[]): readonly Cell[] =>
  leastRows > 0 ? cells.map((cell) => ((cell.n ?? 0) < leastRows ? withhold(cell) : cell)) : cells;

/** People by hexagon are counted by block first; comparisons are left to the places of the tree. */
const answerByHexagon = async (context: AskContext, metric: Metric, ask: ParsedAsk): Promise<Answer> => {
  checkDimensions(metric, ask.dimensions);
  const dimensions = countedBy(metric, ask.dimensions);
  const byBlock = await answerAsk(context, metric, { ...ask, dimensions, operators: [], limit: maxCells });
  const folded = await foldToHexagons(metric, byBlock, context.facts);
  const { installation } = context.facts.meta();
  const told = derive(
    {
      ...{ metric, dimensions: ask.dimensions, operators: ask.operators, timeZone: installation.timeZone },
      ...{ interval: { from: null, to: new Date(folded.to) }, withheldTotal: folded.withheldTotal ?? null },
    },
    folded.cells,
  );
  const cells = sortCells(told, ask);
  return { ...folded, isComplete: cells.length <= ask.limit, cells: cells.slice(0, ask.limit) };
};

/** Buckets of the answer that its period cuts off, by dimension; undefined = none. */
const cutOf = ({ by, time }: Metric, dimensions: readonly DimensionKey[], interval: Interval, timeZone: string) => {
  const cut = bucketDimensions.flatMap((key) => {
    if (!dimensions.includes(key) || !time || by?.[key]) return [];
    const codes = cutBucketsOf(key, interval, timeZone);
    return codes.length > 0 ? [[key, codes] as const] : [];
  });
  return cut.length > 0 ? { cut: Object.fromEntries(cut) } : {};
};

/** Answers one question to the catalogue, cut to the caller's territory. */
export const answer = (context: AskContext, question: z.input<typeof Ask>): Promise<Answer> =>
  answerParsed(context, Ask.parse(question));

/** `answer` of a question that is parsed already; its limit may be beyond what a caller may ask for. */
export const answerParsed = async (context: AskContext, ask: ParsedAsk): Promise<Answer> => {
  return answerWith(context, await metricFor(context, ask), ask);
};

/** `answerParsed` with the metric at hand. */
export const answerWith = async (context: AskContext, metric: Metric, ask: ParsedAsk): Promise<Answer> => {
  return isFolded(metric, ask.dimensions) ? answerByHexagon(context, metric, ask) : answerAsk(context, metric, ask);
};

const answerAsk = async (context: AskContext, metric: Metric, ask: ParsedAsk): Promise<Answer> => {
  const { watermark } = context.facts.status();
  checkAllowed(metric, ask, context);
  const input = compileInput(context, ask);
  checkPlace(metric, input);
  const compiled = compile(metric, input, personResident);
  const place = placeOf(context, ask.question.division);
  const [all, target] = await Promise.all([
    countCells(metric, ask, context, compiled, input),
    readTarget(context.db, { metric: metric.key, division: place.code, at: input.clock }),
  ]);
  const read = (of: Metric, asked: CompileInput) => readRows(context, of, asked);
  const guarded = await guard({ metric, ask, input, compiled, facts: context.facts, read }, all);
  const shown = { ...guarded, cells: withholdRare(metric, guarded.cells) };
  const { now } = compiled.intervals;
  const people = ask.operators.filter(isPerHead).map(async (operator) => {
    const told = await answerWith(context, peopleOf(operator), peopleAsk(metric, ask, operator));
    return [operator, peopleIn(metric, ask, told)] as const;
  });
  const withheldTotal = withheldTotalOf(metric, all, shown);
  const asked = {
    ...input,
    metric,
    interval: now,
    withheldTotal,
    peopleOf: Object.fromEntries(await Promise.all(people)),
  };
  const cells = derive(asked, shown.cells);
  const { code, unit, kind, polarity, decimals, revision, freshSeconds } = metric;
  return {
    ...{ metric: metric.key, code, unit, kind, polarity, decimals, revision, freshSeconds, target },
    dimensions: ask.dimensions,
    asOf: input.clock.toISOString(),
    from: metric.time ? (now.from?.toISOString() ?? null) : null,
    to: now.to.toISOString(),
    snapshot: watermark,
    withheldTotal,
    isComplete: cells.length <= ask.limit,
    ...cutOf(metric, ask.dimensions, now, input.timeZone),
    cells: sortCells(cells, ask).slice(0, ask.limit),
  };
};
