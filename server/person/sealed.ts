import { createDecipheriv } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import type { Connection, Executor } from '../db/client';
import { findOwnKey } from '../file/own-key';
import { sealVehicles } from '../vehicle/plate';
import { type Cipher, type MadeRows, readCipher, type SealedTable, sealedTables, sealPersons } from './cipher';

/** Key columns of each table: what a seal is bound to; and the column its text comes from. */
const shapes: Record<SealedTable, { keys: readonly string[]; from: string }> = {
  public_contact: { keys: ['event_id'], from: 'contact' },
  dispute_party: { keys: ['root_id', 'seq'], from: 'name' },
  volunteer: { keys: ['id'], from: 'name' },
  vehicle: { keys: ['id'], from: 'plate' },
};

/** What a row's seal is bound to. */
export const rowKey = (...parts: (string | number)[]): string => parts.join('/');

const keyOf = (table: SealedTable): SQL =>
  sql.raw(shapes[table].keys.map((name) => `${name}::text`).join(" || '/' || "));

const isSealed = (table: string): table is SealedTable => (sealedTables as readonly string[]).includes(table);

/** Rows as they are made for a table, with what tells who somebody is sealed; rows of other tables stay. */
export const sealRows = (cipher: Cipher, table: string, made: MadeRows): MadeRows => {
  if (table === 'person') return sealPersons(cipher, made);
  if (table === 'vehicle') return sealVehicles(cipher, made);
  if (!isSealed(table)) return made;
  const { keys, from } = shapes[table];
  const at = made.columns.indexOf(from);
  const keysAt = keys.map((name) => made.columns.indexOf(name));
  function* each() {
    for (const row of made.rows) {
      const key = rowKey(...keysAt.map((index) => String(row[index])));
      yield row.map((value, index) => (index === at ? cipher.seal(table as SealedTable, key, String(value)) : value));
    }
  }
  return { columns: made.columns.map((name) => (name === from ? 'sealed' : name)), rows: each() };
};

const write = async (tx: Executor, table: SealedTable, rows: readonly { key: string; sealed: Buffer }[]) => {
  const values = rows.map(({ key, sealed }) => ({ key, sealed: sealed.toString('hex') }));
  await tx.execute(sql`
    update ${sql.identifier(table)} set sealed = decode(v.sealed, 'hex')
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as v(key text, sealed text)
    where ${keyOf(table)} = v.key`);
};

/** How contacts were sealed before: nonce, tag and AES-256-GCM cipher in base64, under `contact.key`, bound to no row. */
const openFormer = async (sealed: string): Promise<string> => {
  const key = await findOwnKey('contact.key');
  if (!key)
    throw new Problem('unavailable', 'contact.key is missing under GRIDHALL_HOME: contacts were sealed with it.');
  const bytes = Buffer.from(sealed, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  cipher.setAuthTag(bytes.subarray(12, 28));
  return cipher.update(bytes.subarray(28), undefined, 'utf8') + cipher.final('utf8');
};

/** Seals what an update found in these tables in plain text or sealed the former way, in one transaction. */
export const sealFound = async ({ db }: Connection, cipher: Cipher): Promise<void> => {
  for (const table of sealedTables)
    await db.transaction(async (tx) => {
      const found = await tx.execute<{ key: string; text: string }>(
        sql`select row_key as key, text from unsealed where table_name = ${table} for update`,
      );
      if (found.length === 0) return;
      const isFormer = table === 'public_contact';
      const rows = await Promise.all(
        found.map(async ({ key, text }) => ({
          key,
          sealed: cipher.seal(table, key, isFormer ? await openFormer(text) : text),
        })),
      );
      await write(tx, table, rows);
      await tx.execute(sql`delete from unsealed where table_name = ${table}`);
    });
};

/** An empty seal is of what was erased. */
const isBehind = ({ version }: Cipher): SQL =>
  sql`case when sealed = '' then false else get_byte(sealed, 0) <> ${version} end`;

/** Whether an older version of the key sealed a row of these tables. */
export const isAnyBehind = async (db: Executor, cipher: Cipher): Promise<boolean> => {
  for (const table of sealedTables) {
    const found = await db.execute(sql`select from ${sql.identifier(table)} where ${isBehind(cipher)} limit 1`);
    if (found.length > 0) return true;
  }
  return false;
};

/** Seals one batch of rows of these tables anew with the newest version of the key; how many it were. */
export const rotateRows = async ({ db }: Connection, cipher: Cipher, batch: number): Promise<number> => {
  for (const table of sealedTables) {
    const n = await db.transaction(async (tx) => {
      const rows = await tx.execute<{ key: string; sealed: Uint8Array }>(sql`
        select ${keyOf(table)} as key, sealed from ${sql.identifier(table)}
        where ${isBehind(cipher)} order by 1 limit ${batch} for update`);
      const anew = ({ key, sealed }: (typeof rows)[number]) => cipher.seal(table, key, cipher.open(table, key, sealed));
      if (rows.length > 0)
        await write(
          tx,
          table,
          rows.map((row) => ({ key: row.key, sealed: anew(row) })),
        );
      return rows.length;
    });
    if (n > 0) return n;
  }
  return 0;
};

/** Opens what lies sealed in a row of a table; empty where it was erased. */
export const opener = async (table: SealedTable): Promise<(key: string, sealed: Uint8Array) => string> => {
  const cipher = await readCipher();
  return (key, sealed) => (sealed.length === 0 ? '' : cipher.open(table, key, sealed));
};

/** Seals for a row of a table. */
export const sealer = async (table: SealedTable): Promise<(key: string, text: string) => Buffer> => {
  const cipher = await readCipher();
  return (key, text) => cipher.seal(table, key, text);
};
