import { and, asc, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import type {
  AddressBatch,
  AddressCandidate,
  AddressCard,
  AddressRun,
  AddressTold,
  ListedRow,
  OpenRow,
} from '@/data/model/address';
import { listRoles } from '@/data/model/address';
import { Problem } from '@/data/model/problem';
import type { Role, Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { building } from '../db/schema';
import { findDwellings } from '../search/store';
import { keptBook } from './kept';
import { locate } from './locate';
import { matchAddress } from './match';
import { segmentOf } from './segment';
import { address_batch, address_chunk, address_decision, address_match, address_record, address_run } from './table';
import { figuresOf } from './tally';

type BatchRow = typeof address_batch.$inferSelect;
type Chunk = typeof address_chunk.$inferSelect;

const mostListed = 200;

/** Lists handed in from the caller's territory, as they stood at the clock; null = now. The newest first. */
const readBatches = (db: Executor, scope: Scope, at: Date | null, id: string | null): Promise<BatchRow[]> =>
  db
    .select()
    .from(address_batch)
    .where(
      and(
        sql`starts_with(${address_batch.path}, ${scope.path})`,
        at ? lte(address_batch.at, at) : undefined,
        id === null ? undefined : eq(address_batch.id, id),
      ),
    )
    .orderBy(desc(address_batch.at), asc(address_batch.id))
    .limit(mostListed);

/** What was written of some lists until the clock. */
const readSteps = async (db: Executor, ids: readonly string[], at: Date | null) => {
  const chunks = await db
    .select()
    .from(address_chunk)
    .where(and(inArray(address_chunk.batch_id, [...ids]), at ? lte(address_chunk.at, at) : undefined))
    .orderBy(asc(address_chunk.run), asc(address_chunk.seq));
  const { batch_id, tally } = address_decision;
  const decisions = await db
    .select({ batch_id, tally })
    .from(address_decision)
    .where(and(inArray(batch_id, [...ids]), at ? lte(address_decision.at, at) : undefined));
  return { chunks, decisions };
};

type Steps = Awaited<ReturnType<typeof readSteps>>;

const stepsOf = ({ chunks, decisions }: Steps, id: string) => {
  const own = chunks.filter(({ batch_id }) => batch_id === id);
  const tallies = [...own, ...decisions.filter(({ batch_id }) => batch_id === id)].map(({ tally }) => tally);
  return { chunks: own, figures: figuresOf(tallies) };
};

const stateOf = (chunks: readonly Chunk[], lastRun: number): AddressBatch['state'] => {
  const last = chunks.filter(({ run }) => run === lastRun).at(-1);
  if (!last || last.state === 'more') return 'running';
  return last.state === 'dead' ? 'dead' : 'done';
};

const runsOf = (rows: readonly (typeof address_run.$inferSelect)[], chunks: readonly Chunk[]): AddressRun[] =>
  rows.map(({ run, at, actor_role, n_rows }) => {
    const own = chunks.filter((chunk) => chunk.run === run);
    return {
      ...{ run, at: at.toISOString(), role: actor_role as Role, nRows: n_rows },
      nDone: own.reduce((n, chunk) => n + chunk.n_rows, 0),
      gained: figuresOf(own.map(({ tally }) => tally)).nMatched,
    };
  });

/** Lists of the caller's territory, the newest first. */
export const listBatches = async ({ db }: Connection, scope: Scope, at: Date | null): Promise<AddressBatch[]> => {
  const batches = await readBatches(db, scope, at, null);
  if (batches.length === 0) return [];
  const ids = batches.map(({ id }) => id);
  const steps = await readSteps(db, ids, at);
  const runs = await db
    .select()
    .from(address_run)
    .where(and(inArray(address_run.batch_id, ids), at ? lte(address_run.at, at) : undefined));
  return batches.map((row) => {
    const { chunks, figures } = stepsOf(steps, row.id);
    const lastRun = Math.max(1, ...runs.filter(({ batch_id }) => batch_id === row.id).map(({ run }) => run));
    return toBatch(row, figures.nMatched, stateOf(chunks, lastRun));
  });
};

const toBatch = (row: BatchRow, nMatched: number, state: AddressBatch['state']): AddressBatch => ({
  ...{ id: row.id, name: row.name, at: row.at.toISOString(), role: row.actor_role as Role },
  ...{ division: row.division_code, nRows: row.n_rows, nMatched, state },
});

/** One list with all that came of it; `not_found` outside the caller's territory. */
export const readBatch = async (db: Executor, scope: Scope, id: string, at: Date | null): Promise<AddressCard> => {
  const [row] = await readBatches(db, scope, at, id);
  if (!row) throw new Problem('not_found', `No list ${id} in your territory.`, { id });
  const { chunks, figures } = stepsOf(await readSteps(db, [id], at), id);
  const rows = await db
    .select()
    .from(address_run)
    .where(and(eq(address_run.batch_id, id), at ? lte(address_run.at, at) : undefined))
    .orderBy(asc(address_run.run));
  const { nMatched, nPlaced, methods, levels } = figures;
  return {
    ...toBatch(row, nMatched, stateOf(chunks, rows.at(-1)?.run ?? 1)),
    ...{ crs: row.crs, crsCheck: row.crs_check, nPositions: row.n_positions },
    ...{ methods, levels, nPlaced, runs: runsOf(rows, chunks) },
  };
};

/** Buildings by their codes, in that order. */
const readCandidates = async (db: Executor, codes: readonly string[]): Promise<Map<string, AddressCandidate>> => {
  if (codes.length === 0) return new Map();
  const { code, name, address, lng, lat } = building;
  const rows = await db
    .select({ code, name, address, lng, lat })
    .from(building)
    .where(inArray(code, [...new Set(codes)]));
  return new Map(
    rows.map(({ lng: x, lat: y, ...row }) => [
      row.code,
      { ...row, position: x === null || y === null ? null : [x, y] },
    ]),
  );
};

const inOrder = (codes: readonly string[], known: ReadonlyMap<string, AddressCandidate>): AddressCandidate[] =>
  codes.flatMap((code) => known.get(code) ?? []);

type RowsAsk = { id: string; limit: number; offset: number };

/** Rows of a list that nothing has matched yet, in the order of the file, with what they may mean; as they stand now. */
export const readOpenRows = async ({ db }: Connection, scope: Scope, ask: RowsAsk): Promise<OpenRow[]> => {
  const { id, limit, offset } = ask;
  await readBatch(db, scope, id, null);
  const { row, level, division_code, candidates } = address_match;
  const rows = await db
    .select({ row, level, division: division_code, candidates, address: address_record.address })
    .from(address_match)
    .innerJoin(address_record, and(eq(address_record.batch_id, address_match.batch_id), eq(address_record.row, row)))
    .where(and(eq(address_match.batch_id, id), eq(address_match.method, 'none')))
    .orderBy(asc(row))
    .limit(limit)
    .offset(offset);
  const known = await readCandidates(
    db,
    rows.flatMap((one) => one.candidates),
  );
  return rows.map((one) => ({ ...one, candidates: inOrder(one.candidates, known) }));
};

/** Rows of a list that were looked at, in the order of the file; `isOpen`: those alone that nothing has matched. */
export const readListed = async (
  { db, sql: run }: Connection,
  scope: Scope,
  id: string,
  isOpen: boolean,
): Promise<{ name: string; division: string; rows: ListedRow[] }> => {
  if (!listRoles.includes(scope.role)) throw new Problem('not_allowed', `Role ${scope.role} may not read lists.`);
  const { name, division } = await readBatch(db, scope, id, null);
  const rows = await run<ListedRow[]>`
    select m.row, r.address, m.method, m.level, m.score, m.building_code as building, b.address as standard,
      m.dwelling_code as dwelling, m.grid_code as grid, m.block_code as block
    from address_match m join address_record r on r.batch_id = m.batch_id and r.row = m.row
    left join building b on b.code = m.building_code
    where m.batch_id = ${id} and (not ${isOpen} or m.method in ('none', 'dismissed')) order by m.row`;
  return { name, division, rows };
};

/** What one address means to the caller: nothing outside the territory is told but that it lies there. */
export const tellAddress = async (connection: Connection, scope: Scope, text: string): Promise<AddressTold> => {
  const kept = await keptBook(connection);
  const match = matchAddress(kept.book, text);
  const found = locate(kept, null, { address: text, position: null }, scope.path);
  const { building: code, unit, room } = found;
  const codes = code ? [code] : found.candidates;
  const known = await readCandidates(connection.db, codes);
  const rooms = code && room ? await findDwellings(connection, scope, { buildings: [code], unit, room }, 2) : [];
  const [dwelling] = rooms.length === 1 ? rooms : [];
  return {
    building: code ? (known.get(code) ?? null) : null,
    dwelling: dwelling ? { code: dwelling.code, name: dwelling.name } : null,
    ...{ division: found.division, isOutside: found.level === 'outside', score: found.score },
    ...{ steps: match.steps, parts: segmentOf(text) },
    candidates: code ? [] : inOrder(codes, known),
  };
};
