'use client';

import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import type { PlanItem } from '@/data/model/assessment';
import { hasTellingRange } from '@/data/model/fair-rank';
import { Figure } from '../base/figure';
import { type Text, useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { limitText } from './assess-plan';
import styles from './assess-subject.module.css';
import { gainText, pointsText, type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { Card, CardSection } from './card';

const words = (name: string) => `assess.${name}`;

/** Answers of the items asked one by one, so that a press on a figure leads to its rows; at first those of the scores. */
const useItemAnswers = ({ asks, answers }: Scores): Map<string, Answer> => {
  const api = useTRPC();
  const first = (i: number) => ({ initialData: answers[i]?.answer, initialDataUpdatedAt: 0 });
  const asked = useQueries({ queries: asks.map(({ ask }, i) => api.metric.ask.queryOptions(ask, first(i))) });
  return new Map(answers.map(({ key, answer }, i) => [key, asked[i]?.data ?? answer]));
};

/** The longest bar of changes is so many points at least. */
const leastBar = 2;

const Gain = ({ change, top }: { change: number; top: number }) => (
  <span className={styles.gain}>
    <i data-down={change < 0 || undefined} style={{ width: `${(Math.abs(change) / top) * 50}%` }} />
    <b>{gainText(change)}</b>
  </span>
);

type LineProps = { item: PlanItem; row: ScoreRow; answer: Answer | undefined; top: number };

const ItemLine = ({ item, row, answer, top }: LineProps) => {
  const { t, lang } = useText();
  const { itemName } = useAssessWords();
  const score = row.items.find(({ key }) => key === item.key);
  const change = row.moved?.items.find(({ key }) => key === item.key)?.change ?? null;
  const cell = answer?.cells.find(({ at }) => at[answer.dimensions[0] ?? ''] === row.at);
  return (
    <li className={styles.item} data-item={item.key}>
      <span className={styles.name}>{itemName(item)}</span>
      <span className={styles.points}>
        {t(words('of'), { points: pointsText(score?.score ?? null), weight: item.weight })}
      </span>
      <small>
        {item.kind === 'offline' || !answer ? (
          t(words('offline'))
        ) : (
          <>
            {cell ? <Figure answer={answer} cell={cell} hasUnit={false} /> : '—'}
            {' · '}
            {t(words('target'), { value: limitText(item, item.target, lang) })}
            {' · '}
            {t(words('cases'), { n: cell?.n ?? 0 })}
            {score?.isSmall && <em> · {t(words('smallHint'))}</em>}
          </>
        )}
      </small>
      {change !== null && <Gain change={change} top={top} />}
    </li>
  );
};

/** Place in words with the places chance leaves open; one that says nothing is not told. */
const placeNote = (place: ScoreRow['place'], of: number, t: Text['t']): string => {
  if (!place) return t(words('noRank'));
  const { first, last } = place;
  if (place.isOpen) return t(words('range'), { first, last });
  const range = hasTellingRange(place) ? ` · ${t(words('range'), { first, last })}` : '';
  return `${t(words('rank'), { n: place.place, of })}${range}`;
};

/** A subject: its place and where it could be, points of each item, what each changed (得分与变化). */
export const SubjectCard = ({ scores, row, children }: { scores: Scores; row: ScoreRow; children: ReactNode }) => {
  const { t } = useText();
  const { subjectName, periodName } = useAssessWords();
  const answers = useItemAnswers(scores);
  const top = Math.max(leastBar, ...(row.moved?.items.map(({ change }) => Math.abs(change)) ?? []));
  return (
    <Card
      kicker={`${t(words(`level.${scores.level}`))} · ${periodName(scores.period)}`}
      title={subjectName(scores.level, row)}
      badge={<b className={styles.total}>{pointsText(row.total)}</b>}
      note={placeNote(row.place, scores.nSubjects, t)}
    >
      <CardSection
        title={t(words('why'))}
        caption={row.moved ? t(words('whyNote'), { n: gainText(row.moved.change) }) : undefined}
      >
        <ul className={styles.items}>
          {scores.plan.items.map((item) => (
            <ItemLine key={item.key} item={item} row={row} answer={answers.get(item.key)} top={top} />
          ))}
        </ul>
      </CardSection>
      {children}
    </Card>
  );
};
