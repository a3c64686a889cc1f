import { and, eq, sql } from 'drizzle-orm';
import { type CollectDecision, EntityAdd } from '@/data/model/collection';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { building, entity } from '../db/schema';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { readCipher } from '../person/cipher';
import { putRefresh } from '../verify/run';
import { placeAt, type Writing } from './door';
import { found, house } from './link-entity';
import { settle } from './link-person';
import { type Change, holdRecords, putColumns, unchanged } from './record';
import { collection, collection_decision, collection_item } from './table';

type Item = typeof collection_item.$inferSelect;
type Decided = Change & { record: string | null };

const lost = (what: string) => new Problem('conflict', `${what} is there no more.`);

/** Whether the caller's territory holds a candidate: a person by any home of his. */
const checkOwn = async (tx: Executor, scope: Scope, { kind, act }: Item, id: string): Promise<void> => {
  const own = await inTerritory(tx, scope, building);
  const there =
    kind === 'person'
      ? sql`select from residence r join dwelling d on d.code = r.dwelling_code
          join building on building.code = d.building_code where r.person_id = ${id}::bigint and ${own}`
      : act === 'move'
        ? sql`select from building where code = ${id} and ${own}`
        : sql`select from entity where id = ${id} and ${await inTerritory(tx, scope, entity)}`;
  const rows = await tx.execute(there);
  if (rows.length === 0) throw new Problem('not_found', `No ${kind} ${id} in your territory.`, { id });
};

/** Somebody who was left open is the candidate, another person, or nobody. The person kept for it lives on as himself alone. */
const decidePerson = async (writing: Writing, { seq, after }: Item, candidate: string | null, isOther: boolean) => {
  const { tx } = writing;
  const [draft, relation] = [String(after.person_id), String(after.relation)];
  if (isOther) {
    const [same] = await tx.execute(sql`
      select from person p join person n on n.id_number_mark = p.id_number_mark and n.id <> p.id
      where p.id = ${draft}::bigint and exists (select from residence r where r.person_id = n.id)`);
    if (same) throw refuse('name_taken', 'Somebody with this number is on the register.');
    return settle(writing, seq, { id: draft, relation });
  }
  await tx.execute(sql`delete from person where id = ${draft}::bigint`);
  return candidate === null ? { ...unchanged, record: null } : settle(writing, seq, { id: candidate, relation });
};

const moveTo = async ({ tx, scope }: Writing, id: string, candidate: string): Promise<Change> => {
  const place = await placeAt(tx, scope, candidate);
  const stood = (await holdRecords(tx, 'entity', [id])).get(id);
  if (!place || !stood) throw lost('It');
  return putColumns(tx, 'entity', stood, { ...place, dwelling_code: null });
};

const decideEntity = async (writing: Writing, item: Item, candidate: string | null, isOther: boolean) => {
  const { seq, act, record_id, after } = item;
  if (act === 'move') {
    if (isOther) throw new Problem('invalid', 'A move has a building or is dismissed.', { field: 'choice' });
    const change = candidate && record_id ? await moveTo(writing, record_id, candidate) : unchanged;
    return { ...change, record: record_id };
  }
  if (isOther) return found(writing, seq, EntityAdd.parse(after));
  return { ...(candidate ? await house(writing, candidate) : unchanged), record: candidate };
};

/**
 * Decides on a record that was not linked by itself, once: it is the candidate, another one, or nothing. Refused to whoever
 * collected it; `conflict` when somebody decided already.
 */
export const decideItem = (
  connection: Connection,
  scope: Scope,
  { id, seq, choice, candidate }: CollectDecision,
): Promise<{ record: string | null }> =>
  connection.db.transaction(async (tx) => {
    const [visit] = await tx
      .select()
      .from(collection)
      .where(and(eq(collection.id, id), await inTerritory(tx, scope, collection)))
      .for('update');
    const [item] = await tx
      .select()
      .from(collection_item)
      .where(and(eq(collection_item.collection_id, id), eq(collection_item.seq, seq)));
    if (!visit || item?.method !== 'none') throw new Problem('not_found', 'Nothing to decide there.', { id });
    if (visit.actor_id === scope.actorId) throw refuse('same_post', 'Whoever collected it does not judge it.');
    const step = and(eq(collection_decision.collection_id, id), eq(collection_decision.seq, seq));
    if ((await tx.$count(collection_decision, step)) > 0) throw new Problem('conflict', 'It is decided.', { id });
    if ((choice === 'same') !== (candidate !== null))
      throw new Problem('invalid', 'One candidate, for a record that is the same.', { field: 'candidate' });
    if (candidate !== null && !item.candidates.includes(candidate))
      throw new Problem('invalid', 'No candidate of this record.', { field: 'candidate' });
    if (candidate !== null) await checkOwn(tx, scope, item, candidate);
    const place = await placeAt(tx, scope, visit.building_code);
    if (!place) throw lost('The building');
    const at = await clockNow(tx);
    const day = localDay(at, (await readInstallation(tx)).timeZone);
    const cipher = await readCipher();
    const writing: Writing = {
      tx,
      connection,
      scope,
      cipher,
      clientKey: id,
      place,
      dwelling: visit.dwelling_code,
      day,
    };
    const decide = item.kind === 'person' ? decidePerson : decideEntity;
    const decided: Decided = await decide(writing, item, candidate, choice === 'other');
    const { record, before, after } = decided;
    await tx.insert(collection_decision).values({
      ...{ collection_id: id, seq, choice, record_id: record, before, after, at },
      ...{ actor_id: scope.actorId, actor_role: scope.role },
    });
    await putRefresh(tx, at);
    return { record };
  });
