import { metricByKey } from '@/data/metrics';
import { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { Operator } from '@/data/model/ask';
import { type Asked, type AskedSpan, mostRanked, type PartKind, type Ranking } from '@/data/model/asked';
import { type Clause, FilterField, Period } from '@/data/model/view';
import { joinPeriods } from './period';
import { splitSentence, type Token } from './split';
import type { Meaning, WordBook } from './words';

/** Dimensions a question is split by at most, as the explorer's table is. */
const mostDimensions = 2;

type Reading = Token & { kind: Meaning['kind'] | 'unknown'; targets: string[] };

const isKind = (token: Token, kind: Meaning['kind']) => token.meanings.some((one) => one.kind === kind);
const targetsOf = (token: Token, kind: Meaning['kind']) =>
  token.meanings.flatMap((one) => (one.kind === kind ? [one.target] : []));

/** The metric that is said outright; else by a word that may also mean a split; else the thing counted. */
const metricOf = (tokens: readonly Token[]): string | null => {
  const sure = tokens.find((token) => isKind(token, 'metric') && !isKind(token, 'dimension'));
  const said = sure ?? tokens.find((token) => isKind(token, 'metric')) ?? tokens.find((token) => isKind(token, 'noun'));
  return said?.meanings.find(({ kind }) => kind === 'metric' || kind === 'noun')?.target ?? null;
};

const fieldOf = (target: string): string => target.slice(0, target.indexOf(':'));

type Catalogue = Pick<ReadonlyMap<string, Metric>, 'get'>;

/** What a word means beside this metric: one kind, and of that kind all it may mean. */
const readToken = (token: Token, metric: string | null, catalogue: Catalogue): Reading => {
  const known = metric === null ? undefined : catalogue.get(metric);
  const allows = (dimension: string) => !known || known.dimensions.some((one) => one === dimension);
  const as = (kind: Reading['kind'], targets: string[]): Reading => ({ ...token, kind, targets });
  if (metric !== null && targetsOf(token, 'metric').includes(metric)) return as('metric', [metric]);
  if (isKind(token, 'noun')) {
    const isSame = known?.fact === catalogue.get(targetsOf(token, 'noun')[0] ?? '')?.fact;
    return as(isSame ? 'metric' : 'unknown', isSame && metric ? [metric] : []);
  }
  for (const kind of ['division', 'period', 'order', 'limit', 'operator', 'until', 'opaque'] as const)
    if (isKind(token, kind)) return as(kind, targetsOf(token, kind));
  const dimensions = targetsOf(token, 'dimension').filter(allows);
  if (dimensions.length > 0) return as('dimension', dimensions);
  if (isKind(token, 'metric')) return as('unknown', []);
  const filters = targetsOf(token, 'filter').filter((target) => allows(fieldOf(target)));
  if (filters.length > 0) return as('filter', filters);
  return isKind(token, 'filler') ? as('filler', []) : as('unknown', []);
};

/** A path's code is its last part. */
const codeOf = (path: string): string | null => path.split('/').at(-2) ?? null;

/** The division a name means below the one already said: the coarsest, where that holds all the others; null = unclear. */
const divisionOf = (paths: readonly string[], within: string): string | null => {
  const inside = paths.filter((path) => path.startsWith(within));
  const first = inside.toSorted((a, b) => a.length - b.length)[0];
  return first !== undefined && inside.every((path) => path.startsWith(first)) ? first : null;
};

/** Joins `a to b` and `since a` into one period, so that what follows sees periods alone. */
const joinRanges = (readings: readonly Reading[], today: string): Reading[] => {
  const joined: Reading[] = [];
  const parts = readings.filter(({ kind, text }) => kind !== 'filler' || text.trim() !== '');
  for (let i = 0; i < parts.length; i++) {
    const [first, until, second] = [parts[i], parts[i + 1], parts[i + 2]];
    if (!first) continue;
    const isOpen = until?.targets[0] === 'now';
    const end = isOpen ? until : second;
    const canJoin = first.kind === 'period' && until?.kind === 'until' && (isOpen || second?.kind === 'period');
    const upTo = isOpen ? null : Period.safeParse(second?.targets[0]).data;
    const begin = Period.safeParse(first.targets[0]).data;
    const whole = canJoin && begin && upTo !== undefined ? joinPeriods(begin, upTo, today) : null;
    if (!whole || !end) joined.push(first);
    else {
      joined.push({ ...first, to: end.to, targets: [whole] });
      i += isOpen ? 1 : 2;
    }
  }
  return joined;
};

type Draft = Pick<Asked, 'metric' | 'dimensions' | 'operators' | 'spans'> & {
  path: string | null;
  period: Period | null;
  filters: Clause[];
  direction: Ranking['direction'] | null;
  limit: number | null;
  /** Parts of the sentence that say nothing a question can hold. */
  lost: { from: number; to: number }[];
};

const addFilter = (draft: Draft, target: string): void => {
  const field = FilterField.parse(fieldOf(target));
  const value = target.slice(target.indexOf(':') + 1);
  const clause = draft.filters.find((one) => one.field === field);
  if (!clause) draft.filters.push({ source: 'ask', field, values: [value] });
  else if (!clause.values.includes(value)) clause.values.push(value);
};

const addDivision = (draft: Draft, targets: readonly string[]): boolean => {
  const path = targets[0] === '' ? '' : divisionOf(targets, draft.path ?? '');
  if (path === null || (path === '' && (draft.path ?? '') !== '')) return false;
  draft.path = path;
  return true;
};

const addOrder = (draft: Draft, target: string): boolean => {
  const [direction = '', n] = target.split(':');
  const said = direction === 'desc' || direction === 'asc' ? direction : null;
  if (said && draft.direction !== null && draft.direction !== said) return false;
  if (n !== undefined && (Number(n) > mostRanked || (draft.limit !== null && draft.limit !== Number(n)))) return false;
  if (n !== undefined) draft.limit = Number(n);
  draft.direction ??= said ?? (direction === 'top' ? 'desc' : null);
  return true;
};

/** Adds what a word says; false = it does not go with what was said before. */
const addReading = (draft: Draft, { kind, targets }: Reading): boolean => {
  const [target = ''] = targets;
  if (kind === 'metric') return true;
  if (kind === 'division') return addDivision(draft, targets);
  if (kind === 'order' || kind === 'limit') return addOrder(draft, target);
  if (kind === 'operator') {
    draft.operators = [...new Set([...draft.operators, Operator.parse(target)])];
    return true;
  }
  if (kind === 'filter' && targets.length === 1) {
    addFilter(draft, target);
    return true;
  }
  if (kind === 'dimension') {
    const dimension = DimensionKey.parse(target);
    if (draft.dimensions.includes(dimension)) return true;
    return draft.dimensions.length < mostDimensions && draft.dimensions.push(dimension) > 0;
  }
  if (kind !== 'period') return false;
  const period = Period.parse(target);
  if (draft.period !== null && draft.period !== period) return false;
  draft.period = period;
  return true;
};

const spanKind: Partial<Record<Reading['kind'], PartKind>> = { limit: 'order' };

const draftOf = (readings: readonly Reading[], metric: string | null): Draft => {
  const draft: Draft = {
    ...{ metric, dimensions: [], operators: [], spans: [], path: null, period: null, filters: [] },
    ...{ direction: null, limit: null, lost: [] },
  };
  // an order said outright goes before the one a number implies, a smaller area after the larger
  const ranked = readings.toSorted((a, b) => Number(a.kind === 'limit') - Number(b.kind === 'limit'));
  for (const reading of ranked) {
    const { from, to, text, kind, targets } = reading;
    if (kind === 'filler' || (kind === 'until' && !/\p{L}/u.test(text))) continue;
    if (!addReading(draft, reading)) draft.lost.push({ from, to });
    else draft.spans.push({ from, to, kind: (spanKind[kind] ?? kind) as AskedSpan['kind'], target: targets[0] ?? '' });
  }
  if (draft.limit !== null && draft.direction === null) {
    const limits = readings.filter(({ kind }) => kind === 'limit');
    draft.lost.push(...limits.map(({ from, to }) => ({ from, to })));
    draft.spans = draft.spans.filter(({ kind }) => kind !== 'order');
  }
  return draft;
};

const viewOf = ({ path, period, filters }: Draft): Asked['view'] => ({
  ...(path === null ? {} : { division: codeOf(path) }),
  ...(period === null ? {} : { period }),
  ...(filters.length === 0 ? {} : { filters }),
});

/** A sentence without some parts of it, which are in order. */
const without = (sentence: string, parts: readonly { from: number; to: number }[]): string =>
  [...parts, { from: sentence.length, to: sentence.length }]
    .map(({ from }, i) => sentence.slice(parts[i - 1]?.to ?? 0, from))
    .join('')
    .trim();

/**
 * Reads a sentence as a question (提问). Pure: the words come in `books`, `today` is the local date. What is not
 * understood, or does not go together, stands in `unknown` and is never asked.
 */
export const parseSentence = (
  sentence: string,
  books: readonly WordBook[],
  today: string,
  catalogue: Catalogue = metricByKey,
): Asked => {
  const tokens = splitSentence(sentence, books, today);
  const metric = metricOf(tokens);
  const readings = joinRanges(
    tokens.map((token) => readToken(token, metric, catalogue)),
    today,
  );
  const draft = draftOf(readings, metric);
  const { direction, limit, dimensions, operators } = draft;
  const order = direction === null ? null : { direction, limit };
  const lost = draft.lost.toSorted((a, b) => a.from - b.from);
  return {
    ...{ metric, dimensions, view: viewOf(draft), order, operators },
    unknown: lost.map(({ from, to }) => sentence.slice(from, to)),
    missing: [
      ...(metric === null ? (['metric'] as const) : []),
      ...(order !== null && dimensions.length === 0 ? (['dimension'] as const) : []),
    ],
    spans: draft.spans.toSorted((a, b) => a.from - b.from),
    rest: without(sentence, lost),
  };
};
