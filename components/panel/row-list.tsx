'use client';

import { useEffect, useRef } from 'react';
import type { View } from '@/data/model/view';
import { useShortcut } from '../base/shortcut';
import { Table, type TableProps } from '../base/table';
import { partsOf } from './question';
import styles from './row-list.module.css';

/** What a row is called, and what else is said of it below. */
export const TwoLines = ({ title, note }: { title: string; note: string }) => (
  <span className={styles.lines}>
    <b title={title}>{title}</b>
    <span>{note}</span>
  </span>
);

type RowListProps<Row> = Pick<TableProps<Row>, 'label' | 'columns' | 'pointedId' | 'onPoint'> & {
  /** What is selected: `<kind>:<id>`. */
  kind: string;
  rows: readonly Row[];
  view: View;
  set: (patch: Partial<View>) => void;
  /** What else the View takes over from a row that is selected. */
  alsoSet?: (row: Row) => Partial<View>;
  /** Opened with nothing selected it chooses its first row, once: whoever deselects it then is left alone. */
  opensFirst?: boolean;
};

/** Rows of a list beside what is chosen in it: J and K walk them, Enter hands the reader on to the detail. */
export const RowList = <Row extends { id: string }>(props: RowListProps<Row>) => {
  const { kind, rows, view, set, alsoSet, opensFirst = false, ...table } = props;
  const selected = partsOf(view.selection);
  const at = rows.findIndex(({ id }) => selected?.kind === kind && id === selected.code);
  const select = (row: Row | undefined) => row && set({ selection: `${kind}:${row.id}`, ...alsoSet?.(row) });
  const isOpened = useRef(!opensFirst);
  useEffect(() => {
    if (isOpened.current || rows.length === 0) return;
    isOpened.current = true;
    if (view.selection === null) select(rows[0]);
  });
  const move = (step: number) => () => {
    select(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))]);
    return undefined;
  };
  useShortcut({ j: move(1), k: move(-1) });
  return (
    <Table
      {...table}
      count={rows.length}
      rowAt={(index) => rows[index]}
      idOf={({ id }) => id}
      selectedIndex={at < 0 ? null : at}
      onSelect={select}
      onOpen={() => document.querySelector<HTMLElement>('[data-detail]')?.focus()}
    />
  );
};
