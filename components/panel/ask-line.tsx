'use client';

import { metricByKey } from '@/data/metrics';
import type { Operator } from '@/data/model/ask';
import { periodWords } from '../base/period-words';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { type Asked, isWhole } from './ask-choice';
import styles from './ask-line.module.css';
import { useClauseWords } from './clause-words';

const isComparison = (operator: Operator): boolean => operator === 'previous' || operator === 'lastYear';

type Part = { name: string; value: string };

/** What was understood of a sentence, part by part. */
const useParts = ({ metric, dimensions, view, order, operators }: Asked): Part[] => {
  const text = useText();
  const { t, lang } = text;
  const clauseWords = useClauseWords();
  const divisions = useDivisions();
  const known = metric === null ? undefined : metricByKey.get(metric);
  const and = t('common.and');
  const operatorWord = (operator: Operator) => t(`common.operator.${operator}`);
  const ranked = order && (order.limit === null ? order.direction : (`${order.direction}First` as const));
  const part = (name: string, value: string | null | undefined): Part[] => (value ? [{ name, value }] : []);
  return [
    ...part(t('search.ask.metric'), known?.[lang]),
    ...part(
      t('search.ask.place'),
      view.division === undefined ? null : divisions.name(view.division ?? divisions.root.code),
    ),
    ...part(t('search.ask.period'), view.period && periodWords(view.period, text)),
    ...(view.filters ?? []).map((clause): Part => {
      const { what, values } = clauseWords(clause);
      return { name: what, value: values.join(and) };
    }),
    ...part(t('search.ask.split'), dimensions.map((dimension) => t(`common.dimension.${dimension}`)).join(and)),
    ...part(t('search.ask.order'), ranked && t(`common.rank.${ranked}`, { n: order?.limit ?? 0 })),
    ...part(t('search.ask.against'), operators.filter(isComparison).map(operatorWord).join(and)),
    ...part(
      t('search.ask.told'),
      operators
        .filter((operator) => !isComparison(operator))
        .map(operatorWord)
        .join(and),
    ),
  ];
};

const useNotes = (asked: Asked): string[] => {
  const { t } = useText();
  const { metric, view, unknown, missing, rest } = asked;
  const words = unknown.join(t('common.and'));
  const isStock = metric !== null && metricByKey.get(metric)?.time === null && view.period !== undefined;
  return [
    ...(unknown.length > 0 ? [t(rest === '' ? 'search.ask.lost' : 'search.ask.unknown', { words })] : []),
    ...missing.map((what) => t(`search.ask.missing.${what}`)),
    ...(isStock && isWhole(asked) ? [t('search.ask.stock')] : []),
  ];
};

/** A sentence as the question it was read as (提问), and what of it was not understood. */
export const AskLine = ({ asked }: { asked: Asked }) => {
  const parts = useParts(asked);
  const notes = useNotes(asked);
  return (
    <span className={styles.ask} data-asked={isWhole(asked) ? 'whole' : 'part'}>
      <span className={styles.parts}>
        {parts.map(({ name, value }) => (
          <span key={`${name}${value}`} className={styles.part}>
            <i>{name}</i>
            {value}
          </span>
        ))}
      </span>
      {notes.map((note) => (
        <span key={note} className={styles.note}>
          {note}
        </span>
      ))}
    </span>
  );
};
