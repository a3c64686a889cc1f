'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Figure } from '@/components/base/figure';
import { formatStamp } from '@/components/base/format';
import { type Column, Table } from '@/components/base/table';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { readTwin, type TwinTable } from '@/components/map/twin-read';
import { useLayers } from '@/components/map/use-layers';
import { askOf } from '@/components/panel/ask-of';
import { useCodeWord } from '@/components/panel/code-word';
import { placeOf } from '@/components/panel/event-pages';
import { ExportButton } from '@/components/panel/export-button';
import { WithheldNote } from '@/components/panel/withheld-note';
import { metricByKey } from '@/data/metrics';
import { divisionDimensions, timeDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import type { EventRow } from '@/data/model/event';
import type { ExportWhat } from '@/data/model/export';
import { orderCells } from '@/data/model/order-cells';
import { askedBy } from '@/data/model/view';
import styles from './twin.module.css';

/** A table as it is drawn, and the selection a row stands for. */
type Sheet<Row> = {
  rows: Row[];
  idOf: (row: Row) => string;
  columns: Column<Row>[];
  selectionOf: (row: Row) => string | null;
};

const isDivision = (dimension: string): boolean => (divisionDimensions as readonly string[]).includes(dimension);
const plain = <Row,>(key: string, head: string, cell: (row: Row) => string, width?: string): Column<Row> => ({
  key,
  head,
  width,
  cell: (row) => <span title={cell(row)}>{cell(row)}</span>,
});

const useFigureSheet = (answer: Answer, dimension: string): Sheet<Cell> => {
  const { t, lang } = useText();
  const word = useCodeWord();
  const name = metricByKey.get(answer.metric)?.[lang] ?? answer.metric;
  const unit = t(`common.unit.${answer.unit}`);
  const of = (cell: Cell) => word(dimension, cell.at[dimension]);
  const selectionOf = ({ at }: Cell) => {
    const code = at[dimension];
    if (!code || code === 'none') return null;
    return isDivision(dimension)
      ? `division:${code}`
      : ['block', 'building'].includes(dimension)
        ? `${dimension}:${code}`
        : null;
  };
  return {
    rows: orderCells(answer, [dimension], timeDimensions, null),
    idOf: ({ at }) => at[dimension] ?? '',
    columns: [
      plain(dimension, t(`common.dimension.${dimension}`), of),
      {
        key: 'value',
        head: `${name} (${unit})`,
        width: '50%',
        align: 'end',
        cell: (cell) => <Figure answer={answer} cell={cell} hasUnit={false} />,
      },
    ],
    selectionOf,
  };
};

const useEventSheet = (rows: EventRow[]): Sheet<EventRow> => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const fields: [string, string, (row: EventRow) => string, string?][] = [
    ['level', t('common.dimension.level'), (row) => term('event-level', String(row.level)), '96px'],
    ['title', t('common.thing.event'), (row) => row.title],
    ['place', t('common.thing.grid'), (row) => placeOf(row, divisions, true), '20%'],
    ['stage', t('common.dimension.stage'), (row) => term('event-stage', row.stage), '72px'],
    [
      'at',
      t('export.event.reported'),
      (row) => formatStamp(new Date(row.reportedAt), installation?.timeZone ?? 'UTC', lang),
      '120px',
    ],
  ];
  return {
    rows: rows.toSorted((a, b) => a.level - b.level || a.reportedAt.localeCompare(b.reportedAt)),
    idOf: ({ id }) => id,
    columns: fields.map(([key, head, read, width]) => plain(key, head, read, width)),
    selectionOf: ({ id }) => `event:${id}`,
  };
};

type SheetProps<Row> = { label: string; what: ExportWhat | null; panel: string; sheet: Sheet<Row> };

const SheetTable = <Row,>({ label, what, panel, sheet }: SheetProps<Row>) => {
  const { t } = useText();
  const { view, set } = useView();
  const at = sheet.rows.findIndex((row) => view.selection !== null && sheet.selectionOf(row) === view.selection);
  const select = (row: Row) => {
    const selection = sheet.selectionOf(row);
    if (selection) set({ selection });
  };
  return (
    <>
      <div className={styles.table}>
        <Table
          label={label}
          columns={sheet.columns}
          count={sheet.rows.length}
          rowAt={(index) => sheet.rows[index]}
          idOf={sheet.idOf}
          selectedIndex={at < 0 ? null : at}
          onSelect={select}
        />
      </div>
      <p className={styles.foot}>
        <span>{t('mid.twin.count', { n: sheet.rows.length })}</span>
        {what && <ExportButton {...{ what, panel }} />}
      </p>
    </>
  );
};

/** The whole the figures are parts of, asked as the map asks. */
const Whole = ({ answer }: { answer: Answer }) => {
  const api = useTRPC();
  const { t } = useText();
  const { view } = useView();
  const whole = useQuery(api.metric.ask.queryOptions({ metric: answer.metric, question: askedBy('map', view) })).data;
  return (
    <p className={styles.whole}>
      {t('panel.explorer-figures.whole')} {whole && <Figure answer={whole} />}
    </p>
  );
};

const Figures = ({ label, answer, dimension }: { label: string; answer: Answer; dimension: string }) => {
  const sheet = useFigureSheet(answer, dimension);
  const ask = askOf(useQueryClient(), useTRPC(), { answer });
  return (
    <>
      <Whole answer={answer} />
      <SheetTable {...{ label, sheet }} what={ask && { kind: 'figures', asks: [ask] }} panel="explorer-figures" />
      <WithheldNote answer={answer} />
    </>
  );
};
/** Events as the map marks them: those still open. */
const Events = ({ label, rows }: { label: string; rows: EventRow[] }) => {
  const open = useMemo(() => rows.filter(({ stage }) => stage !== 'closed'), [rows]);
  const { view } = useView();
  const what: ExportWhat = { kind: 'events', isOpen: true, question: askedBy('map', view) };
  return <SheetTable {...{ label, what }} panel="event-queue" sheet={useEventSheet(open)} />;
};
const Body = ({ table, label }: { table: TwinTable; label: string }) => {
  if (table.kind === 'figures') return <Figures label={label} answer={table.answer} dimension={table.dimension} />;
  return <Events label={label} rows={table.rows} />;
};

export type TwinProps = {
  /** Layers shown when the View names none. */
  layers: readonly string[];
  /** The time rail stays in sight below. */
  hasRail: boolean;
};

/** Everything the map shows, as tables one can read, sort by ear and take along (地图的表格). */
export const TwinTables = ({ layers, hasRail }: TwinProps) => {
  const { t } = useText();
  const { answers } = useLayers('desk', layers);
  const tables = readTwin(answers);
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, tables.length - 1);
  const table = tables[at];
  const nameOf = ({ layer, ...rest }: TwinTable) =>
    rest.kind === 'figures'
      ? `${t(`map.layer.${layer}`)} · ${t(`common.dimension.${rest.dimension}`)}`
      : t(`map.layer.${layer}`);
  const isWaiting = answers.some(({ data }) => data === null);
  return (
    <section
      className={styles.twin}
      aria-label={t('mid.twin.title')}
      data-twin=""
      data-rail={hasRail}
      data-state={isWaiting ? 'waiting' : 'ready'}
    >
      <div className={styles.tabs}>
        {tables.map((each, i) => (
          <button key={nameOf(each)} type="button" aria-pressed={i === at} onClick={() => setWanted(i)}>
            {nameOf(each)}
          </button>
        ))}
      </div>
      {table ? <Body key={nameOf(table)} table={table} label={nameOf(table)} /> : <p>{t('mid.twin.none')}</p>}
    </section>
  );
};
