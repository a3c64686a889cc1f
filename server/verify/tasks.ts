import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import { type DoubtFact, type DoubtKind, type DoubtState, type DoubtTask, openStates } from '@/data/model/verify';
import type { Connection, Executor } from '../db/client';
import { term } from '../db/schema';
import { inTerritory } from '../db/scope';
import { type Cipher, readCipher } from '../person/cipher';
import { maskIdNumber, maskName } from '../person/rules';
import { imageSql, keyColumn, stampSql } from './frame';
import { walkOrder } from './route';
import { readBatch } from './store';
import { doubt } from './table';

type Row = typeof doubt.$inferSelect;
/** Person a record is of, his name sealed; null = it is of nobody. */
type Who = { who: Buffer; who_id: string } | { who: null; who_id: null };
type Told = { key: string; stamp: string; image: Record<string, unknown>; room: string | null } & Who;

/** Who a record is of and behind which door, where its kind tells. */
const joins: Record<DoubtKind, { who: SQL; room: SQL; from: SQL }> = {
  person: { who: sql`r.name_sealed`, room: sql`null::text`, from: sql`person r` },
  residence: {
    who: sql`p.name_sealed`,
    room: sql`d.room`,
    from: sql`residence r join person p on p.id = r.person_id left join dwelling d on d.code = r.dwelling_code`,
  },
  dwelling: { who: sql`null::bytea`, room: sql`r.room`, from: sql`dwelling r` },
  entity: {
    who: sql`null::bytea`,
    room: sql`d.room`,
    from: sql`entity r left join dwelling d on d.code = r.dwelling_code`,
  },
  building: { who: sql`null::bytea`, room: sql`null::text`, from: sql`building r` },
};

const whoId: Partial<Record<DoubtKind, SQL>> = { person: sql`r.id`, residence: sql`r.person_id` };

const readTold = async (db: Executor, kind: DoubtKind, keys: readonly string[]): Promise<Told[]> => {
  const { who, room, from } = joins[kind];
  const rows = await db.execute<Told>(sql`
    select r.${sql.identifier(keyColumn[kind])}::text as key, ${stampSql(kind, 'r')} as stamp,
      ${imageSql(kind, 'r')} as image, ${who} as who, ${whoId[kind] ?? sql`null`}::text as who_id, ${room} as room
    from ${from} where r.${sql.identifier(keyColumn[kind])}::text in (
      select value from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))`);
  return [...rows];
};

/** Bytes as a jsonb column tells them, `\\x…`. */
const bytesOf = (text: string): Buffer => Buffer.from(text.slice(2), 'hex');

/** What is on record, masked: names and ID numbers are never told whole, children are told by their name's first part alone. */
const factsOf = (cipher: Cipher, kind: DoubtKind, { image, who, who_id }: Told): DoubtFact[] => {
  const text = (name: string) => String(image[name] ?? '—');
  const person = who === null ? [] : [{ name: 'who', value: maskName(cipher.open('name', Number(who_id), who)) }];
  const idNumber = () => cipher.open('id_number', Number(who_id), bytesOf(text('id_number_sealed')));
  const byKind: Record<DoubtKind, () => DoubtFact[]> = {
    person: () => [
      { name: 'sex', value: text('sex'), list: 'sex' },
      { name: 'born', value: text('birth_on').slice(0, 7) },
      { name: 'idNumber', value: maskIdNumber(idNumber()) },
    ],
    residence: () => [
      { name: 'from', value: text('from_on') },
      { name: 'to', value: text('to_on') },
    ],
    dwelling: () => [
      { name: 'houseUse', value: text('house_use'), list: 'house-use' },
      { name: 'floor', value: text('floor') },
    ],
    entity: () => [
      { name: 'entity', value: text('name') },
      { name: 'credit', value: text('credit_code') },
      { name: 'registered', value: text('registered_on') },
      { name: 'closed', value: text('closed_on') },
    ],
    building: () => [
      { name: 'building', value: text('name') },
      { name: 'grid', value: text('grid_code') },
    ],
  };
  return [...person, ...byKind[kind]()];
};

type Door = { code: string; address: string; lng: number | null; lat: number | null };

const readDoors = async (db: Executor, codes: readonly string[]): Promise<Map<string, Door>> => {
  const rows = await db.execute<Door>(sql`
    select code, address, lng, lat from building
    where code in (select value from jsonb_array_elements_text(${JSON.stringify([...new Set(codes)])}::text::jsonb))`);
  return new Map(rows.map((row) => [row.code, row]));
};

/** Doubtful records as they are shown; those whose record is gone are left out. */
const toTasks = async (db: Executor, rows: readonly Row[]): Promise<DoubtTask[]> => {
  const told = new Map<string, Told>();
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const keys = rows.flatMap((row) => (row.kind === kind ? [row.record_id] : []));
    for (const each of await readTold(db, kind, keys)) told.set(`${kind} ${each.key}`, each);
  }
  const cipher = await readCipher();
  const doors = await readDoors(
    db,
    rows.flatMap(({ building_code }) => building_code ?? []),
  );
  return rows.flatMap((row) => {
    const found = told.get(`${row.kind} ${row.record_id}`);
    if (!found) return [];
    const door = doors.get(row.building_code ?? '');
    const position: LngLat | null = door?.lng != null && door.lat != null ? [door.lng, door.lat] : null;
    const address = door ? [door.address, found.room].filter(Boolean).join(' ') : null;
    return [
      {
        ...{ id: row.id, version: row.version, batch: row.batch_id, rule: row.rule, kind: row.kind, state: row.state },
        ...{ stamp: found.stamp, address, position, grid: row.grid_code, facts: factsOf(cipher, row.kind, found) },
      },
    ];
  });
};

const checkMaySee = (scope: Scope): void => {
  if (!canSeeResidents(scope)) throw new Problem('not_allowed', `Role ${scope.role} gets aggregates only.`);
};

const mostTasks = 200;

/** What a visitor does on the spot, by rule: columns of list `doubt-rule`. */
const readSpots = async (db: Executor): Promise<Record<string, { zh: string; en: string }>> => {
  const rows = await db.select({ code: term.code, attrs: term.attrs }).from(term).where(eq(term.list, 'doubt-rule'));
  return Object.fromEntries(
    rows.map(({ code, attrs }) => [code, { zh: String(attrs.spot_zh ?? ''), en: String(attrs.spot_en ?? '') }]),
  );
};

/**
 * What waits to be seen in the caller's territory, building by building in the order they are walked; `from` = where the
 * walk begins. `all` = how many there are, told too where not all are listed;
 * `spots` = what to do on the spot, by rule.
 */
export const readTasks = async (
  { db }: Connection,
  scope: Scope,
  from: LngLat | null,
): Promise<{ tasks: DoubtTask[]; all: number; spots: Record<string, { zh: string; en: string }> }> => {
  checkMaySee(scope);
  const isOpen = and(inArray(doubt.state, [...openStates]), await inTerritory(db, scope, doubt));
  const rows = await db.select().from(doubt).where(isOpen).orderBy(doubt.building_code, doubt.record_id, doubt.id);
  const doors = await readDoors(
    db,
    rows.flatMap(({ building_code }) => building_code ?? []),
  );
  const stops = [...new Set(rows.map(({ building_code }) => building_code ?? ''))].map((code) => {
    const { lng, lat } = doors.get(code) ?? { lng: null, lat: null };
    return { code, position: lng !== null && lat !== null ? ([lng, lat] as LngLat) : null };
  });
  const order = new Map(walkOrder(stops, from).map(({ code }, i) => [code, i]));
  const placeOf = ({ building_code }: Row) => order.get(building_code ?? '') ?? 0;
  const walked = rows.toSorted((a, b) => placeOf(a) - placeOf(b)).slice(0, mostTasks);
  return { tasks: await toTasks(db, walked), all: rows.length, spots: await readSpots(db) };
};

type Ask = { id: string; states: readonly DoubtState[]; limit: number; offset: number };

/** Records of a batch that stand so now, in the order of its rules. */
export const readDoubts = async ({ db }: Connection, scope: Scope, ask: Ask): Promise<DoubtTask[]> => {
  checkMaySee(scope);
  await readBatch(db, scope, ask.id, null);
  const rows = await db
    .select()
    .from(doubt)
    .where(and(sql`${doubt.batch_id} = ${ask.id}`, inArray(doubt.state, [...ask.states])))
    .orderBy(doubt.rule, doubt.grid_code, doubt.id)
    .limit(ask.limit)
    .offset(ask.offset);
  return toTasks(db, rows);
};
