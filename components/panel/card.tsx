'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Answer, Cell } from '@/data/model/answer';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import styles from './card.module.css';
import { PanelExport } from './export-button';
import { FieldName } from './field-name';

type CardProps = {
  /** What kind of thing, and where. */
  kicker: ReactNode;
  title: ReactNode;
  /** Beside the title: a level, a state. */
  badge?: ReactNode;
  note?: ReactNode;
  onClose?: () => void;
  children: ReactNode;
};

/** Card of one thing (360° 卡): what it is, then its sections. */
export const Card = ({ kicker, title, badge, note, onClose, children }: CardProps) => {
  const { t } = useText();
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <p className={styles.kicker}>
          <span>{kicker}</span>
          <span className={styles.actions}>
            <PanelExport />
            {onClose && (
              <Button kind="icon" aria-label={t('common.action.close')} onClick={onClose}>
                <X aria-hidden />
              </Button>
            )}
          </span>
        </p>
        <div className={styles.title}>
          <h2>{title}</h2>
          {badge}
        </div>
        {note && <p className={styles.note}>{note}</p>}
      </header>
      {children}
    </article>
  );
};

/** Part of a card under its own heading. */
export const CardSection = ({
  title,
  caption,
  children,
}: {
  title: string;
  caption?: ReactNode;
  children: ReactNode;
}) => (
  <section className={styles.section}>
    <h3>
      {title}
      {caption && <small>{caption}</small>}
    </h3>
    {children}
  </section>
);

/** A line of a card; `field`: the one of the data catalogue it shows. */
export type CardFact = readonly [label: string, text: string | null, field?: string];

/** What is known of a thing, a line each: what it is, and what it says; one that says nothing is left out. */
export const CardFacts = ({ facts }: { facts: readonly CardFact[] }) => (
  <dl className={styles.facts}>
    {facts.map(([label, text, field]) =>
      text ? (
        <div key={label}>
          <dt>{field ? <FieldName id={field}>{label}</FieldName> : label}</dt>
          <dd>{text}</dd>
        </div>
      ) : null,
    )}
  </dl>
);

export type CardFigure = {
  key: string;
  label: string;
  answer: Answer | undefined;
  cell?: Cell;
  /** Under the figure: a change, a share. */
  note?: ReactNode;
};

/** Chinese counts carry their measure word; in English the label already names what is counted. */
const hasUnit = (answer: Answer, lang: 'zh' | 'en'): boolean => lang === 'zh' || answer.unit === 'hour';

/** A row of labelled figures; one that has not come yet keeps its place. */
export const CardFigures = ({ figures, nColumns = 4 }: { figures: readonly CardFigure[]; nColumns?: number }) => {
  const { lang } = useText();
  return (
    <dl className={styles.figures} style={{ gridTemplateColumns: `repeat(${nColumns}, auto)` }}>
      {figures.map(({ key, label, answer, cell, note }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {answer ? (
              <Figure
                answer={answer}
                cell={cell ?? answer.cells[0]}
                hasUnit={hasUnit(answer, lang)}
                className={styles.figure}
              />
            ) : (
              '…'
            )}
            {note && <span className={styles.under}>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
};
