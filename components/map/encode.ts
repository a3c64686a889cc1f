import type { ExpressionSpecification } from 'maplibre-gl';
import type { EventLevel } from '@/data/model/event';
import type { FilterField } from '@/data/model/view';
import { type Palette, type Rgba, rgbaOf } from './palette';
import { type ClassScale, classOf } from './scale';

/** Value of every feature by its code; null = 无数据. A code that is missing has no data either. */
export type ValueByCode = ReadonlyMap<string, number | null>;

/**
 * How a layer turns values into marks, said once: legend, tooltip, style expressions and deck update triggers are all
 * read from it. `key` changes whenever a mark would look different.
 */
export type Encoding = {
  /** Text key or words of what is shown. */
  title: string;
  /** Unit words, empty for none. */
  unit: string;
  scale: ClassScale;
  values: ValueByCode;
  /** Words of a limit or a value. */
  format: (value: number) => string;
  asOf: string | null;
  noData: 'hatch' | 'none';
};

/** Token of features without data: drawn hatched where the backend can, plain elsewhere. */
export const noDataToken = 'surface-2';

/** Codes by class, `noData` last; each code stands in exactly one list. */
export const codesByClass = ({ scale, values }: Encoding, codes: Iterable<string>): string[][] => {
  const lists: string[][] = Array.from({ length: scale.tokens.length + 1 }, () => []);
  for (const code of codes) lists[classOf(scale, values.get(code) ?? null) ?? scale.tokens.length]?.push(code);
  return lists;
};

/** Style expression giving each feature the colour of its class, `by` its code; `rest` to all others. */
export const colourExpression = (
  encoding: Encoding,
  codes: string[],
  palette: Palette,
  rest = palette(noDataToken),
  by: ExpressionSpecification = ['get', 'code'],
): string | ExpressionSpecification => {
  const branches = codesByClass(encoding, codes)
    .slice(0, encoding.scale.tokens.length)
    .flatMap((list, i) => (list.length > 0 ? [list, palette(encoding.scale.tokens[i] ?? noDataToken)] : []));
  return branches.length > 0 ? (['match', by, ...branches, rest] as unknown as ExpressionSpecification) : rest;
};

/** Colour of one value for deck accessors. */
export const colourOf = (encoding: Encoding, code: string, palette: Palette, opacity: number): Rgba => {
  const at = classOf(encoding.scale, encoding.values.get(code) ?? null);
  return at === null ? [0, 0, 0, 0] : rgbaOf(palette(encoding.scale.tokens[at] ?? noDataToken), opacity);
};

/** A row of a legend: a swatch and the words of the limit it begins at, or the mark of a level and its count. */
export type LegendRow = {
  token: string | null;
  label: string;
  isNoData: boolean;
  level?: EventLevel;
  count?: number;
  /** Filter that a click on the row switches. */
  clause?: { field: FilterField; value: string };
};
export type LegendModel = { title: string; unit: string; asOf: string | null; rows: LegendRow[] };

/**
 * Legend of an encoding: one row a class from low to high, labelled by its lower limit, the last one `≥`; 无数据 only
 * where a drawn feature has none.
 */
export const legendOf = (encoding: Encoding, codes: Iterable<string>, noDataLabel: string): LegendModel => {
  const { scale, format } = encoding;
  const shown = [...codes];
  const values = shown.flatMap((code) => encoding.values.get(code) ?? []);
  const least = values.length > 0 ? Math.min(...values) : 0;
  const first = scale.breaks.length === 0 ? least : Math.min(0, least);
  const rows = scale.tokens.map((token, i): LegendRow => {
    const limit = i === 0 ? first : (scale.breaks[i - 1] ?? 0);
    const isLast = i > 0 && i === scale.tokens.length - 1;
    return { token, label: `${isLast ? '≥' : ''}${format(limit)}`, isNoData: false };
  });
  const lacks = shown.some((code) => (encoding.values.get(code) ?? null) === null);
  if (lacks && encoding.noData === 'hatch') rows.push({ token: null, label: noDataLabel, isNoData: true });
  return { title: encoding.title, unit: encoding.unit, asOf: encoding.asOf, rows };
};

/** Words for one feature: what, how much, in which unit. Null value = the words for no data. */
export const tooltipOf = (encoding: Encoding, code: string, noDataLabel: string): string => {
  const value = encoding.values.get(code) ?? null;
  const words = value === null ? noDataLabel : `${encoding.format(value)}${encoding.unit ? ` ${encoding.unit}` : ''}`;
  return `${encoding.title} ${words}`;
};

/** Changes when a colour might: the update trigger of every deck accessor that reads the encoding. */
export const triggerOf = (encoding: Encoding, theme: string): unknown[] => [
  theme,
  encoding.values,
  encoding.scale.tokens.join(),
  encoding.scale.breaks.join(),
];
