'use client';

import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Answer, Cell } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useText } from '../feed/text';
import styles from './read-plot.module.css';

/** Where the reader stands in a plot: category along the axis, and series or row. */
export type Spot = { column: number; row: number };

/** Spot a key leads to, from none to the last one first (the newest); null = the key is none of them. */
export const movedSpot = (at: Spot | null, key: string, { nColumns, nRows }: { nColumns: number; nRows: number }) => {
  const from = at ?? { column: nColumns, row: 0 };
  const moves: Record<string, Spot> = {
    ArrowLeft: { ...from, column: from.column - 1 },
    ArrowRight: { ...from, column: from.column + 1 },
    ArrowUp: { ...from, row: from.row - 1 },
    ArrowDown: { ...from, row: from.row + 1 },
    Home: { ...from, column: 0 },
    End: { ...from, column: nColumns - 1 },
  };
  const to = moves[key];
  if (!to || nColumns === 0 || nRows === 0) return null;
  const within = (value: number, n: number) => Math.min(n - 1, Math.max(0, value));
  return { column: within(to.column, nColumns), row: within(to.row, nRows) };
};

type ReadPlotProps = {
  label: string;
  size: { nColumns: number; nRows: number };
  answer: Answer;
  cellAt: (spot: Spot) => Cell | undefined;
  /** Words of a spot: its category, its series or row. */
  nameAt: (spot: Spot) => string;
  onOpen?: (cell: Cell) => void;
  children: ReactNode;
};

/** A chart read by keys: arrows walk its points, what stands there is said; `I` explains it, Enter opens it. */
export const ReadPlot = ({ label, size, answer, cellAt, nameAt, onOpen, children }: ReadPlotProps) => {
  const { t } = useText();
  const [at, setAt] = useState<Spot | null>(null);
  const spot = at && at.column < size.nColumns && at.row < size.nRows ? at : null;
  const cell = spot ? cellAt(spot) : undefined;
  const onKeyDown = (press: KeyboardEvent) => {
    if (press.key === 'Enter' && cell && onOpen) {
      press.preventDefault();
      return onOpen(cell);
    }
    if (press.key === 'Escape' && spot) {
      press.nativeEvent.stopImmediatePropagation();
      return setAt(null);
    }
    const moved = press.shiftKey || press.ctrlKey || press.altKey ? null : movedSpot(spot, press.key, size);
    if (!moved) return;
    press.preventDefault();
    press.nativeEvent.stopImmediatePropagation();
    setAt(moved);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a chart read by keys is no form field
    <div
      className={styles.plot}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows walk the points
      tabIndex={0}
      aria-label={t('panel.explorer-figures.read', { label })}
      onKeyDown={onKeyDown}
      onBlur={() => setAt(null)}
      data-read=""
    >
      {children}
      <output className={styles.said}>
        {spot && (
          <>
            {nameAt(spot)} {cell ? <Figure answer={answer} cell={cell} /> : '—'}
          </>
        )}
      </output>
    </div>
  );
};
