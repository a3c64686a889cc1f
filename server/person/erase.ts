import { type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/client';
import { readCipher } from './cipher';
import { person } from './table';

/** Version, nonce and tag: all there is of an empty text that lies sealed. */
const emptyBytes = 29;

/** Whose name or ID number is still there. */
export const isKnown: SQL = sql`(length(name_sealed) > ${emptyBytes} or length(id_number_sealed) > ${emptyBytes})`;

/**
 * Empties the names and ID numbers of up to `most` persons; rows somebody holds are left out. Their marks equal nobody's from
 * then on. Says how many.
 */
export const eraseIdentities = async (tx: Executor, due: SQL, most: number): Promise<number> => {
  const rows = await tx
    .select({ id: person.id })
    .from(person)
    .where(due)
    .limit(most)
    .for('update', { skipLocked: true });
  const cipher = await readCipher();
  const hex = (bytes: Buffer) => bytes.toString('hex');
  const values = rows.map(({ id }) => ({
    ...{ id, name: hex(cipher.seal('name', id, '')), name_mark: hex(cipher.mark('name', `erased ${id}`)) },
    ...{ number: hex(cipher.seal('id_number', id, '')), number_mark: hex(cipher.mark('id_number', `erased ${id}`)) },
  }));
  await tx.execute(sql`
    update person set name_sealed = decode(v.name, 'hex'), name_mark = decode(v.name_mark, 'hex'),
      id_number_sealed = decode(v.number, 'hex'), id_number_mark = decode(v.number_mark, 'hex')
    from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb)
      as v(id bigint, name text, name_mark text, number text, number_mark text)
    where person.id = v.id`);
  return rows.length;
};
