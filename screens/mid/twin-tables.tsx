'use client';

import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '@/components/base/button';
import { downloadCsv } from '@/components/base/download';
import { Figure } from '@/components/base/figure';
import { formatStamp } from '@/components/base/format';
import { type Column, Table } from '@/components/base/table';
import { csvOf } from '@/components/chart/csv';
import { orderCells } from '@/components/chart/order-cells';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { readTwin, type TwinTable, type TwinThing } from '@/components/map/twin-read';
import { useLayers } from '@/components/map/use-layers';
import { useCodeWord } from '@/components/panel/code-word';
import { placeOf } from '@/components/panel/event-export';
import { WithheldNote } from '@/components/panel/withheld-note';
import { metricByKey } from '@/data/metrics';
import { divisionDimensions, timeDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import type { EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import styles from './twin.module.css';

type Value = string | number | null;
/** A table as it is drawn and written: words, and the selection a row stands for. */
type Sheet<Row> = {
  rows: Row[];
  idOf: (row: Row) => string;
  columns: Column<Row>[];
  head: string[];
  valuesOf: (row: Row) => Value[];
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
    head: [t(`common.dimension.${dimension}`), dimension, `${name} (${unit})`],
    valuesOf: (cell) => [of(cell), cell.at[dimension] ?? '', cell.withheld ? t('common.withheld.small') : cell.value],
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
      t('panel.event-queue.csv.reported'),
      (row) => formatStamp(new Date(row.reportedAt), installation?.timeZone ?? 'UTC', lang),
      '120px',
    ],
  ];
  return {
    rows: rows.toSorted((a, b) => a.level - b.level || a.reportedAt.localeCompare(b.reportedAt)),
    idOf: ({ id }) => id,
    columns: fields.map(([key, head, read, width]) => plain(key, head, read, width)),
    head: fields.map(([, head]) => head),
    valuesOf: (row) => fields.map(([, , read]) => read(row)),
    selectionOf: ({ id }) => `event:${id}`,
  };
};

const useThingSheet = (rows: TwinThing[]): Sheet<TwinThing> => {
  const { t, term, lang } = useText();
  const nameOf = (row: TwinThing) => (lang === 'zh' ? row.name : row.nameEn);
  const typeOf = (row: TwinThing) => term('resource-type', row.type);
  return {
    rows,
    idOf: ({ id }) => id,
    columns: [plain('name', t('common.thing.asset'), nameOf), plain('type', t('common.dimension.assetType'), typeOf)],
    head: [t('common.thing.asset'), t('common.dimension.assetType')],
    valuesOf: (row) => [nameOf(row), typeOf(row)],
    selectionOf: ({ id }) => `asset:${id}`,
  };
};

type SheetProps<Row> = { label: string; file: string; sheet: Sheet<Row> };

const SheetTable = <Row,>({ label, file, sheet }: SheetProps<Row>) => {
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
        <Button
          kind="quiet"
          onClick={() => downloadCsv(`${file}.csv`, csvOf(sheet.head, sheet.rows.map(sheet.valuesOf)))}
        >
          <Download aria-hidden />
          {t('panel.explorer-figures.export')}
        </Button>
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
  return (
    <>
      <Whole answer={answer} />
      <SheetTable label={label} file={`${answer.metric}-${dimension}-${answer.asOf.slice(0, 10)}`} sheet={sheet} />
      <WithheldNote answer={answer} />
    </>
  );
};
/** Events as the map marks them: those still open. */
const Events = ({ label, rows }: { label: string; rows: EventRow[] }) => {
  const open = useMemo(() => rows.filter(({ stage }) => stage !== 'closed'), [rows]);
  return <SheetTable label={label} file="events" sheet={useEventSheet(open)} />;
};
const Things = ({ label, rows }: { label: string; rows: TwinThing[] }) => (
  <SheetTable label={label} file="assets" sheet={useThingSheet(rows)} />
);

const Body = ({ table, label }: { table: TwinTable; label: string }) => {
  if (table.kind === 'figures') return <Figures label={label} answer={table.answer} dimension={table.dimension} />;
  return table.kind === 'events' ? (
    <Events label={label} rows={table.rows} />
  ) : (
    <Things label={label} rows={table.rows} />
  );
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
