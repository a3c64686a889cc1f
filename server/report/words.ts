import { bucketDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { type Bucket, labelOfBucket } from '@/data/model/bucket';
import { formatValue, type Lang, unitKey } from '@/data/model/format';
import { changeWords, type Speech } from '@/data/reports/block';
import { type Words as PlainWords, readWords as readPlain } from '../dictionary/words';
import { readTree } from '../division/store';
import type { Context } from '../trpc/init';
import { readCatalogue } from './catalogue';

const arrows: Record<string, string> = { up: '▲', down: '▼' };

/** The words of a report: those of every file, and figures as the page writes them. */
export type Words = PlainWords &
  Speech & {
    metric: (key: string) => string;
    /** Names of a division and of those above it in the territory, the nearest last. */
    trail: (code: string) => string;
    figure: (answer: Answer, cell: Cell | undefined, hasUnit?: boolean) => string;
    change: (answer: Answer, cell: Cell, against: 'previous' | 'lastYear') => string;
  };

/** Words of a report in the time zone of the installation, of the divisions there were at an instant (null = now). */
export const readWords = async (
  { connection, scope }: Context,
  lang: Lang,
  timeZone: string,
  at: Date | null = null,
): Promise<Words> => {
  const [words, tree, catalogue] = await Promise.all([
    readPlain(connection, lang, timeZone),
    readTree(connection, scope, at),
    readCatalogue(connection),
  ]);
  const { t, division } = words;
  const isBucket = (dimension: string) => (bucketDimensions as readonly string[]).includes(dimension);
  const code: Words['code'] = (dimension, at) =>
    isBucket(dimension) && at ? labelOfBucket(at, dimension as Bucket, lang) : words.code(dimension, at);
  const nodes = new Map(tree.map((node) => [node.code, node]));
  const trail = (at: string): string => {
    const parent = nodes.get(at)?.parent;
    return parent && nodes.has(parent) ? `${trail(parent)} / ${division(at)}` : division(at);
  };
  return {
    ...{ ...words, code, trail },
    metric: (key) => catalogue.get(key)?.[lang] ?? key,
    figure: (answer, cell, hasUnit = true) => {
      if (cell?.withheld) return t('common.withheld.small');
      const { digits, scale } = formatValue(answer, cell?.value ?? null, lang);
      const unit = answer.unit === 'share' || !hasUnit ? '' : ` ${t(unitKey(answer.unit, cell?.value ?? null))}`;
      return `${digits}${scale}${unit}`;
    },
    change: (answer, cell, against) => {
      const { direction, amount, judgement } = changeWords(answer, cell, against, { code, t });
      if (direction === 'none') return '—';
      if (direction === 'flat') return t('common.judgement.flat');
      return [arrows[direction], amount, judgement && t(`common.judgement.${judgement}`)].filter(Boolean).join(' ');
    },
  };
};
