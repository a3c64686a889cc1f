import { IntlMessageFormat } from 'intl-messageformat';
import { divisionDimensions, noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { formatValue, type Lang } from '@/data/model/format';
import { datesOf, listOfDimension, type Period } from '@/data/model/view';
import { changeWords, type Speech } from '@/data/reports/block';
import { messages } from '@/data/text';
import { listWords } from '../dictionary/store';
import { readTree } from '../division/store';
import type { Context } from '../trpc/init';

const dayMs = 86_400_000;
const arrows: Record<string, string> = { up: '▲ ', down: '▼ ', flat: '—', none: '—' };
const divisionKeys: readonly string[] = divisionDimensions;

export type Words = Speech & {
  lang: Lang;
  t: (key: string, params?: Record<string, string | number>) => string;
  division: (code: string) => string;
  /** Names of a division and of those above it, the nearest last. */
  trail: (code: string) => string;
  period: (period: Period) => string;
  figure: (answer: Answer, cell: Cell | undefined, hasUnit?: boolean) => string;
  change: (answer: Answer, cell: Cell, against: 'previous' | 'lastYear') => string;
};

/** The words of a report in one language: sentences, names, figures as the page writes them. */
export const readWords = async ({ connection, scope }: Context, lang: Lang): Promise<Words> => {
  const [terms, tree] = await Promise.all([listWords(connection.db), readTree(connection, scope)]);
  const labels = new Map(terms.map((term) => [`${term.list}/${term.code}`, term[lang]]));
  const nodes = new Map(tree.map((node) => [node.code, node]));
  const t: Words['t'] = (key, params) => {
    const message = messages[key]?.[lang] ?? key;
    return message.includes('{')
      ? String(new IntlMessageFormat(message, lang === 'zh' ? 'zh-CN' : 'en').format(params))
      : message;
  };
  const division = (code: string) => {
    const node = nodes.get(code);
    return node ? (lang === 'zh' ? node.name : node.nameEn) : code;
  };
  const trail = (code: string): string => {
    const parent = nodes.get(code)?.parent;
    return parent && nodes.has(parent) ? `${trail(parent)} / ${division(code)}` : division(code);
  };
  const points: Words['points'] = (value) => t('common.points', { value });
  const code: Words['code'] = (dimension, value) => {
    const isPlace = divisionKeys.includes(dimension);
    if (value === undefined || value === noCode) return t(`common.action.${isPlace ? 'unplaced' : 'unknown'}`);
    if (isPlace) return division(value);
    const list = listOfDimension[dimension];
    return (list && labels.get(`${list}/${value}`)) ?? value.replace('T', ' ');
  };
  return {
    ...{ lang, t, division, trail, points, code },
    period: (period) => {
      const dates = datesOf(period);
      if (!dates) return t(`common.period.${period}`);
      const last = new Date(Date.parse(`${dates.until}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
      return last === dates.from ? last : `${dates.from} – ${last}`;
    },
    figure: (answer, cell, hasUnit = true) => {
      if (cell?.withheld) return t('common.withheld.small');
      const { digits, scale } = formatValue(answer, cell?.value ?? null, lang);
      const unit = answer.unit === 'share' || !hasUnit ? '' : ` ${t(`common.unit.${answer.unit}`)}`;
      return `${digits}${scale}${unit}`;
    },
    change: (answer, cell, against) => {
      const { direction, amount } = changeWords(answer, cell, against, { code, points });
      return `${arrows[direction]}${direction === 'flat' ? '' : amount}`;
    },
  };
};
