'use client';

import { memo } from 'react';
import type { Answer, Cell } from '@/data/model/answer';
import { type PerHead, perHead } from '@/data/model/ask';
import { amountWords, changeOf, formatValue, unitKey } from '@/data/model/format';
import { useText } from '../feed/text';
import styles from './figure.module.css';

type FigureProps = {
  answer: Answer;
  /** Cell of the answer to draw; the first one when left out. */
  cell?: Cell;
  /** Which part to draw: the value, the numerator or denominator behind it, or what it is per head, to one decimal. */
  part?: 'value' | 'numerator' | 'denominator' | PerHead;
  hasUnit?: boolean;
  /** Words of the unit where a part of the answer has its own. */
  unit?: string;
  /** Largest value of the column it stands in: all of it has the decimals of that. */
  like?: number;
  className?: string;
};

/** What a figure on the page shows. */
export type Shown = { answer: Answer; cell: Cell | undefined };
/** Where on the page, px. */
type PagePoint = { clientX: number; clientY: number };
const shown = new WeakMap<Element, (at: PagePoint | null) => Shown | undefined>();

/** What an element shows at a point of it, for whoever asks how it came about; undefined = no figure there. */
export const shownBy = (element: Element, at: PagePoint | null = null): Shown | undefined => shown.get(element)?.(at);

/** Makes an element that draws many figures, as a chart does, tell which one stands at a point. */
export const showFigures = (element: Element, shownAt: (at: PagePoint) => Shown | undefined): void => {
  shown.set(element, (at) => (at ? shownAt(at) : undefined));
};

/** Draws one cell of an Answer: digits, scale, unit. Takes no bare number, so no figure can be home-made. */
export const Figure = memo((props: FigureProps) => {
  const { answer, cell = answer.cells[0], part = 'value', hasUnit = true, like, className } = props;
  const { lang, t } = useText();
  const value = cell?.[part] ?? null;
  const shape =
    part === 'value'
      ? answer
      : { unit: answer.unit === 'share' ? ('event' as const) : answer.unit, decimals: part in perHead ? 1 : 0 };
  const { digits, scale } = formatValue(shape, value, lang, like);
  const isShare = shape.unit === 'share';
  const hasNone = isShare || (part !== 'value' && answer.unit === 'share');
  const unit = hasNone ? '' : (props.unit ?? t(unitKey(answer.unit, value)));
  return (
    <span
      ref={(element) => {
        if (element) shown.set(element, () => ({ answer, cell }));
      }}
      className={[styles.figure, className].filter(Boolean).join(' ')}
      data-metric={answer.metric}
      data-value={value ?? ''}
      data-unit={answer.unit}
      data-as-of={answer.asOf}
      data-part={part === 'value' ? undefined : part}
    >
      {cell?.withheld ? (
        <span className={styles.withheld}>{t('common.withheld.small')}</span>
      ) : (
        <>
          {digits}
          {(scale || (hasUnit && unit)) && (
            <span className={styles.unit}>
              {scale}
              {hasUnit && unit ? `${scale && !isShare && lang === 'en' ? ' ' : ''}${unit}` : ''}
            </span>
          )}
        </>
      )}
    </span>
  );
});

const arrows = { up: '▲', down: '▼' } as const;

type ChangeProps = {
  answer: Answer;
  cell?: Cell;
  against: 'previous' | 'lastYear';
  hasLabel?: boolean;
};

/**
 * 环比 or 同比 of a cell: the arrow is arithmetic, the word is the judgement, wherever the metric has a good direction. No
 * change is the word 持平 alone; a dash stands for nothing to compare with, a zero base included. Where its column is
 * narrow the word goes below.
 */
export const Change = ({ answer, cell = answer.cells[0], against, hasLabel = true }: ChangeProps) => {
  const { t } = useText();
  const change = cell ? changeOf(answer, cell, against) : null;
  const label = hasLabel ? t(`common.against.${against}`) : '';
  if (!change) return <span className={styles.change}>{label} —</span>;
  if (change.direction === 'flat')
    return (
      <span className={styles.change}>
        {label && <span>{label}</span>}
        <span>{t('common.judgement.flat')}</span>
      </span>
    );
  return (
    <span className={styles.change} data-judged={change.judgement ?? undefined}>
      {label && <span>{label}</span>}
      <b>
        {arrows[change.direction]} {amountWords(change, answer, t)}
      </b>
      {change.judgement && <b>{t(`common.judgement.${change.judgement}`)}</b>}
    </span>
  );
};
