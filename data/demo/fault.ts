import { randomFor } from './random';
import { demoColumns } from './table';

type Rows = () => Iterable<unknown[]>;

const at = (table: 'person' | 'residence' | 'entity', column: string): number =>
  (demoColumns[table] as readonly string[]).indexOf(column);

/** Rows back that a number is taken over from. */
const back = 37;

/** Now and then a person carries the ID number of somebody before, or one that broke off. */
function* spoilPeople(rows: Rows, size: string): Generator<unknown[]> {
  const random = randomFor(`${size}:faults:person`);
  const index = at('person', 'id_number');
  const before: unknown[] = [];
  for (const row of rows()) {
    const own = row[index];
    if (random.has(0.0006) && before.length === back) row[index] = before[0];
    else if (random.has(0.0004)) row[index] = String(own).slice(0, 16);
    before.push(own);
    if (before.length > back) before.shift();
    yield row;
  }
}

/** Now and then somebody moved on and the home before was not signed off (迁出未注销); who lives where stays the same. */
function* spoilHomes(rows: Rows, size: string): Generator<unknown[]> {
  const random = randomFor(`${size}:faults:residence`);
  const index = at('residence', 'to_on');
  for (const row of rows()) {
    if (row[index] !== null && random.has(0.003)) row[index] = null;
    yield row;
  }
}

/** Now and then an entity carries the credit code or the room of another one. */
function* spoilEntities(rows: Rows, size: string): Generator<unknown[]> {
  const random = randomFor(`${size}:faults:entity`);
  const [code, room, building] = [
    at('entity', 'credit_code'),
    at('entity', 'dwelling_code'),
    at('entity', 'building_code'),
  ];
  let before: unknown[] | null = null;
  for (const row of rows()) {
    const own = [...row];
    if (before && random.has(0.008)) row[code] = before[code];
    else if (before?.[room] && row[room] === null && before[building] === row[building] && random.has(0.1))
      row[room] = before[room];
    before = own;
    yield row;
  }
}

const spoilers: Readonly<Record<string, (rows: Rows, size: string) => Generator<unknown[]>>> = {
  person: spoilPeople,
  residence: spoilHomes,
  entity: spoilEntities,
};

/** A table's rows with the faults that the rules are to find; none of them moves a figure that counts people or places. */
export const withFaults = (table: string, rows: Rows, size: string): Iterable<unknown[]> =>
  spoilers[table]?.(rows, size) ?? rows();
