import type { ExpressionSpecification } from 'maplibre-gl';
import { type ClassScale, classOf, classWords } from '@/data/model/class-scale';
import type { EventLevel } from '@/data/model/event';
import type { FilterField } from '@/data/model/view';
import { type Palette, withOpacity } from './palette';

/** Value of every feature by its code; null = 无数据. A code that is missing has no data either. */
export type ValueByCode = ReadonlyMap<string, number | null>;

/** What is classed: a choice of classes in the View (图例选类) belongs to one of these. */
export type ClassKey = { layer: string; metric: string; by: string };

/** How a layer turns values into marks, said once: legend, tooltip and style expressions are all read from it. */
export type Encoding = {
  of: ClassKey;
  /** Classes switched off in the legend, the number after the last one for what has no value: dimmed, never hidden. */
  off: ReadonlySet<number>;
  /** Text key or words of what is shown. */
  title: string;
  /** Unit words, empty for none. */
  unit: string;
  scale: ClassScale;
  values: ValueByCode;
  /** Words of a value. */
  format: (value: number) => string;
  /** Words of a limit; absent = as those of a value. */
  formatLimit?: (value: number) => string;
  asOf: string | null;
  noData: 'hatch' | 'none';
  /** The first class has no lower limit. */
  isOpenBelow?: boolean;
  /** Codes whose value rests on too few cases to be called exceptional. */
  few?: ReadonlySet<string>;
  /** All that is not in the best class is exceptional, not the worst class alone. */
  isEachTold?: boolean;
  /** Codes whose change chance explains: drawn in the middle class; and the words of the legend that say so. */
  even?: { codes: ReadonlySet<string>; words: string };
};

/** Class of a feature, 0 … n−1; null without data. */
export const classOfCode = ({ scale, values, even }: Encoding, code: string): number | null => {
  const value = values.get(code) ?? null;
  return value !== null && even?.codes.has(code) ? Math.floor(scale.breaks.length / 2) : classOf(scale, value);
};

/** Opacity left to what the legend has switched off. */
export const dimmedOpacity = 0.35;

/** Opacity of features without data. */
export const noDataOpacity = ({ off, scale }: Encoding): number => (off.has(scale.tokens.length) ? dimmedOpacity : 1);

/** Token of features without data: drawn hatched where the backend can, plain elsewhere. */
export const noDataToken = 'surface-2';

/** Codes by class, `noData` last; each code stands in exactly one list. */
export const codesByClass = (encoding: Encoding, codes: Iterable<string>): string[][] => {
  const nClasses = encoding.scale.tokens.length;
  const lists: string[][] = Array.from({ length: nClasses + 1 }, () => []);
  for (const code of codes) lists[classOfCode(encoding, code) ?? nClasses]?.push(code);
  return lists;
};

type Colours = {
  palette: Palette;
  /** Colour of all that has no class. */
  rest?: string;
  /** Colour of a class that is switched off. */
  dim?: (colour: string) => string;
  /** What a feature is known by. */
  by?: ExpressionSpecification;
};

/** Style expression giving each feature the colour of its class. */
export const colourExpression = (
  encoding: Encoding,
  codes: Iterable<string>,
  {
    palette,
    rest = palette(noDataToken),
    dim = (colour) => withOpacity(colour, dimmedOpacity),
    by = ['get', 'code'],
  }: Colours,
): string | ExpressionSpecification => {
  const { scale, off } = encoding;
  const branches = codesByClass(encoding, codes)
    .slice(0, scale.tokens.length)
    .flatMap((list, i) => {
      const colour = palette(scale.tokens[i] ?? noDataToken);
      return list.length > 0 ? [list, off.has(i) ? dim(colour) : colour] : [];
    });
  return branches.length > 0 ? (['match', by, ...branches, rest] as unknown as ExpressionSpecification) : rest;
};

/** A row of a legend: a swatch and the words of the limit it begins at, or the mark of a level and its count. */
export type LegendRow = {
  token: string | null;
  label: string;
  isNoData: boolean;
  /** Drawn as an open hatch with an outline, not as a fill. */
  isHatched?: boolean;
  /** What its swatch is drawn as where it is no square: a disc, a ring, a line, a dotted one. `em` = its diameter. */
  shape?: { kind: 'disc' | 'ring' | 'line' | 'dots'; em?: number };
  level?: EventLevel;
  count?: number;
  /** Filter that a click on the row switches. */
  clause?: { field: FilterField; value: string };
  /** Class that a click on the row switches, and the words of all it holds. */
  class?: { index: number; words: string };
};
export type LegendModel = {
  title: string;
  unit: string;
  asOf: string | null;
  rows: LegendRow[];
  /** What is counted and lies in none of the areas drawn, or what else the classes don't say, in words; absent = nothing. */
  note?: string;
  /** Its classes fill areas, under faint relief: swatches look as they do there. */
  isOverLand?: boolean;
  /** What the rows with a `class` are classes of, their limits and the unit of these, empty for none. */
  classed?: ClassKey & { breaks: number[]; unit: string };
};

/**
 * Legend of an encoding: one row a class from low to high, labelled by its lower limit, the last one `≥`; 无数据 only
 * where a drawn feature has none.
 */
export const legendOf = (encoding: Encoding, codes: Iterable<string>, noDataLabel: string): LegendModel => {
  const { of, scale, title, unit, asOf } = encoding;
  const format = (scale.breaks.length > 0 && encoding.formatLimit) || encoding.format;
  const shown = [...codes];
  const values = shown.flatMap((code) => encoding.values.get(code) ?? []);
  const least = values.length > 0 ? Math.min(...values) : 0;
  const first = scale.breaks.length === 0 ? least : Math.min(0, least);
  const rows = scale.tokens.map((token, index): LegendRow => {
    const words = classWords({ ...encoding, format }, index, first);
    const isOpen = (index === 0 && encoding.isOpenBelow) || (index > 0 && index === scale.breaks.length);
    const label = isOpen ? words : format(index === 0 ? first : (scale.breaks[index - 1] ?? first));
    return { token, label, isNoData: false, class: { index, words } };
  });
  const lacks = shown.some((code) => (encoding.values.get(code) ?? null) === null);
  if (lacks && encoding.noData === 'hatch')
    rows.push({ token: null, label: noDataLabel, isNoData: true, class: { index: rows.length, words: noDataLabel } });
  const note = shown.some((code) => encoding.even?.codes.has(code)) ? encoding.even?.words : undefined;
  return { title, unit, asOf, rows, classed: { ...of, breaks: scale.breaks, unit }, ...(note ? { note } : {}) };
};

/** Words for one feature: what, how much, in which unit. Null value = the words for no data. */
export const tooltipOf = (encoding: Encoding, code: string, noDataLabel: string): string => {
  const value = encoding.values.get(code) ?? null;
  const words = value === null ? noDataLabel : `${encoding.format(value)}${encoding.unit ? ` ${encoding.unit}` : ''}`;
  return `${encoding.title} ${words}`;
};
