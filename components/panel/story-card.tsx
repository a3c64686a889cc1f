'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/data/model/answer';
import { formatClock } from '../base/format';
import { useText } from '../feed/text';
import styles from './story-card.module.css';

type StoryCardProps = {
  /** The conclusion, one computed sentence. */
  title: string;
  /** Answer the card rests on: its as-of stands in the foot. */
  answer: Answer;
  hero?: ReactNode;
  note?: ReactNode;
  /** The one thing to do from here. */
  action?: StoryAction | null | '';
  children?: ReactNode;
};

/** Words of a card's button and what it does. */
export type StoryAction = { label: string; act: () => void };

/** One card of a meeting story: conclusion, one large figure, its evidence, one action, as-of. */
export const StoryCard = ({ title, answer, hero, note, action, children }: StoryCardProps) => {
  const { t, installation } = useText();
  const time = formatClock(new Date(answer.asOf), installation?.timeZone ?? 'UTC', true);
  return (
    <article className={styles.card}>
      <h2 className={styles.title}>{title}</h2>
      {hero && (
        <div className={styles.hero}>
          {hero}
          <div className={styles.note}>{note}</div>
        </div>
      )}
      {children}
      <footer className={styles.foot}>
        <span>{t('common.clock.asOfAt', { time })}</span>
        {action && (
          <button type="button" className={styles.action} onClick={action.act}>
            {action.label}
          </button>
        )}
      </footer>
    </article>
  );
};

/** Rows of name, figure and change. */
export const StoryList = ({
  rows,
}: {
  rows: { key: string; name: ReactNode; figure: ReactNode; change?: ReactNode }[];
}) => (
  <ul className={styles.list}>
    {rows.map(({ key, name, figure, change }) => (
      <li key={key}>
        <span>{name}</span>
        <span>{figure}</span>
        <span>{change}</span>
      </li>
    ))}
  </ul>
);

/** Numbered things to decide. */
export const StorySteps = ({ steps }: { steps: { key: string; text: ReactNode }[] }) => (
  <ol className={styles.steps}>
    {steps.map(({ key, text }) => (
      <li key={key}>
        <span>{text}</span>
      </li>
    ))}
  </ol>
);
