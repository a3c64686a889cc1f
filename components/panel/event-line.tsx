'use client';

import type { ReactNode } from 'react';
import { EventLevel } from '@/data/model/event';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import styles from './event-line.module.css';

type EventLineProps = {
  event: { id: string; title: string; level: number; stage: string; reportedAt: string };
  /** Which part of the card's place it is about. */
  where?: string;
  onPick: () => void;
};

/** One event in a card: level, matter, where, when and how far; opens its own card. */
export const EventLine = ({ event, where, onPick }: EventLineProps) => {
  const { term, lang, installation } = useText();
  const level = EventLevel.safeParse(event.level).data ?? 4;
  return (
    <button type="button" className={styles.line} onClick={onPick}>
      <LevelMark level={level} size="20px" />
      <span className={styles.title}>{event.title}</span>
      <span className={styles.detail}>
        {where && `${where} · `}
        {formatStamp(new Date(event.reportedAt), installation?.timeZone ?? 'UTC', lang)} ·{' '}
        {term('event-stage', event.stage)}
      </span>
    </button>
  );
};

/** A line of a card that opens nothing. */
export const PlainLine = ({ name, detail }: { name: string; detail: ReactNode }) => (
  <p className={styles.line}>
    <span className={styles.title}>{name}</span>
    <span className={styles.detail}>{detail}</span>
  </p>
);

/** A line of a card that leads to something. */
export const PickLine = ({ name, detail, onPick }: { name: string; detail: ReactNode; onPick: () => void }) => (
  <button type="button" className={styles.line} onClick={onPick}>
    <span className={styles.title}>{name}</span>
    <span className={styles.detail}>{detail}</span>
  </button>
);
