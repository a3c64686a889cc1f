import type { Connection, Sql } from '../db/client';
import { type CopyValue, copyRows } from '../db/copy';
import { readCipher, sealPersons } from './cipher';
import { writeIdentities } from './key';

/** Copies persons given in plain text, sealed. */
export const copyPersons = async (sql: Sql, columns: string[], rows: CopyValue[][]): Promise<void> => {
  const made = sealPersons(await readCipher(), { columns, rows });
  await copyRows(sql, { table: 'person', columns: made.columns }, made.rows);
};

const required = ['name_sealed', 'name_mark', 'id_number_sealed', 'id_number_mark'];

/** Every identity in plain text, by id. */
export const readPlain = async ({ sql }: Connection) => {
  const cipher = await readCipher();
  const rows = await sql<{ id: number; name: Buffer; number: Buffer; phone: Buffer | null }[]>`
    select id::float8 as id, name_sealed as name, id_number_sealed as number, phone_sealed as phone from person`;
  return rows.map(({ id, name, number, phone }) => ({
    ...{ id, name: cipher.open('name', id, name), id_number: cipher.open('id_number', id, number) },
    phone: phone && cipher.open('phone', id, phone),
  }));
};

/** Works on persons whose `name`, `id_number` and `phone` are columns of plain text, and seals them again. */
export const inPlain = async <T>(connection: Connection, work: (sql: Sql) => Promise<T>): Promise<T> => {
  const { sql, db } = connection;
  const plain = await readPlain(connection);
  await sql`alter table person add name text, add id_number text, add phone text`;
  for (const column of required) await sql`alter table person alter ${sql(column)} drop not null`;
  await sql`update person set name = v.name, id_number = v.id_number, phone = v.phone
    from jsonb_to_recordset(${JSON.stringify(plain)}::text::jsonb) as v(id bigint, name text, id_number text, phone text)
    where person.id = v.id`;
  const result = await work(sql);
  const rows = await sql<{ id: number; name: string; id_number: string; phone: string | null }[]>`
    select id::float8 as id, name, id_number, phone from person`;
  await sql`alter table person drop name, drop id_number, drop phone`;
  await writeIdentities(db, await readCipher(), rows);
  for (const column of required) await sql`alter table person alter ${sql(column)} set not null`;
  return result;
};
