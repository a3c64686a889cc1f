import { eq, sql } from 'drizzle-orm';
import type { CrsCheck, ListWish } from '@/data/model/address';
import type { LngLat } from '@/data/model/geo';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { type Connection, sqlOf } from '../db/client';
import { clockNow } from '../db/clock';
import { copyRows } from '../db/copy';
import { checkCrs, hypothesisOf, toGround } from './crs';
import { keptBook } from './kept';
import { type ListRow, readList } from './list-file';
import { matchAddress } from './match';
import { putRun } from './run';
import { address_batch } from './table';

/** Rows with a position whose texts are matched to see which system the positions are in, at most. */
const mostCompared = 1_000;

type Placed = { address: string; position: LngLat };

/** Which system the positions of a list look to be in, by the buildings that the texts of the same rows mean. */
export const judgePositions = async (connection: Connection, rows: readonly Placed[]): Promise<CrsCheck> => {
  const { book, spots } = await keptBook(connection);
  const step = Math.max(1, Math.floor(rows.length / mostCompared));
  const pairs = rows
    .filter((_, i) => i % step === 0)
    .slice(0, mostCompared)
    .flatMap(({ address, position }) => {
      const { building } = matchAddress(book, address);
      const known = building ? spots.get(building)?.position : null;
      return known ? [{ given: position, known }] : [];
    });
  return checkCrs(pairs);
};

/** What a list's positions are held to be; refuses a list that does not say so, or says what they are not. */
const checkDeclared = (crs: ListWish['crs'], check: CrsCheck): void => {
  const { likely, metres, nCompared } = check;
  const guess = likely ? { likely, n: nCompared, metres: metres[likely] } : null;
  if (crs === null && guess) throw refuse('crs_guess', `Say in which system the positions are: ${likely}?`, guess);
  if (crs === null) throw refuse('crs_missing', 'Say in which system the positions are.');
  const declared = hypothesisOf(crs);
  if (guess && likely !== declared)
    throw refuse('crs_wrong', `The positions are not ${crs} but look like ${likely}.`, {
      ...{ ...guess, declared: crs, off: metres[declared] },
    });
};

type Taken = { id: string; nRows: number; nPositions: number; crsCheck: CrsCheck | null };

const known = async ({ db }: Connection, scope: Scope, id: string): Promise<Taken | null> => {
  const [row] = await db.select().from(address_batch).where(eq(address_batch.id, id));
  if (!row) return null;
  if (row.path !== scope.path) throw new Problem('conflict', `The id ${id} is used.`, { id });
  return { id, nRows: row.n_rows, nPositions: row.n_positions, crsCheck: row.crs_check };
};

const inGround = ({ row, address, position }: ListRow, crs: ListWish['crs'], id: string): unknown[] => {
  const [lng, lat] = position ? toGround(position, crs ?? 'WGS84') : [null, null];
  return [id, row, address, lng, lat];
};

/**
 * Takes a list in and puts it into the queue: read whole and checked, then written in one transaction, all of it or
 * nothing. An id that was taken before answers the list it stands for.
 */
export const takeList = async (
  connection: Connection,
  scope: Scope,
  wish: ListWish,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Taken> => {
  const before = await known(connection, scope, wish.id);
  if (before) return before;
  const { rows, checksum } = await readList(bytes, wish.encoding);
  const placed = rows.flatMap(({ address, position }) => (position ? [{ address, position }] : []));
  const crsCheck = placed.length > 0 ? await judgePositions(connection, placed) : null;
  if (crsCheck) checkDeclared(wish.crs, crsCheck);
  const crs = crsCheck ? wish.crs : null;
  const { id, name } = wish;
  await connection.db.transaction(async (tx) => {
    const at = await clockNow(tx);
    await tx.insert(address_batch).values({
      ...{ id, name, checksum, crs, crs_check: crsCheck, n_rows: rows.length, n_positions: placed.length },
      ...{ division_code: scope.division, path: scope.path, at, actor_id: scope.actorId, actor_role: scope.role },
    });
    const target = { table: 'address_record', columns: ['batch_id', 'row', 'address', 'lng', 'lat'] };
    await copyRows(
      sqlOf(tx),
      target,
      rows.map((row) => inGround(row, crs, id)),
    );
    await tx.execute(sql`analyze address_record`);
    await putRun(tx, { id, run: 1, nRows: rows.length }, { at, actor: scope });
  });
  return { id, nRows: rows.length, nPositions: placed.length, crsCheck };
};
