import { z } from 'zod';
import type { DimensionKey } from '../metrics/dimensions';
import type { Ask, Operator } from './ask';
import type { DivisionLevel } from './division';
import { datesOf, type FilterField, type FixedPeriod, type Question } from './view';

/** Reports (报告): the yearly grid population report, and what happened in a day, a week, a month (情况通报). */
export const reportKeys = ['population', 'daily', 'weekly', 'monthly'] as const;
export const ReportKey = z.enum(reportKeys);
export type ReportKey = z.infer<typeof ReportKey>;

/** `below`: the divisions one level down; `deep`: two levels down; `bucket`: stretches of time that suit the period. */
type Split = DimensionKey | 'below' | 'deep' | 'bucket';

/** A question of a block; place, period and record are the report's. */
export type ReportAsk = {
  metric: string;
  split?: Split;
  operators?: readonly Operator[];
  filter?: { field: FilterField; values: readonly string[] };
  /** Rows in the order of their codes, not the greatest first. */
  isByCode?: boolean;
};

/**
 * A block: figures, a table joined by the codes of its first question, bars of one question, or a computed sentence whose
 * words are `report.sentence.<key>`.
 */
export type Block = {
  key: string;
  kind: 'figures' | 'table' | 'bars' | 'sentence';
  /** Questions by the name a sentence puts them in by. */
  asks: Readonly<Record<string, ReportAsk>>;
  /** Rows at most; the rest is told as a number of rows left out. */
  most?: number;
  /** Only rows whose first value lies beyond a limit; withheld ones are not judged. */
  over?: number;
  under?: number;
};

export type Section = { key: string; blocks: readonly Block[] };
export type Report = { key: ReportKey; sections: readonly Section[] };

/** Where, when and by which record a report is made. */
export type ReportPlace = Pick<Question, 'division' | 'period' | 'at' | 'known'> & { level: DivisionLevel };

const levels = ['district', 'subdistrict', 'community', 'grid'] as const;

const splitOf = (split: Split, { level, period }: ReportPlace): DimensionKey | null => {
  if (split === 'bucket') {
    const days = datesOf(period)?.days ?? 366;
    return days <= 2 ? 'hour' : days <= 45 ? 'day' : days <= 120 ? 'week' : 'month';
  }
  if (split !== 'below' && split !== 'deep') return split;
  const at = (levels as readonly DivisionLevel[]).indexOf(level);
  return levels[at + (split === 'below' ? 1 : 2)] ?? null;
};

/** Most rows a question of a report is answered with: every grid of a district. */
const maxRows = 2_000;

const askOf = (ask: ReportAsk, place: ReportPlace): Ask | null => {
  const { metric, split, operators = [], filter, isByCode = false } = ask;
  const dimension = split ? splitOf(split, place) : undefined;
  if (dimension === null) return null;
  const { division, period, at, known } = place;
  const filters = filter ? [{ source: 'report', field: filter.field, values: [...filter.values] }] : [];
  return {
    metric,
    dimensions: dimension ? [dimension] : [],
    question: { division, period, at, known, filters },
    operators: [...operators],
    complete: split === 'below' || split === 'deep' || split === 'bucket',
    ...(isByCode || split === 'bucket' ? {} : { sort: 'value' as const, order: 'desc' as const }),
    limit: maxRows,
  };
};

/** The questions of a block at a place; null where it has none there: a grid has no divisions below it. */
export const asksOf = (block: Block, place: ReportPlace): [name: string, ask: Ask][] | null => {
  const asks = Object.entries(block.asks).map(([name, ask]) => [name, askOf(ask, place)] as const);
  const told = asks.flatMap(([name, ask]): [string, Ask][] => (ask ? [[name, ask]] : []));
  return told.length === asks.length ? told : null;
};

const dayMs = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The n-th stretch before the one a local date lies in: a day, a week from Monday, a month, a year. */
const stretch = (report: ReportKey, today: string, n: number): FixedPeriod => {
  const at = new Date(`${today}T00:00:00Z`);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (report === 'population') return `${year - n}-01-01/${year - n + 1}-01-01`;
  if (report === 'monthly')
    return `${dateOf(Date.UTC(year, month - n, 1))}/${dateOf(Date.UTC(year, month - n + 1, 1))}`;
  const days = report === 'weekly' ? 7 : 1;
  const first = at.getTime() - (report === 'weekly' ? (at.getUTCDay() + 6) % 7 : 0) * dayMs - n * days * dayMs;
  return `${dateOf(first)}/${dateOf(first + days * dayMs)}`;
};

const nOffered: Record<ReportKey, number> = { population: 4, daily: 15, weekly: 9, monthly: 13 };

/** Stretches a report is offered for, the running one first. */
export const stretchesOf = (report: ReportKey, today: string): FixedPeriod[] =>
  Array.from({ length: nOffered[report] }, (_, n) => stretch(report, today, n));

/** Stretch a report is about when none is named: the running year of the population, else the last that is whole. */
export const usualStretch = (report: ReportKey, today: string): FixedPeriod =>
  stretch(report, today, report === 'population' ? 0 : 1);
