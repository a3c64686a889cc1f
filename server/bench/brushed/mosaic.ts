import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { type Connector, Coordinator, clauseInterval, makeClient, Selection } from '@uwdata/mosaic-core';
import { count, Query } from '@uwdata/mosaic-sql';
import type { Run } from '../../metric/duck';

type Row = Record<string, unknown>;

const arrowOf = (rows: readonly Row[]): Uint8Array | null => {
  const names = Object.keys(rows[0] ?? { n: 0 });
  const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
  return tableToIPC(
    tableFromArrays(Object.fromEntries(names.map((name) => [name, rows.map((row) => plain(row[name]) as string)]))),
    {},
  );
};

/** Mosaic over our own DuckDB: its coordinator asks in SQL, answers go back as Arrow. */
const connectorOf = (run: Run): Connector =>
  ({
    query: async ({ type, sql }: { type: string; sql: string }) => {
      const rows = await run(sql);
      return type === 'arrow' ? arrowOf(rows) : undefined;
    },
  }) as Connector;

/** Charts of Mosaic over the events, linked by one selection; `brush` resolves when all have their counts. */
export const linkedCharts = async (
  run: Run,
  { active, low, high }: { active: string; low: number; high: number },
  others: readonly string[],
) => {
  const coordinator = new Coordinator(connectorOf(run), { logger: null as never, cache: false, consolidate: false });
  const selection = Selection.crossfilter();
  let pending = 0;
  let settle: (() => void) | null = null;
  const answered = () => {
    pending -= 1;
    if (pending === 0) settle?.();
  };
  const wait = () =>
    new Promise<void>((resolve) => {
      pending = others.length;
      settle = resolve;
    });
  const shown = wait();
  for (const column of others)
    makeClient({
      coordinator,
      selection,
      query: (filter) =>
        Query.from('event')
          .select({ code: column, n: count() })
          .groupby(column)
          .where(filter ?? []),
      queryResult: answered,
      queryError: (error: Error) => {
        throw error;
      },
    });
  await shown;
  const source = { reset: () => {} };
  const brush = async (from: number, to: number): Promise<void> => {
    const done = wait();
    const scale = { type: 'linear', domain: [low, high], range: [0, high - low] } as const;
    selection.update(
      clauseInterval(active, [from, to], { source, scale: scale as never, pixelSize: 1, clients: new Set() as never }),
    );
    await done;
  };
  return { brush, clear: () => coordinator.clear() };
};
