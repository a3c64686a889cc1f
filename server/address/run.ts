import { setImmediate as breathe } from 'node:timers/promises';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { AddressTally } from '@/data/model/address';
import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import { type Executor, sqlOf } from '../db/client';
import { copyRows } from '../db/copy';
import { type NewJob, putJobs } from '../job/store';
import type { JobHandlers } from '../job/worker';
import { appendChanges } from '../live/append';
import { type Kept, keptBook } from './kept';
import { type Located, locate } from './locate';
import { address_batch, address_chunk, address_match, address_run } from './table';
import { countStep, type Standing } from './tally';

const kind = 'address-match';

/** Rows a transaction writes. */
const chunkRows = 4_000;
/** Rows after which others in the process have their turn. */
const breathRows = 200;

type Actor = Pick<Scope, 'actorId' | 'role'>;
type OpenRow = { row: number; address: string; lng: number | null; lat: number | null } & Partial<Standing>;
type Taken = OpenRow & { found: Located; dwelling: string | null };

type Run = { id: string; run: number };

/** The job that makes a pass over a list. */
export const jobOf = ({ id, run }: Run, dueAt: Date): NewJob => ({
  ...{ kind, key: `${id}:${run}`, subject: `address:${id}`, payload: { id, run }, dueAt },
});

/** Puts a pass over the rows that are not matched into the queue, inside the caller's transaction. */
export const putRun = async (
  tx: Executor,
  { id, run, nRows }: Run & { nRows: number },
  { at, actor }: { at: Date; actor: Actor },
): Promise<void> => {
  const by = { at, actor_id: actor.actorId, actor_role: actor.role };
  await tx.insert(address_run).values({ batch_id: id, run, n_rows: nRows, ...by });
  await putJobs(tx, [jobOf({ id, run }, at)]);
};

/**
 * The next rows that nothing has matched yet, behind the last one that was looked at. The first pass asks no match for
 * each row: there is none behind it, and a table just filled has no statistics to join by.
 */
const readOpen = async (tx: Executor, { id, run }: Run, after: number): Promise<OpenRow[]> => {
  const query = sqlOf(tx);
  const rows =
    run === 1
      ? query<OpenRow[]>`
        select row, address, lng, lat from address_record
        where batch_id = ${id} and row > ${after} order by row limit ${chunkRows}`
      : query<OpenRow[]>`
        select r.row, r.address, r.lng, r.lat, m.method, m.level
        from address_record r left join address_match m on m.batch_id = r.batch_id and m.row = r.row
        where r.batch_id = ${id} and r.row > ${after} and (m.row is null or m.method = 'none')
        order by r.row limit ${chunkRows}`;
  return [...(await rows)];
};

/** Dwellings by the rows whose text names a room that only one dwelling of the building has. */
const readDwellings = async (tx: Executor, rows: readonly Taken[]): Promise<Map<number, string>> => {
  const asked = rows.flatMap(({ row, found: { building, unit, room } }) =>
    building && room ? [{ row, building, unit, room }] : [],
  );
  const found = await tx.execute<{ row: number; code: string }>(sql`
    select l.row, min(d.code) as code
    from jsonb_to_recordset(${JSON.stringify(asked)}::text::jsonb) as l(row int, building text, unit int, room text)
    join dwelling d on d.building_code = l.building and d.room = l.room and (l.unit is null or d.unit = l.unit)
    group by l.row having min(d.code) = max(d.code)`);
  return new Map(found.map(({ row, code }) => [row, code]));
};

const columns = [
  ...['batch_id', 'row', 'run', 'method', 'level', 'score', 'building_code', 'dwelling_code', 'division_code'],
  ...['candidates', 'subdistrict_code', 'community_code', 'grid_code', 'block_code'],
];

const copied = (id: string, run: number, { row, found, dwelling }: Taken): unknown[] => {
  const { method, level, score, building, division, candidates, placement } = found;
  return [
    ...[id, row, run, method, level, Math.round(score * 1000) / 1000, building, dwelling, division, candidates],
    ...[placement.subdistrict_code, placement.community_code, placement.grid_code, placement.block_code],
  ];
};

const matchRows = async (kept: Kept, rows: readonly OpenRow[], path: string): Promise<Taken[]> => {
  const place = await kept.placer();
  const taken: Taken[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % breathRows === breathRows - 1) await breathe();
    const position: LngLat | null = row.lng === null || row.lat === null ? null : [row.lng, row.lat];
    taken.push({ ...row, found: locate(kept, place, { address: row.address, position }, path), dwelling: null });
  }
  return taken;
};

/** Writes what a chunk came to; rows that a later pass could not match either stay as they are. */
const writeRows = async (tx: Executor, id: string, run: number, rows: readonly Taken[]): Promise<AddressTally> => {
  const dwellings = await readDwellings(tx, rows);
  const tally: AddressTally = {};
  const news: Taken[] = [];
  for (const row of rows) {
    const before = row.method && row.level ? { method: row.method, level: row.level } : null;
    if (before && row.found.method === 'none') continue;
    const dwelling = dwellings.get(row.row) ?? null;
    const found: Located = dwelling ? { ...row.found, level: 'dwelling' } : row.found;
    countStep(tally, before, found);
    news.push({ ...row, found, dwelling });
  }
  const again = news.filter(({ method }) => method).map(({ row }) => row);
  if (again.length > 0)
    await tx
      .delete(address_match)
      .where(
        and(
          eq(address_match.batch_id, id),
          sql`${address_match.row} in (select value::int from jsonb_array_elements_text(${JSON.stringify(again)}::text::jsonb))`,
        ),
      );
  await copyRows(
    sqlOf(tx),
    { table: 'address_match', columns },
    news.map((row) => copied(id, run, row)),
  );
  return tally;
};

/** Tells that what a list's records were linked to has changed. */
export const tellLinks = (tx: Executor, id: string): Promise<void> =>
  appendChanges(tx, [{ kind: 'link', id, op: 'put', version: 1, path: null }]);

const lastChunk = async (tx: Executor, { id, run }: Run) => {
  const [last] = await tx
    .select({ seq: address_chunk.seq, lastRow: address_chunk.last_row })
    .from(address_chunk)
    .where(and(eq(address_chunk.batch_id, id), eq(address_chunk.run, run)))
    .orderBy(desc(address_chunk.seq))
    .limit(1);
  return last ?? { seq: 0, lastRow: 0 };
};

const runOf = (payload: Record<string, string | number>): Run => ({
  id: String(payload.id),
  run: Number(payload.run),
});

/**
 * Matches the lists handed in: a chunk a turn, its rows and its line of progress in one transaction, so that whoever goes
 * on after a kill begins behind the last row that was written.
 */
export const addressJobs: JobHandlers = {
  [kind]: {
    send: async (connection) => {
      await (await keptBook(connection, 0)).placer();
    },
    effect: async (tx, { payload, now }, connection) => {
      const { id, run } = runOf(payload);
      const [batch] = await tx.select().from(address_batch).where(eq(address_batch.id, id)).for('update');
      if (!batch) return undefined;
      const { seq, lastRow } = await lastChunk(tx, { id, run });
      const open = await readOpen(tx, { id, run }, lastRow);
      const rows = await matchRows(await keptBook(connection, Number.POSITIVE_INFINITY), open, batch.path);
      const isLast = rows.length < chunkRows;
      await tx.insert(address_chunk).values({
        ...{ batch_id: id, run, seq: seq + 1, last_row: open.at(-1)?.row ?? lastRow, n_rows: open.length, at: now },
        ...{ tally: await writeRows(tx, id, run, rows), state: isLast ? 'last' : 'more' },
      });
      if (!isLast) return { putOffTo: now };
      await tellLinks(tx, id);
      await tx.execute(sql`analyze address_match`);
      return undefined;
    },
    bury: async (tx, { payload, now }) => {
      const { id, run } = runOf(payload);
      const { seq, lastRow } = await lastChunk(tx, { id, run });
      await tx.insert(address_chunk).values({
        ...{ batch_id: id, run, seq: seq + 1, last_row: lastRow, n_rows: 0, tally: {}, at: now, state: 'dead' },
      });
    },
  },
};
