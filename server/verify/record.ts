import { type SQL, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { Corrections, type DoubtKind, type Visit } from '@/data/model/verify';
import type { Connection, Executor } from '../db/client';
import { checkWord } from '../dictionary/store';
import { locatorOf } from '../division/locate';
import { readCipher, sealIdNumber } from '../person/cipher';
import { imageSql, keyColumn, stampSql } from './frame';

/** A record as it stands: what it says, and the MD5 of that. */
export type Stood = { image: Record<string, unknown>; stamp: string };

const rowOf = (kind: DoubtKind, key: string): SQL =>
  sql`${sql.identifier(keyColumn[kind])} = ${key}::${sql.raw(kind === 'person' || kind === 'residence' ? 'bigint' : 'text')}`;

/** Reads a record; `isHeld` holds it against whatever else writes to it. Null = there is none any more. */
export const readRecord = async (tx: Executor, kind: DoubtKind, key: string, isHeld = false): Promise<Stood | null> => {
  const [row] = await tx.execute<Stood>(sql`
    select ${imageSql(kind, 'r')} as image, ${stampSql(kind, 'r')} as stamp
    from ${sql.identifier(kind)} r where ${rowOf(kind, key)} ${sql.raw(isHeld ? 'for update' : '')}`);
  return row ?? null;
};

type Columns = Record<string, unknown>;

const placeColumns = ['lng', 'lat', 'subdistrict_code', 'community_code', 'grid_code', 'block_code'] as const;

/** Where a building stands, for an entity that is said to be in it. */
const placeOfBuilding = async (tx: Executor, code: unknown): Promise<Columns> => {
  const [row] = await tx.execute<Columns>(sql`
    select lng, lat, subdistrict_code, community_code, grid_code, block_code from building
    where code = ${String(code)} and (valid_to is null or valid_to > now())`);
  if (!row) throw refuse('building_unknown', `No building ${code} on the register.`, { code: String(code) });
  return Object.fromEntries(placeColumns.map((column) => [column, row[column]]));
};

const placeOfPosition = async (connection: Connection, position: unknown): Promise<Columns> => {
  const [lng, lat] = position as [number, number];
  const found = (await locatorOf(connection))([lng, lat]);
  if (!found?.grid) throw refuse('outside_grids', 'The position lies in no grid.');
  const { subdistrict, community, grid, block } = found;
  const codes = { subdistrict_code: subdistrict, community_code: community, grid_code: grid, block_code: block };
  return { lng, lat, ...codes };
};

/** Columns to be written for what somebody put right; refuses values that stand in no list or on no register. */
const columnsOf = async (
  tx: Executor,
  connection: Connection,
  { kind, key }: { kind: DoubtKind; key: string },
  values: Columns,
): Promise<Columns> => {
  const parsed = Corrections[kind].partial().safeParse(values);
  if (!parsed.success) throw new Problem('invalid', parsed.error.message, { field: 'values' });
  const given = parsed.data as Columns;
  if (kind === 'person' && given.id_number !== undefined) {
    const { id_number, ...rest } = given;
    return { ...rest, ...sealIdNumber(await readCipher(), Number(key), String(id_number)) };
  }
  if (kind === 'dwelling' && given.house_use !== undefined) await checkWord(tx, 'house-use', String(given.house_use));
  if (kind === 'residence' && given.dwelling_code !== undefined) {
    const [row] = await tx.execute(sql`select code from dwelling where code = ${String(given.dwelling_code)}`);
    if (!row)
      throw refuse('dwelling_unknown', 'No such dwelling on the register.', { code: String(given.dwelling_code) });
  }
  if (kind === 'entity' && given.building_code !== undefined)
    return { ...given, dwelling_code: null, ...(await placeOfBuilding(tx, given.building_code)) };
  return kind === 'building' && given.position ? placeOfPosition(connection, given.position) : given;
};

/** The end of a record that is gone, by the local day. */
const endOf: Partial<Record<DoubtKind, (day: string, now: Date) => Columns>> = {
  residence: (day) => ({ to_on: day }),
  entity: (day) => ({ closed_on: day }),
  building: (_day, now) => ({ valid_to: now.toISOString() }),
};

/** Ends the residences of somebody who is not there: a person of no home is no resident. */
const endPerson = async (tx: Executor, key: string, day: string): Promise<Columns> => {
  const ended = await tx.execute<{ id: string }>(sql`
    update residence set to_on = greatest(${day}::date, from_on)
    where person_id = ${key}::bigint and (to_on is null or to_on > ${day}::date) returning id::text`);
  return { residences: ended.map(({ id }) => id) };
};

/** A value as the image of a record tells it. */
const toldOf = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);

export type Change = { before: Columns; after: Columns };

const put = async (tx: Executor, kind: DoubtKind, key: string, image: Columns, columns: Columns): Promise<Change> => {
  const sets = Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`);
  await tx.execute(sql`update ${sql.identifier(kind)} set ${sql.join(sets, sql`, `)} where ${rowOf(kind, key)}`);
  const names = Object.keys(columns);
  const pick = (from: Columns) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  const after = Object.entries(columns).map(([name, value]) => [name, toldOf(value)]);
  return { before: pick(image), after: Object.fromEntries(after) };
};

type Merging = Pick<Visit, 'result' | 'values'> & { day: string; now: Date };

/** Writes into the base data what a visit found; nothing where it found the record right, or nobody. */
export const mergeVisit = async (
  tx: Executor,
  connection: Connection,
  record: { kind: DoubtKind; key: string; stood: Stood },
  { result, values, day, now }: Merging,
): Promise<Change> => {
  const { kind, key, stood } = record;
  if (result === 'gone' && kind === 'person')
    return { before: { residences: [] }, after: await endPerson(tx, key, day) };
  if (result === 'gone') {
    const end = endOf[kind];
    if (!end) throw refuse('no_end', `A ${kind} cannot be gone.`, { kind });
    return put(tx, kind, key, stood.image, end(day, now));
  }
  if (result !== 'changed') return { before: {}, after: {} };
  const columns = await columnsOf(tx, connection, record, values);
  const isNew = Object.entries(columns).some(
    ([name, value]) => !name.endsWith('_sealed') && stood.image[name] !== toldOf(value),
  );
  if (!isNew) throw refuse('nothing_changed', 'The values are those on record.');
  return put(tx, kind, key, stood.image, columns);
};
