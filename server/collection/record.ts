import { type SQL, sql } from 'drizzle-orm';
import type { CollectKind } from '@/data/model/collection';
import type { Executor } from '../db/client';

/** A record of a door as it stands: what it says, and the MD5 of that. */
export type Stood = { key: string; stamp: string; image: Record<string, unknown> };

/** Where each kind of record stands, and what is collected of it; `d` = its dwelling, `p` = its person. */
const kinds: Record<CollectKind, { table: string; key: string; from: SQL; columns: readonly string[] }> = {
  dwelling: {
    ...{ table: 'dwelling', key: 'code', from: sql`dwelling r` },
    columns: ['r.building_code', 'r.unit', 'r.floor', 'r.room', 'r.house_use'],
  },
  person: {
    ...{ table: 'residence', key: 'id', from: sql`residence r join person p on p.id = r.person_id` },
    columns: ['r.person_id', 'r.dwelling_code', 'r.relation', 'r.from_on', 'r.to_on', 'p.phone_mark'],
  },
  entity: {
    ...{ table: 'entity', key: 'id', from: sql`entity r` },
    columns: [
      ...['r.name', 'r.credit_code', 'r.entity_type', 'r.industry', 'r.n_employees', 'r.building_code'],
      ...['r.dwelling_code', 'r.registered_on', 'r.closed_on', 'r.lng', 'r.lat', 'r.subdistrict_code'],
      ...['r.community_code', 'r.grid_code', 'r.block_code'],
    ],
  },
};

/** What a record says, as jsonb. */
const imageSql = (kind: CollectKind): SQL =>
  sql.raw(`jsonb_build_object(${kinds[kind].columns.map((name) => `'${name.slice(2)}', ${name}`).join(', ')})`);

/** MD5 of what a record says; its row is `r`, a resident's person `p`. */
export const stampSql = (kind: CollectKind): SQL => sql`md5(${imageSql(kind)}::text)`;

/** Reads records of a kind and holds them, in the order of their keys. */
export const holdRecords = async (
  tx: Executor,
  kind: CollectKind,
  keys: readonly string[],
): Promise<Map<string, Stood>> => {
  if (keys.length === 0) return new Map();
  const { key, from } = kinds[kind];
  const rows = await tx.execute<Stood>(sql`
    select r.${sql.identifier(key)}::text as key, ${stampSql(kind)} as stamp, ${imageSql(kind)} as image from ${from}
    where r.${sql.identifier(key)}::text in (select value from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))
    order by r.${sql.identifier(key)} for update`);
  return new Map(rows.map((row) => [row.key, row]));
};

type Columns = Record<string, unknown>;
export type Change = { before: Columns; after: Columns };
export const unchanged: Change = { before: {}, after: {} };

/** A value as the image of a record tells it. */
const toldOf = (value: unknown): unknown => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);

const pick = (from: Columns, names: readonly string[]): Columns =>
  Object.fromEntries(names.map((name) => [name, from[name] ?? null]));

/** Puts columns of a row; what they said and say now, sealed bytes left out. */
export const putColumns = async (
  tx: Executor,
  table: 'dwelling' | 'residence' | 'entity' | 'person',
  { key, image }: { key: string; image: Columns },
  columns: Columns,
): Promise<Change> => {
  const sets = Object.entries(columns).map(([name, value]) => sql`${sql.identifier(name)} = ${value}`);
  const [id, type] = table === 'dwelling' ? ['code', 'text'] : ['id', table === 'entity' ? 'text' : 'bigint'];
  await tx.execute(sql`update ${sql.identifier(table)} set ${sql.join(sets, sql`, `)}
    where ${sql.identifier(id ?? '')} = ${key}::${sql.raw(type ?? '')}`);
  const names = Object.keys(columns).filter((name) => !name.endsWith('_sealed'));
  return { before: pick(image, names), after: Object.fromEntries(names.map((name) => [name, toldOf(columns[name])])) };
};
