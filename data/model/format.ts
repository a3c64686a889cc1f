import { type Answer, type Cell, type Comparison, scaleOf } from './answer';
import { isApart, isCountApart } from './fair-rank';

export type Lang = 'zh' | 'en';

/** Making one takes far longer than using it. */
const plainCount = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Characters that stand for a scale in a count. */
export const scaleCharacters = '万亿kM';

/**
 * Count by DESIGN-LANGUAGE §3: comma below 10,000 (zh) or 100,000 (en); above it 万/亿/k/M with 3 significant digits. In a
 * column whose largest value is `like`, with the decimals of that; an English one of thousands is told in full.
 */
export const formatCount = (value: number, lang: Lang, like?: number): { digits: string; scale: string } => {
  const size = Math.abs(value);
  const largest = Math.abs(like ?? value);
  const sign = value < 0 ? '−' : '';
  const steps: [number, string][] =
    lang === 'zh'
      ? [
          [1e8, '亿'],
          [1e4, '万'],
        ]
      : [
          [1e6, 'M'],
          [1e5, 'k'],
        ];
  const step = steps.find(([limit]) => size >= limit);
  const isInFull = lang === 'en' && like !== undefined && largest < 1e6;
  if (!step || isInFull) return { digits: sign + plainCount.format(size), scale: '' };
  const divisor = step[1] === 'k' ? 1e3 : step[0];
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Number((largest / divisor).toPrecision(3)))));
  return { digits: sign + (size / divisor).toFixed(Math.min(2, decimals)), scale: step[1] };
};

/** Rounded to decimals, thousands apart. */
const withDecimals = (value: number, decimals: number): string =>
  Math.abs(value) < 1_000
    ? value.toFixed(decimals)
    : value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Value of a cell as digits without its unit. Shares become percent; null becomes a dash. */
export const formatValue = (
  answer: Pick<Answer, 'unit' | 'decimals'>,
  value: number | null,
  lang: Lang,
  like?: number,
): { digits: string; scale: string } => {
  if (value === null) return { digits: '—', scale: '' };
  if (answer.unit === 'share') return { digits: (value * 100).toFixed(1).replace('-', '−'), scale: '%' };
  if (answer.decimals > 0) return { digits: withDecimals(value, answer.decimals).replace('-', '−'), scale: '' };
  return formatCount(value, lang, like);
};

/** Sentence of the unit after a value: English has another word after one. */
export const unitKey = (unit: Answer['unit'], value: number | null): string =>
  `common.${value === 1 ? 'one' : 'unit'}.${unit}`;

/** Words of values as a map or its legend has room for: all with the same decimals, none where all are whole. */
export const shortFormat = (
  { unit, decimals }: Pick<Answer, 'unit' | 'decimals'>,
  values: readonly number[],
  lang: Lang,
): ((value: number) => string) => {
  const isShare = unit === 'share';
  const like = Math.max(0, ...values.map(Math.abs));
  const isWhole = values.every((value) => Number.isInteger(Number((isShare ? value * 100 : value).toFixed(6))));
  return (value) => {
    const { digits, scale } =
      isWhole || (!isShare && like >= 1_000)
        ? formatCount(Math.round(isShare ? value * 100 : value), lang, like)
        : formatValue({ unit, decimals }, value, lang);
    return `${digits}${isShare ? '%' : scale}`;
  };
};

/** A percentage of fewer rows than this says nothing; between fewer, both intervals together, a change is chance. */
export const leastCompared = 20;

export type Change = {
  delta: number;
  unit: 'percent' | 'point' | 'count';
  direction: 'up' | 'down' | 'flat';
  /** Null = the metric has no good direction. */
  judgement: 'better' | 'worse' | 'flat' | 'chance' | null;
};

type Compared = Pick<Answer, 'unit' | 'kind' | 'polarity'>;

/**
 * Change from a value to another: counts in percent, or in rows where there were few before; shares in points (百分点).
 * Between few rows in both together it is chance (偶然波动), as where `isChance` says so. Null on a zero base.
 */
export const changeFrom = (
  answer: Compared,
  before: number | null,
  now: number | null,
  isChance = false,
): Change | null => {
  if (now === null || before === null) return null;
  const isShare = answer.unit === 'share';
  if (!isShare && before === 0) return null;
  const isFew = answer.kind === 'count' && before < leastCompared;
  const apart = now - before;
  const delta = isFew ? apart : isShare ? apart * 100 : (apart / before) * 100;
  const rounded = Math.round(delta * 10) / 10;
  const direction = rounded > 0 ? 'up' : rounded < 0 ? 'down' : 'flat';
  const isGood = answer.polarity === 'up_good' ? direction === 'up' : direction === 'down';
  const isOpen = isChance || (isFew && now + before < leastCompared);
  const judged = direction === 'flat' ? 'flat' : isOpen ? 'chance' : isGood ? 'better' : 'worse';
  const judgement = answer.polarity === 'neutral' ? null : judged;
  return { delta: Math.abs(rounded), unit: isFew ? 'count' : isShare ? 'point' : 'percent', direction, judgement };
};

/** Rows told of out of all of a share; null where its parts are no such counts. */
const trialOf = ({ numerator: x, denominator: n }: Pick<Cell | Comparison, 'numerator' | 'denominator'>) =>
  x !== null && n !== null && n > 1 && x >= 0 && x <= n ? { x, n } : null;

/** Whether a cell and a comparison may be the same with 95 % (偶然波动): shares by their rows, counts by themselves, rates per head by what they count; other values are taken as they are. */
export const isByChance = (
  { kind, unit }: Pick<Answer, 'kind' | 'unit'>,
  cell: Cell,
  against: 'previous' | 'lastYear',
): boolean => {
  const before = cell[against];
  if (kind === 'count') return cell.value !== null && before?.value != null && !isCountApart(cell.value, before.value);
  if (kind !== 'rate' || !before) return false;
  if (scaleOf(unit) > 1) {
    const { numerator, denominator } = cell;
    if (numerator === null || denominator === null || denominator + before.denominator === 0) return false;
    return !isCountApart(numerator, before.numerator, denominator / (denominator + before.denominator));
  }
  if (unit !== 'share') return false;
  const [own, other] = [trialOf(cell), trialOf(before)];
  return own !== null && other !== null && !isApart(own, other);
};

/** Change of a cell against a comparison; what may be the same with 95 % is judged chance. */
export const changeOf = (answer: Compared, cell: Cell, against: 'previous' | 'lastYear'): Change | null =>
  changeFrom(answer, cell[against]?.value ?? null, cell.value, isByChance(answer, cell, against));

/** How large a change is: `12.0%`, `0.4%`, `1.6 点`, `3 件`. */
export const amountWords = (
  { delta, unit }: Pick<Change, 'delta' | 'unit'>,
  answer: Pick<Answer, 'unit'>,
  t: (key: string, params?: Record<string, string | number>) => string,
): string => {
  if (unit === 'point') return t('common.points', { value: delta.toFixed(1) });
  if (unit === 'count') return t('common.counted', { n: delta, unit: t(`common.unit.${answer.unit}`) });
  return `${delta.toFixed(1)}%`;
};
