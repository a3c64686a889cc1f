import { bucketDimensions, type DimensionKey, timeDimensions } from '../metrics/dimensions';
import { metricByKey } from '../metrics/index';
import type { Metric } from '../metrics/metric';
import type { Ask } from '../model/ask';
import type { FigureBlock, FigureKind, OwnBlock } from '../model/own-report';
import type { Block, Report, ReportAsk, Section } from '../model/report';

/** Codes of these have no words to stand in a report. */
const nameless: readonly DimensionKey[] = ['block', 'building', 'hexagon', 'district'];
const has = (keys: readonly string[], key: string): boolean => keys.includes(key);

/** What a block of a kind may be split by; a map and the course in time choose by place and period. */
export const splitsOf = (kind: FigureKind, { dimensions }: Pick<Metric, 'dimensions'>): DimensionKey[] => {
  if (kind === 'figures' || kind === 'map' || kind === 'trend') return [];
  return dimensions.filter((key) => !has(nameless, key) && !(kind === 'bars' && has(bucketDimensions, key)));
};

/** Whether a metric can be told in a kind of block. */
export const canTell = (kind: FigureKind, metric: Pick<Metric, 'dimensions'>): boolean => {
  if (kind === 'map') return metric.dimensions.includes('community');
  if (kind === 'trend') return metric.dimensions.includes('day');
  return kind === 'figures' || splitsOf(kind, metric).length > 0;
};

/** The block as its metric can tell it: another kind or split where it cannot. */
export const fitBlock = (block: FigureBlock, metric: Pick<Metric, 'dimensions'>): FigureBlock => {
  const kind = canTell(block.kind, metric) ? block.kind : 'figures';
  const free = splitsOf(kind, metric);
  const kept = [...new Set(block.by)].filter((key) => free.includes(key));
  const by = kept.length === 0 ? free.slice(0, 1) : kept.slice(0, kind === 'bars' ? 1 : 2);
  return { ...block, kind, by };
};

const kindOf = (dimensions: readonly DimensionKey[]): FigureKind => {
  const [first = ''] = dimensions;
  if (dimensions.length === 0) return 'figures';
  if (dimensions.length > 1) return 'table';
  return has(bucketDimensions, first) ? 'trend' : has(timeDimensions, first) ? 'table' : 'bars';
};

/** The block that tells what a panel asks; null where a report cannot. */
export const blockOfAsk = ({ metric: key, dimensions = [], question }: Ask): FigureBlock | null => {
  const metric = metricByKey.get(key);
  if (!metric || dimensions.length > 2 || dimensions.some((each) => has(nameless, each))) return null;
  const filters = question.filters.map(({ field, values }) => ({ field, values }));
  return fitBlock({ kind: kindOf(dimensions), metric: key, by: [...dimensions], filters }, metric);
};

const isTimed = (key: string): boolean => metricByKey.get(key)?.time != null;
const isCounted = (key: string): boolean => ['count', 'sum'].includes(metricByKey.get(key)?.kind ?? '');

const askOf = ({ kind, metric, by, filters }: FigureBlock): ReportAsk => {
  if (kind === 'figures')
    return { metric, filters, operators: isTimed(metric) ? ['previous', 'lastYear'] : ['lastYear'] };
  if (kind === 'map') return { metric, filters, split: 'area' };
  if (kind === 'trend')
    return { metric, filters, split: 'bucket', operators: isCounted(metric) ? ['lastYear', 'band'] : ['lastYear'] };
  const isCourse = has(bucketDimensions, by[0] ?? '');
  const operators = by.length > 1 || isCourse ? [] : (['lastYear'] as const);
  return {
    metric,
    filters,
    split: by,
    operators: [...(isCounted(metric) && !isCourse ? (['share'] as const) : []), ...operators],
  };
};

const sayOf = ({ kind, by }: FigureBlock): Block['say'] => {
  if (kind === 'trend') return 'course';
  return kind === 'map' || by.length === 1 ? 'split' : undefined;
};

/** Rows of a table at most, so that it stays one to be read. */
const mostRows = 60;

const blockOf = (block: OwnBlock, n: number): Block => {
  const key = `own${n}`;
  if (block.kind === 'heading' || block.kind === 'note') return { key, kind: 'note', asks: {}, words: block.text };
  const say = sayOf(block);
  return { key, kind: block.kind, asks: { it: askOf(block) }, isOwn: true, most: mostRows, ...(say ? { say } : {}) };
};

/** Figures that follow each other stand side by side. */
const joined = (blocks: readonly Block[], next: Block): readonly Block[] => {
  const last = blocks.at(-1);
  if (last?.kind !== 'figures' || next.kind !== 'figures') return [...blocks, next];
  const asks = { ...last.asks, ...Object.fromEntries(Object.values(next.asks).map((ask) => [next.key, ask])) };
  return [...blocks.slice(0, -1), { ...last, asks }];
};

/** The report that somebody put together: a heading begins a section. */
export const ownReport = (blocks: readonly OwnBlock[]): Report => {
  const sections: Section[] = [];
  for (const [n, block] of blocks.entries()) {
    const last = sections.at(-1);
    if (block.kind === 'heading') sections.push({ key: `own${n}`, title: block.text, blocks: [] });
    else if (!last) sections.push({ key: 'own', title: '', blocks: [blockOf(block, n)] });
    else sections[sections.length - 1] = { ...last, blocks: joined(last.blocks, blockOf(block, n)) };
  }
  return { key: 'own', sections };
};
