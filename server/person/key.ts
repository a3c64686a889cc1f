import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import type { Connection, Executor } from '../db/client';
import { setting } from '../db/schema';
import { addVersion, type Cipher, findCipher, type Identity, makeKey, readCipher, sealIdentity } from './cipher';
import { isAnyBehind, rotateRows, sealFound } from './sealed';
import { person, person_unsealed } from './table';

const key = 'identity_key';
const batchRows = 2_000;
const Known = z.object({ prints: z.record(z.string(), z.string()) });

const readPrints = async (db: Executor): Promise<Record<string, string> | null> => {
  const [row] = await db.select().from(setting).where(eq(setting.key, key));
  return row ? Known.parse(row.value).prints : null;
};

const keepPrints = async (db: Executor, { prints }: Cipher): Promise<void> => {
  const value = { prints };
  await db.insert(setting).values({ key, value }).onConflictDoUpdate({ target: setting.key, set: { value } });
};

const hexColumns = ['name_sealed', 'name_mark', 'id_number_sealed', 'id_number_mark', 'phone_sealed', 'phone_mark'];

/** Writes identities into persons that are there, in one statement. */
export const writeIdentities = async (tx: Executor, cipher: Cipher, rows: readonly (Identity & { id: number })[]) => {
  const values = rows.map(({ id, ...identity }) => {
    const sealed = Object.entries(sealIdentity(cipher, id, identity));
    return { id, ...Object.fromEntries(sealed.map(([name, v]) => [name, Buffer.isBuffer(v) ? v.toString('hex') : v])) };
  });
  const sets = sql.raw(hexColumns.map((name) => `${name} = decode(v.${name}, 'hex')`).join(', '));
  const typed = sql.raw(hexColumns.map((name) => `${name} text`).join(', '));
  await tx.execute(sql`
    update person set ${sets}, id_claim = v.id_claim
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as v(id bigint, id_claim text, ${typed})
    where person.id = v.id`);
};

/** Seals what an update found in plain text, in batches; goes on where it was killed. Returns persons sealed. */
const sealPending = async ({ db, sql: raw }: Connection, cipher: Cipher): Promise<number> => {
  let n = 0;
  for (;;) {
    const sealed = await db.transaction(async (tx) => {
      const rows = await tx.select().from(person_unsealed).orderBy(person_unsealed.id).limit(batchRows).for('update');
      if (rows.length === 0) return 0;
      await writeIdentities(tx, cipher, rows);
      await tx.delete(person_unsealed).where(sql`${person_unsealed.id} <= ${rows.at(-1)?.id ?? 0}`);
      return rows.length;
    });
    n += sealed;
    if (sealed === 0) break;
  }
  // What was sealed stands in no page of the tables any more.
  if (n > 0) await raw`vacuum full person, person_unsealed`;
  return n;
};

const checkPrints = (known: Record<string, string>, { prints }: Cipher): void => {
  const other = Object.entries(known).find(([version, print]) => prints[version] !== print);
  if (!other) return;
  throw new Problem(
    'unavailable',
    `The key of identities is not the one they were sealed with (version ${other[0]}): put that one back. Nothing was changed.`,
  );
};

/**
 * Makes the key of an empty installation, or checks that the one at hand is that of the database. `unavailable` where it
 * is missing or another: nothing is written then. Seals what an update left in plain text.
 */
export const ensureKey = async (connection: Connection): Promise<void> => {
  const { db } = connection;
  const known = await readPrints(db);
  const cipher = known ? await readCipher() : ((await findCipher()) ?? (await makeKey()));
  if (known) checkPrints(known, cipher);
  else {
    const [one] = await db
      .select({ id: person.id })
      .from(person)
      .where(sql`length(${person.name_sealed}) > 0`)
      .limit(1);
    if (one) throw new Problem('unavailable', 'Identities were sealed with a key the database does not know.');
    const value = { prints: cipher.prints };
    await db.insert(setting).values({ key, value }).onConflictDoNothing();
    checkPrints((await readPrints(db)) ?? {}, cipher);
  }
  await sealPending(connection, cipher);
  await sealFound(connection, cipher);
};

const isBehind = (version: number) => sql`get_byte(${person.name_sealed}, 0) <> ${version}
  or get_byte(${person.id_number_sealed}, 0) <> ${version} or get_byte(${person.phone_sealed}, 0) <> ${version}`;

/**
 * Seals anew with the newest version of the key, persons first, in batches of a transaction each; killed, it goes on where
 * it was. Where nothing is behind, a version is added first. `onRows` hears of progress; `batch` = rows at a time. Returns
 * rows sealed anew.
 */
export const rotateKey = async (
  connection: Connection,
  { onRows = () => {}, batch = batchRows }: { onRows?: (n: number) => void; batch?: number } = {},
): Promise<number> => {
  const { db } = connection;
  await ensureKey(connection);
  let cipher = await readCipher();
  const nBehind = await db.$count(person, isBehind(cipher.version));
  if (nBehind === 0 && !(await isAnyBehind(db, cipher))) cipher = await addVersion();
  await keepPrints(db, cipher);
  let [n, last] = [0, -1];
  for (;;) {
    const rows = await db.transaction(async (tx) => {
      const behind = await tx
        .select()
        .from(person)
        .where(sql`${person.id} > ${last} and (${isBehind(cipher.version)})`)
        .orderBy(person.id)
        .limit(batch)
        .for('update');
      const opened = behind.map(({ id, name_sealed, id_number_sealed, phone_sealed }) => ({
        ...{
          id,
          name: cipher.open('name', id, name_sealed),
          id_number: cipher.open('id_number', id, id_number_sealed),
        },
        phone: phone_sealed && cipher.open('phone', id, phone_sealed),
      }));
      if (opened.length > 0) await writeIdentities(tx, cipher, opened);
      return behind;
    });
    if (rows.length === 0) break;
    n += rows.length;
    last = rows.at(-1)?.id ?? last;
    onRows(n);
  }
  for (;;) {
    const others = await rotateRows(connection, cipher, batch);
    if (others === 0) return n;
    n += others;
    onRows(n);
  }
};
