import type { Cipher, MadeRows } from '../person/cipher';
import { platePartsOf } from './rules';

/** Columns of `vehicle` that a plate is written to. */
const sealPlate = (cipher: Cipher, id: number, plate: string) => {
  const { region, tail } = platePartsOf(plate);
  return {
    sealed: cipher.seal('vehicle', id, plate),
    plate_mark: cipher.mark('vehicle', plate),
    plate_region: region,
    plate_tail: tail,
  };
};

/** Rows of `vehicle` as they are made, with their plates sealed. */
export const sealVehicles = (cipher: Cipher, { columns, rows }: MadeRows): MadeRows => {
  const [id, plate] = [columns.indexOf('id'), columns.indexOf('plate')];
  const isPlain = (_: unknown, i: number) => i !== plate;
  function* each(): Generator<unknown[]> {
    for (const row of rows)
      yield [...row.filter(isPlain), ...Object.values(sealPlate(cipher, Number(row[id]), String(row[plate])))];
  }
  return { columns: [...columns.filter(isPlain), ...Object.keys(sealPlate(cipher, 0, ''))], rows: each() };
};
