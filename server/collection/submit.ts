import { actOf, type Collected, type CollectItem, type CollectKind, collectKinds } from '@/data/model/collection';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { readInstallation } from '../dictionary/store';
import { happenedBetween } from '../event/rules';
import { appendChanges } from '../live/append';
import { localDay } from '../metric/period';
import { readCipher } from '../person/cipher';
import { putRefresh } from '../verify/run';
import { applyKnown } from './apply';
import { beginVisit } from './begin';
import { findDoor, type Writing } from './door';
import { addEntity } from './link-entity';
import { addPerson } from './link-person';
import type { Outcome } from './outcome';
import { holdRecords, type Stood } from './record';
import { collection_item } from './table';

type Known = Extract<CollectItem, { key: string }>;
const isKnown = (item: CollectItem): item is Known => 'key' in item;

/** Whether a record stands behind the door it was told of. */
const standsAt = ({ building, dwelling }: Collected, kind: CollectKind, { key, image }: Stood): boolean => {
  if (kind === 'dwelling') return key === dwelling;
  if (kind === 'person') return dwelling !== null && image.dwelling_code === dwelling;
  return image.building_code === building && (image.dwelling_code ?? null) === dwelling;
};

/**
 * Holds what the visit was shown. `conflict`: some of it was changed meanwhile; `changed` names those, and nothing at all is
 * written.
 */
const holdShown = async (tx: Executor, told: Collected): Promise<Map<string, Stood>> => {
  const held = new Map<string, Stood>();
  for (const kind of collectKinds) {
    const keys = told.items.flatMap((item) => (isKnown(item) && item.kind === kind ? [item.key] : []));
    for (const [key, stood] of await holdRecords(tx, kind, keys)) held.set(`${kind} ${key}`, stood);
  }
  const shown = told.items.filter(isKnown);
  const names = shown.map(({ kind, key }) => `${kind} ${key}`);
  if (new Set(names).size < names.length) throw new Problem('invalid', 'A record is told twice.', { field: 'items' });
  const changed = shown.filter(({ kind, key, stamp }) => {
    const stood = held.get(`${kind} ${key}`);
    return !stood || stood.stamp !== stamp || !standsAt(told, kind, stood);
  });
  if (changed.length > 0)
    throw new Problem('conflict', `${changed.length} records were changed since they were shown.`, {
      changed: changed.map(({ kind, key }) => `${kind} ${key}`).join(','),
    });
  return held;
};

const writeItem = (writing: Writing, seq: number, item: CollectItem, held: Map<string, Stood>): Promise<Outcome> => {
  if (item.told === 'person') return addPerson(writing, seq, item.values);
  if (item.told === 'entity') return addEntity(writing, seq, item.values);
  const stood = held.get(`${item.kind} ${item.key}`);
  if (!stood) throw new Error(`${item.kind} ${item.key} is not held.`);
  return applyKnown(writing, stood, item);
};

/**
 * Writes down one visit to a door and puts the register right, all of it in one transaction and once for a client key.
 * `conflict`: what was shown was changed meanwhile – nothing is written. The answer tells nothing of what was linked: a
 * number that is typed in must not tell whose it is. `clock`: the instant it is written at, for a demo.
 */
export const submitCollection = (
  connection: Connection,
  scope: Scope,
  told: Collected,
  clock?: Date,
): Promise<{ nItems: number }> =>
  connection.db.transaction(async (tx) => {
    const { clientKey: id, building, dwelling, items, events } = told;
    const place = await findDoor(tx, scope, told);
    const cipher = await readCipher();
    const now = clock ?? (await clockNow(tx));
    const at = happenedBetween(new Date(0), now, told.happenedAt);
    // Keyed: what was sent holds ID numbers.
    const digest = cipher.mark('id_number', JSON.stringify([building, dwelling, items, events])).toString('hex');
    const isNew = await beginVisit(tx, scope, { id, place, dwelling, events, digest, at, now });
    if (!isNew) return { nItems: items.length };
    const held = await holdShown(tx, told);
    const day = localDay(at, (await readInstallation(tx)).timeZone);
    const writing: Writing = { tx, connection, scope, cipher, clientKey: id, place, dwelling, day };
    let isChanged = false;
    for (const [index, item] of items.entries()) {
      const seq = index + 1;
      const { record, ...outcome } = await writeItem(writing, seq, item, held);
      isChanged ||= Object.keys(outcome.after).length > 0;
      await tx
        .insert(collection_item)
        .values({ collection_id: id, seq, kind: item.kind, act: actOf(item), record_id: record, ...outcome });
    }
    await appendChanges(tx, [{ kind: 'link', id, op: 'put', version: 1, path: null }]);
    if (isChanged) await putRefresh(tx, now);
    return { nItems: items.length };
  });
