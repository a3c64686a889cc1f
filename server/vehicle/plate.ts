import { sql } from 'drizzle-orm';
import type { Connection } from '../db/client';
import { type Cipher, readCipher } from '../person/cipher';
import { platePartsOf } from './rules';
import { vehicle } from './table';

/** Columns of `vehicle` that a plate is written to. */
export const sealPlate = (cipher: Cipher, id: number, plate: string) => {
  const { region, tail } = platePartsOf(plate);
  return {
    plate_sealed: cipher.seal('plate', id, plate),
    plate_mark: cipher.mark('plate', plate),
    plate_region: region,
    plate_tail: tail,
  };
};

/** Rows of `vehicle` as they are made, with their plates sealed. */
export const sealVehicles = (
  cipher: Cipher,
  { columns, rows }: { columns: readonly string[]; rows: Iterable<readonly unknown[]> },
): { columns: string[]; rows: Iterable<unknown[]> } => {
  const [id, plate] = [columns.indexOf('id'), columns.indexOf('plate')];
  const isPlain = (_: unknown, i: number) => i !== plate;
  function* each(): Generator<unknown[]> {
    for (const row of rows)
      yield [...row.filter(isPlain), ...Object.values(sealPlate(cipher, Number(row[id]), String(row[plate])))];
  }
  return { columns: [...columns.filter(isPlain), ...Object.keys(sealPlate(cipher, 0, ''))], rows: each() };
};

const batchRows = 2_000;

/** Seals plates anew with the newest version of the key, in batches; killed, it goes on. Returns plates sealed anew. */
export const resealPlates = async ({ db }: Connection): Promise<number> => {
  const cipher = await readCipher();
  for (let n = 0; ; ) {
    const sealed = await db.transaction(async (tx) => {
      const rows = await tx
        .select({ id: vehicle.id, sealed: vehicle.plate_sealed })
        .from(vehicle)
        .where(sql`get_byte(${vehicle.plate_sealed}, 0) <> ${cipher.version}`)
        .limit(batchRows)
        .for('update');
      const values = rows.map(({ id, sealed }) => ({
        id,
        sealed: cipher.seal('plate', id, cipher.open('plate', id, sealed)).toString('hex'),
      }));
      await tx.execute(sql`
        update vehicle set plate_sealed = decode(v.sealed, 'hex')
        from jsonb_to_recordset(${JSON.stringify(values)}::text::jsonb) as v(id bigint, sealed text)
        where vehicle.id = v.id`);
      return rows.length;
    });
    n += sealed;
    if (sealed === 0) return n;
  }
};
