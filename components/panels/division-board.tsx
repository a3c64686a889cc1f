'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { shortName } from '../chart/gap';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { levelBelow } from '../panel/level-below';
import { definePanel } from '../panel/panel';
import styles from './division-board.module.css';

const key = 'division-board';
const columns = ['open', 'grave', 'overdue', 'onTime'] as const;
type Column = (typeof columns)[number];

/** The divisions just below side by side (各街道态势): open, grave and overdue events, closed on time; most overdue first. */
export const divisionBoard = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api, divisions }) => {
    const question = askedBy(key, view);
    const dimensions = [levelBelow(view, divisions)];
    const now = (metric: string) =>
      api.metric.ask.queryOptions({ metric, dimensions, question: { ...question, period: 'today' }, complete: true });
    return {
      open: now('event.open'),
      grave: now('event.grave'),
      overdue: now('event.overdue'),
      onTime: api.metric.ask.queryOptions({
        ...{ metric: 'event.on_time_close_rate', dimensions },
        question: { ...question, period: 'P30D' as const },
      }),
    };
  },
  empty: ({ open }) => open.cells.length === 0,
  caption: () => <Caption />,
  draw: ({ data }) => <Board data={data} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

const Board = ({ data }: { data: Record<Column, Answer> }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const dimension = data.open.dimensions[0] ?? '';
  const endings = ['community', 'subdistrict'].map((level) => t(`common.thing.${level}`));
  const nameOf = (code: string) =>
    divisions.byCode(code) ? shortName(divisions.name(code), endings) : t(`panel.${key}.elsewhere`);
  const cellOf = (column: Column, code: string) => data[column].cells.find(({ at }) => at[dimension] === code);
  const amountOf = (column: Column, code: string) => cellOf(column, code)?.value ?? 0;
  const codes = data.open.cells.map(({ at }) => at[dimension] ?? '');
  const isPlace = (code: string) => divisions.byCode(code) !== undefined || amountOf('open', code) > 0;
  const order = (a: string, b: string) =>
    amountOf('overdue', b) - amountOf('overdue', a) || amountOf('open', b) - amountOf('open', a);
  const rows = codes.filter(isPlace).sort(order);
  const { ref, fits } = useFit<HTMLDivElement>(1.45, rows.length + 1);
  return (
    <div className={styles.table} ref={ref}>
      <div className={`${styles.row} ${styles.head}`}>
        <span>{t(`common.thing.${dimension}`)}</span>
        {columns.map((column) => (
          <span key={column}>{t(`panel.${key}.${column}`)}</span>
        ))}
      </div>
      {rows.slice(0, Math.max(1, fits - 1)).map((code) => (
        <div className={styles.row} key={code} data-code={code}>
          <span>{nameOf(code)}</span>
          {columns.map((column) => (
            <Value key={column} answer={data[column]} cell={cellOf(column, code)} />
          ))}
        </div>
      ))}
    </div>
  );
};

/** A count of nought is a normal state and grey. */
const Value = ({ answer, cell }: { answer: Answer; cell: Cell | undefined }) =>
  cell ? (
    <Figure answer={answer} cell={cell} hasUnit={false} className={cell.value === 0 ? styles.none : undefined} />
  ) : (
    <span className={styles.none}>—</span>
  );
