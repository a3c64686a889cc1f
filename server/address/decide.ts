import { and, desc, eq } from 'drizzle-orm';
import type { AddressCard, AddressTally, NameTaught, RowDecision } from '@/data/model/address';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { keptBook } from './kept';
import { nowhere } from './locate';
import { putRun, tellLinks } from './run';
import { readBatch } from './store';
import { address_batch, address_decision, address_match, address_name } from './table';
import { countStep, type Standing } from './tally';

const actorOf = async (tx: Executor, scope: Scope) => ({
  ...{ at: await clockNow(tx), actor_id: scope.actorId, actor_role: scope.role },
});

/** Holds a list against whatever else writes to it. */
const lockBatch = async (tx: Executor, id: string) => {
  const [batch] = await tx.select().from(address_batch).where(eq(address_batch.id, id)).for('update');
  if (!batch) throw new Problem('not_found', `No list ${id} in your territory.`, { id });
  return batch;
};

/** Writes down what a person says a row means: a building, or none of them. `conflict`: it was not looked at yet. */
export const decideRow = async (connection: Connection, scope: Scope, decision: RowDecision): Promise<AddressCard> => {
  const { batch: id, row, building, note } = decision;
  const { spots } = await keptBook(connection);
  return connection.db.transaction(async (tx) => {
    await readBatch(tx, scope, id, null);
    const { path } = await lockBatch(tx, id);
    const spot = building === null ? null : spots.get(building);
    if (building !== null && !spot?.path.startsWith(path))
      throw new Problem('not_found', `No building ${building} in your territory.`, { code: building });
    const own = and(eq(address_match.batch_id, id), eq(address_match.row, row));
    const [before] = await tx.select().from(address_match).where(own);
    if (!before) throw new Problem('conflict', `Row ${row} was not looked at yet.`, { row });
    const to: Standing = building
      ? { method: 'decided', level: 'building' }
      : { method: 'dismissed', level: before.building_code ? 'none' : before.level };
    const tally: AddressTally = {};
    countStep(tally, before, to);
    const [last] = await tx
      .select({ seq: address_decision.seq })
      .from(address_decision)
      .where(and(eq(address_decision.batch_id, id), eq(address_decision.row, row)))
      .orderBy(desc(address_decision.seq))
      .limit(1);
    const step = { batch_id: id, row, seq: (last?.seq ?? 0) + 1, building_code: building, note, tally };
    await tx.insert(address_decision).values({ ...step, ...(await actorOf(tx, scope)) });
    const { placement = nowhere } = spot ?? {};
    await tx
      .update(address_match)
      .set({ ...to, ...placement, building_code: building, dwelling_code: null, division_code: placement.grid_code })
      .where(own);
    await tellLinks(tx, id);
    return readBatch(tx, scope, id, null);
  });
};

/**
 * Keeps what people call a street or a house beside its standard name. Refused: the standard name is not known, or what
 * is called so is a standard name itself.
 */
export const teachName = async (connection: Connection, scope: Scope, taught: NameTaught): Promise<{ id: number }> => {
  const { book } = await keptBook(connection, 0);
  const { name, standard, kind } = taught;
  if (!book.isStandard(standard)) throw refuse('name_unknown', `No street or house ${standard}.`, { standard });
  if (book.isStandard(name)) throw refuse('name_taken', `${name} is a standard name itself.`, { name });
  return connection.db.transaction(async (tx) => {
    const [written] = await tx
      .insert(address_name)
      .values({ name, standard, kind, ...(await actorOf(tx, scope)) })
      .returning({ id: address_name.id });
    return { id: written?.id ?? 0 };
  });
};

/** Looks once more at the rows of a list that are not matched. `conflict`: a pass is under way. */
export const matchAgain = async ({ db }: Connection, scope: Scope, id: string): Promise<AddressCard> =>
  db.transaction(async (tx) => {
    await lockBatch(tx, id);
    const { state, runs, nRows, methods } = await readBatch(tx, scope, id, null);
    if (state === 'running') throw new Problem('conflict', `The list ${id} is being matched.`, { id });
    const nSettled = methods.reduce((all, { method, n }) => all + (method === 'none' ? 0 : n), 0);
    const at = await clockNow(tx);
    await putRun(tx, { id, run: runs.length + 1, nRows: nRows - nSettled }, { at, actor: scope });
    return readBatch(tx, scope, id, null);
  });
