import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { CollectKind, OpenRecord } from '@/data/model/collection';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { building, dwelling, entity, person } from '../db/schema';
import { inTerritory } from '../db/scope';
import { type Cipher, readCipher } from '../person/cipher';
import { maskIdNumber, maskName } from '../person/rules';
import { collection, collection_decision, collection_item } from './table';

type Item = typeof collection_item.$inferSelect;

/** Nobody has decided on it yet. */
export const isOpen = and(eq(collection_item.method, 'none'), isNull(collection_decision.seq));

const listOf = (values: readonly string[]) =>
  sql`(select value from jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`;

type Labels = Map<string, string>;

/** Persons by name and ID number, both masked; one whose number is none is told by his name. */
const personLabels = async (db: Executor, cipher: Cipher, ids: readonly string[]): Promise<Labels> => {
  const rows = await db
    .select({ id: person.id, name: person.name_sealed, number: person.id_number_sealed })
    .from(person)
    .where(sql`${person.id}::text in ${listOf(ids)}`);
  return new Map(
    rows.map(({ id, name, number }) => [
      String(id),
      `${maskName(cipher.open('name', id, name))} ${maskIdNumber(cipher.open('id_number', id, number))}`,
    ]),
  );
};

const entityLabels = async (db: Executor, ids: readonly string[]): Promise<Labels> => {
  const rows = await db
    .select({ id: entity.id, name: entity.name, code: entity.credit_code, address: building.address })
    .from(entity)
    .leftJoin(building, eq(building.code, entity.building_code))
    .where(sql`${entity.id} in ${listOf(ids)}`);
  return new Map(rows.map(({ id, name, code, address }) => [id, [name, code, address].filter(Boolean).join(' ')]));
};

const buildingLabels = async (db: Executor, ids: readonly string[]): Promise<Labels> => {
  const rows = await db
    .select({ code: building.code, address: building.address })
    .from(building)
    .where(sql`${building.code} in ${listOf(ids)}`);
  return new Map(rows.map(({ code, address }) => [code, address]));
};

/** What a record was told as, masked; `key` = of the record on the register it is of. */
const draftOf = ({ kind, act, after, record_id }: Item): { key: string | null; text: string } => {
  if (kind === 'person') return { key: null, text: String(after.told) };
  return act === 'move'
    ? { key: record_id, text: String(after.address) }
    : { key: null, text: `${after.name} ${after.credit_code}` };
};

const labelsOf = async (db: Executor, items: readonly Item[]): Promise<Record<CollectKind | 'place', Labels>> => {
  const keysOf = (kind: CollectKind, isMove: boolean) =>
    items.filter((item) => item.kind === kind && (item.act === 'move') === isMove);
  const likely = (list: readonly Item[]) => list.flatMap(({ candidates }) => candidates);
  const [people, added, moved] = [keysOf('person', false), keysOf('entity', false), keysOf('entity', true)];
  const cipher = await readCipher();
  return {
    dwelling: new Map(),
    person: await personLabels(db, cipher, likely(people)),
    entity: await entityLabels(db, [...likely(added), ...moved.flatMap((item) => item.record_id ?? [])]),
    place: await buildingLabels(db, likely(moved)),
  };
};

const mostListed = 100;

/**
 * Records of the caller's territory that were not linked by themselves and nobody decided on yet, the newest first, masked.
 * Candidates outside the territory are left out: whoever holds both places decides.
 */
export const listUnmatched = async ({ db }: Connection, scope: Scope): Promise<OpenRecord[]> => {
  if (!canSeeResidents(scope)) return [];
  const rows = await db
    .select({ item: collection_item, visit: collection, address: building.address, room: dwelling.room })
    .from(collection_item)
    .innerJoin(collection, eq(collection.id, collection_item.collection_id))
    .innerJoin(building, eq(building.code, collection.building_code))
    .leftJoin(dwelling, eq(dwelling.code, collection.dwelling_code))
    .leftJoin(
      collection_decision,
      and(
        eq(collection_decision.collection_id, collection_item.collection_id),
        eq(collection_decision.seq, collection_item.seq),
      ),
    )
    .where(and(isOpen, await inTerritory(db, scope, collection)))
    .orderBy(desc(collection.at), collection_item.collection_id, collection_item.seq)
    .limit(mostListed);
  const labels = await labelsOf(
    db,
    rows.map(({ item }) => item),
  );
  return rows.flatMap(({ item, visit, address, room }): OpenRecord[] => {
    const { kind } = item;
    if (kind === 'special') return [];
    const { key, text } = draftOf(item);
    const of = item.act === 'move' ? labels.place : labels[kind];
    const own = key === null ? '' : (labels[kind].get(key) ?? '');
    return [
      {
        ...{ id: item.collection_id, seq: item.seq, kind, act: item.act, why: item.why ?? 'several' },
        ...{ at: visit.at.toISOString(), address: [address, room].filter(Boolean).join(' ') },
        told: [own, text].filter(Boolean).join(' → '),
        candidates: item.candidates.flatMap((id) => {
          const label = of.get(id);
          return label === undefined ? [] : [{ key: id, label }];
        }),
        mayDecide: visit.actor_id !== scope.actorId,
      },
    ];
  });
};
