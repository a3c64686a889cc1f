import { demoTables } from '@/data/demo';
import { type Dirty, dirtyAddresses, oldNamesOf, type Written, writtenOf } from '@/data/demo/dirty-address';
import { randomFor } from '@/data/demo/random';
import { AddressBook, type BookBuilding, type BookDivision } from './book';

const at = new Date('2026-11-22T10:00:00+08:00');
/** Divisions and buildings of the demo district, without a database. */
export const readTown = (): { divisions: BookDivision[]; buildings: BookBuilding[] } => {
  const divisions: BookDivision[] = [];
  const buildings: BookBuilding[] = [];
  for (const { table, columns, rows } of demoTables({ size: 'district', at })) {
    const part = <T>(row: readonly unknown[], name: string) => row[columns.indexOf(name)] as T;
    if (table === 'division')
      for (const row of rows)
        divisions.push({ code: part(row, 'code'), path: part(row, 'path'), name: part(row, 'name') });
    if (table !== 'building') continue;
    const paths = new Map(divisions.map(({ code, path }) => [code, path]));
    for (const row of rows)
      buildings.push({
        ...{ code: part(row, 'code'), path: paths.get(part(row, 'grid_code')) ?? '', name: part(row, 'name') },
        ...{ address: part(row, 'address'), aliases: part(row, 'aliases') },
      });
    break;
  }
  return { divisions, buildings };
};

/** What the parts that an address still names say; buildings that say the same are one to a reader. */
const said = ({ subdistrict, community, street, number, house, block }: Written, kept: Dirty['kept']): string =>
  [
    kept.subdistrict ? subdistrict : '',
    kept.community ? community : '',
    kept.street ? `${street}${number}` : '',
    kept.house ? `${house}${block ?? ''}` : '',
  ].join('|');

/** A book of the demo district with old names of streets, and dirty addresses of its buildings with known truth. */
export const dirtyTown = (purpose: string) => {
  const { divisions, buildings } = readTown();
  const written = buildings.map(writtenOf);
  const random = randomFor(purpose);
  const old = oldNamesOf([...new Set(written.map(({ street }) => street))], random);
  const book = new AddressBook(divisions);
  for (const building of buildings) book.add(building);
  book.addOthers([...old].map(([standardName, name]) => ({ name, standard: standardName })));
  const counts = new Map<string, Map<string, number>>();
  const byCode = new Map(written.map((one) => [one.code, one]));
  /** Whether what is kept says which building: else none is to be taken. */
  const isUnique = ({ code, kept }: Dirty): boolean => {
    const key = JSON.stringify(kept);
    const known = counts.get(key) ?? new Map<string, number>();
    if (!counts.has(key)) for (const one of written) known.set(said(one, kept), (known.get(said(one, kept)) ?? 0) + 1);
    counts.set(key, known);
    const own = byCode.get(code);
    return own !== undefined && known.get(said(own, kept)) === 1;
  };
  return { book, draw: dirtyAddresses(written, random, old), isUnique };
};
