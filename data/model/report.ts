import { z } from 'zod';
import { bucketDimensions, type DimensionKey, timeDimensions } from '../metrics/dimensions';
import { metricByKey } from '../metrics/index';
import type { Ask, Operator } from './ask';
import { areaLevel, type DivisionLevel } from './division';
import { type Clause, datesOf, type FixedPeriod, type NamedPeriod, type Question } from './view';

/** Reports (报告): the yearly grid population report, and what happened in a day, a week, a month (情况通报). */
export const reportKeys = ['population', 'daily', 'weekly', 'monthly'] as const;
export const ReportKey = z.enum(reportKeys);
export type ReportKey = z.infer<typeof ReportKey>;

/**
 * `below`: the divisions one level down; `deep`: two levels down; `area`: those a map is filled by; `bucket`: stretches of
 * time that suit the period.
 */
type Split = DimensionKey | 'below' | 'deep' | 'area' | 'bucket';

/** A question of a block; place, period and record are the report's. */
export type ReportAsk = {
  metric: string;
  /** Two splits make a table of two columns of codes. */
  split?: Split | readonly Split[];
  operators?: readonly Operator[];
  filters?: readonly Omit<Clause, 'source'>[];
  /** Rows in the order of their codes, not the greatest first. */
  isByCode?: boolean;
};

/**
 * A block: figures; a table joined by the codes of its first question; bars, the course in time or a map of one question;
 * a computed sentence whose words are `report.sentence.<key>`; a note in words of somebody's own.
 */
export type Block = {
  key: string;
  kind: 'figures' | 'table' | 'bars' | 'trend' | 'map' | 'sentence' | 'note';
  /** Questions by the name a sentence puts them in by. */
  asks: Readonly<Record<string, ReportAsk>>;
  /** Rows at most; the rest is told as a number of rows left out. */
  most?: number;
  /** Only rows whose first value lies beyond a limit; withheld ones are not judged. */
  over?: number;
  under?: number;
  /** Computed sentence below the title, `report.sentence.<say>`; its question is `it`. */
  say?: 'course' | 'split';
  /** All of a note. */
  words?: string;
  /** Put together by somebody: named by its question. */
  isOwn?: true;
};

/** `title`: words of somebody's own; absent = `report.section.<key>`, empty = none. */
export type Section = { key: string; title?: string; blocks: readonly Block[] };
export type Report = { key: ReportKey | 'own'; sections: readonly Section[] };

/** Where, when and by which record a report is made. */
export type ReportPlace = Pick<Question, 'division' | 'period' | 'at' | 'known'> & { level: DivisionLevel };

const levels = ['district', 'subdistrict', 'community', 'grid'] as const;

const namedDays: Record<NamedPeriod, number> = { today: 1, P7D: 7, P30D: 30, P90D: 90, P365D: 365, all: 3_660 };

const splitOf = (split: Split, { level, period }: ReportPlace): DimensionKey | null => {
  if (split === 'area') return level === 'grid' ? null : areaLevel[level];
  if (split === 'bucket') {
    const days = datesOf(period)?.days ?? namedDays[period as NamedPeriod];
    return days <= 2 ? 'hour' : days <= 45 ? 'day' : days <= 120 ? 'week' : 'month';
  }
  if (split !== 'below' && split !== 'deep') return split;
  const at = (levels as readonly DivisionLevel[]).indexOf(level);
  return levels[at + (split === 'below' ? 1 : 2)] ?? null;
};

/** Splits that are listed with their zeros, and those in the order of time. */
const timeSplits: readonly string[] = ['bucket', ...timeDimensions];
const wholeSplits: readonly string[] = ['below', 'deep', 'area', 'bucket', ...bucketDimensions];

/** Most rows a question of a report is answered with: every grid of a district. */
const maxRows = 2_000;

const askOf = (ask: ReportAsk, place: ReportPlace): Ask | null => {
  const { metric, operators = [], isByCode = false } = ask;
  const splits = ask.split === undefined ? [] : [ask.split].flat();
  const dimensions = splits.map((split) => splitOf(split, place)).filter((dimension) => dimension !== null);
  const told = metricByKey.get(metric)?.dimensions ?? dimensions;
  if (dimensions.length < splits.length || dimensions.some((dimension) => !told.includes(dimension))) return null;
  const { division, period, at, known } = place;
  const filters = (ask.filters ?? []).map(({ field, values }) => ({ source: 'report', field, values: [...values] }));
  const isWhole = splits.length === 1 && wholeSplits.includes(splits[0] ?? '');
  return {
    metric,
    dimensions,
    question: { division, period, at, known, filters },
    operators: [...operators],
    complete: isWhole,
    ...(isByCode || timeSplits.includes(splits[0] ?? '') ? {} : { sort: 'value' as const, order: 'desc' as const }),
    limit: maxRows,
  };
};

/**
 * The questions of a block at a place; null where it has none there: a grid has no divisions below it, and not every metric
 * is told of every level.
 */
export const asksOf = (block: Block, place: ReportPlace): [name: string, ask: Ask][] | null => {
  const asks = Object.entries(block.asks).map(([name, ask]) => [name, askOf(ask, place)] as const);
  const told = asks.flatMap(([name, ask]): [string, Ask][] => (ask ? [[name, ask]] : []));
  return told.length === asks.length ? told : null;
};

const dayMs = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The n-th stretch before the one a local date lies in: a day, a week from Monday, a month, a year. */
const stretch = (report: ReportKey | 'own', today: string, n: number): FixedPeriod => {
  const at = new Date(`${today}T00:00:00Z`);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (report === 'population') return `${year - n}-01-01/${year - n + 1}-01-01`;
  if (report === 'monthly' || report === 'own')
    return `${dateOf(Date.UTC(year, month - n, 1))}/${dateOf(Date.UTC(year, month - n + 1, 1))}`;
  const days = report === 'weekly' ? 7 : 1;
  const first = at.getTime() - (report === 'weekly' ? (at.getUTCDay() + 6) % 7 : 0) * dayMs - n * days * dayMs;
  return `${dateOf(first)}/${dateOf(first + days * dayMs)}`;
};

const nOffered = { population: 4, daily: 15, weekly: 9, monthly: 13, own: 13 } as const;

/** Stretches a report is offered for, the running one first. */
export const stretchesOf = (report: ReportKey | 'own', today: string): FixedPeriod[] =>
  Array.from({ length: nOffered[report] }, (_, n) => stretch(report, today, n));

/** Stretch a report is about when none is named: the running year of the population, else the last that is whole. */
export const usualStretch = (report: ReportKey | 'own', today: string): FixedPeriod =>
  stretch(report, today, report === 'population' ? 0 : 1);
