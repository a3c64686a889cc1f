'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './table.module.css';

export type Sort = { key: string; order: 'asc' | 'desc' };

export type Column<Row> = {
  key: string;
  head: ReactNode;
  /** CSS width; one column leaves it out and takes what is left. */
  width?: string;
  align?: 'end';
  cell: (row: Row) => ReactNode;
  isSortable?: boolean;
};

export type TableProps<Row> = {
  /** Spoken name. */
  label: string;
  columns: readonly Column<Row>[];
  /** Rows there are, loaded or not. */
  count: number;
  /** Undefined while a row is not loaded. */
  rowAt: (index: number) => Row | undefined;
  idOf: (row: Row) => string;
  selectedIndex: number | null;
  /** Row pointed at elsewhere; null = none. */
  pointedId?: string | null;
  onSelect: (row: Row) => void;
  /** Enter or double click. */
  onOpen?: (row: Row) => void;
  /** The pointer came over a row; undefined when it left it. */
  onPoint?: (row: Row | undefined) => void;
  /** Indexes in sight, both included; for rows loaded as they come into sight. */
  onRange?: (first: number, last: number) => void;
  /** Absent where the order of the rows is given. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
};

/** Two lines of text; rows are all alike, so that a scroll position names a row. */
const rowHeight = 40;

const turn = (sort: Sort | undefined, key: string): Sort => ({
  key,
  order: sort?.key === key && sort.order === 'asc' ? 'desc' : 'asc',
});

const Head = <Row,>({ columns, sort, onSort }: Pick<TableProps<Row>, 'columns' | 'sort' | 'onSort'>) => (
  <thead>
    <tr>
      {columns.map(({ key, head, isSortable, align }) => {
        const order = sort?.key === key ? sort.order : null;
        const spoken = order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : 'none';
        return (
          <th key={key} scope="col" aria-sort={isSortable ? spoken : undefined} data-align={align}>
            {isSortable ? (
              <button type="button" className={styles.sort} onClick={() => onSort?.(turn(sort, key))}>
                {head}
                <span aria-hidden>{order === 'asc' ? '▴' : order === 'desc' ? '▾' : ''}</span>
              </button>
            ) : (
              head
            )}
          </th>
        );
      })}
    </tr>
  </thead>
);

/** Index a navigation key leads to; null when the key is none. */
export const stepTo = (key: string, at: number, last: number, page: number): number | null => {
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(last, Math.max(0, to));
};

const useRows = <Row,>({ count, selectedIndex, onRange }: TableProps<Row>) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: rowHeight,
  });
  useEffect(() => {
    if (selectedIndex !== null) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [first, last, onRange]);
  return { scroller, items, above: first * rowHeight, below: Math.max(0, count - 1 - last) * rowHeight };
};

type BodyProps<Row> = Pick<TableProps<Row>, 'columns' | 'rowAt' | 'idOf' | 'selectedIndex' | 'pointedId'> & {
  id: string;
  indexes: readonly number[];
  /** Room for the rows not drawn, px. */
  above: number;
  below: number;
};

const Body = <Row,>(props: BodyProps<Row>) => {
  const { columns, rowAt, idOf, selectedIndex, pointedId, id, indexes, above, below } = props;
  return (
    <tbody>
      {above > 0 && <tr aria-hidden style={{ height: above }} />}
      {indexes.map((index) => {
        const row = rowAt(index);
        const rowId = row && idOf(row);
        return (
          <tr
            key={rowId ?? index}
            id={`${id}-${index}`}
            data-index={index}
            data-id={rowId}
            data-pointed={rowId !== undefined && rowId === pointedId}
            aria-rowindex={index + 2}
            aria-selected={index === selectedIndex}
            style={{ height: rowHeight }}
          >
            {columns.map((column) => (
              <td key={column.key} data-align={column.align}>
                <div className={styles.cell}>{row ? column.cell(row) : <span className={styles.pending} />}</div>
              </td>
            ))}
          </tr>
        );
      })}
      {below > 0 && <tr aria-hidden style={{ height: below }} />}
    </tbody>
  );
};

/** What the pointer and the keys do to the table. */
const handlersOf = <Row,>(props: TableProps<Row>, pageHeight: () => number) => {
  const { count, rowAt, selectedIndex, onSelect, onOpen, onPoint } = props;
  const rowOf = ({ target }: MouseEvent): Row | undefined => {
    const line = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null;
    return line ? rowAt(Number(line.dataset.index)) : undefined;
  };
  const withRow = (act?: (row: Row) => void) => (click: MouseEvent) => {
    const row = rowOf(click);
    if (row) act?.(row);
  };
  const onKeyDown = (press: KeyboardEvent) => {
    const at = selectedIndex ?? -1;
    const row = rowAt(at);
    if (press.key === 'Enter' && row && !(press.target instanceof HTMLButtonElement)) return onOpen?.(row);
    const page = Math.max(1, Math.floor(pageHeight() / rowHeight) - 2);
    const to = stepTo(press.key, at, count - 1, page);
    const target = to === null ? undefined : rowAt(to);
    if (!target) return;
    press.preventDefault();
    onSelect(target);
  };
  return {
    onKeyDown,
    onClick: withRow(onSelect),
    onDoubleClick: withRow(onOpen),
    onPointerMove: (point: MouseEvent) => onPoint?.(rowOf(point)),
    onMouseLeave: () => onPoint?.(undefined),
  };
};

/** Table whose rows are drawn only where seen; one row can be selected, by mouse and by keys. */
export const Table = <Row,>(props: TableProps<Row>): ReactNode => {
  const { label, columns, count, rowAt, idOf, selectedIndex, pointedId, sort, onSort } = props;
  const id = useId();
  const { scroller, items, above, below } = useRows(props);
  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        className={styles.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows grid on table, and rows are chosen by keys
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        tabIndex={0}
        aria-activedescendant={selectedIndex === null ? undefined : `${id}-${selectedIndex}`}
        {...handlersOf(props, () => scroller.current?.clientHeight ?? 0)}
      >
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width }} />
          ))}
        </colgroup>
        <Head columns={columns} sort={sort} onSort={onSort} />
        <Body
          {...{ columns, rowAt, idOf, selectedIndex, pointedId, id, above, below }}
          indexes={items.map(({ index }) => index)}
        />
      </table>
    </div>
  );
};
