import type { Building } from './building';
import { day } from './calendar';
import { dirtyAddresses, oldNamesOf, writtenOf } from './dirty-address';
import { districtPath } from './division-rows';
import { ringCenter } from './plane';
import { randomFor } from './random';
import type { Scene } from './scene';
import type { DemoTableName } from './table';
import told from './world/address-list.json';

const idOf = (n: number): string => `ad000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const division = 'DP';

type Row = [row: number, address: string, lng: number | null, lat: number | null];

/** Share of a list's rows that name no place of the district, or none at all. */
const unknownShare = 0.03;
/** Degrees a position of a list lies off the middle of its building, at most. */
const off = 0.00015;

const draw = ({ divided, buildings }: Scene) => {
  const { plane, size } = divided.land;
  const random = randomFor(`${size}:address-lists`);
  const written = buildings.map(writtenOf);
  const old = oldNamesOf([...new Set(written.map(({ street }) => street))], random);
  const next = dirtyAddresses(written, random, old);
  const byCode = new Map(buildings.map((building) => [building.code, building]));
  const positionOf = ({ ring }: Building): [number, number] => {
    const [lng, lat] = plane.toDegrees(...ringCenter(ring), 7);
    return [lng + random.between(-off, off), lat + random.between(-off, off)];
  };
  const rowOf = (row: number, positions: number): Row => {
    if (random.has(unknownShare)) return [row, random.pick(told.unknown), null, null];
    const { text, code } = next();
    const building = random.has(positions) ? byCode.get(code) : undefined;
    return [row, text, ...(building ? positionOf(building) : ([null, null] as const))];
  };
  return { old, rowOf };
};

/** Old names of streets, half of them known, and lists of addresses handed in, not matched yet: the house matches them. */
export const addressTables = (scene: Scene): [DemoTableName, unknown[][]][] => {
  const { at, divided } = scene;
  const { old, rowOf } = draw(scene);
  const path = districtPath;
  const lists = told.lists.map((list, i) => {
    const rows = Array.from({ length: list.rows[divided.land.size] }, (_, n) => rowOf(n + 2, list.positions));
    const actor = [new Date(at.getTime() - list.daysBack * day), `${list.role}:${division}`, list.role];
    return { ...list, id: idOf(i + 1), rows, actor };
  });
  const known = [...old].filter((_, i) => i % 2 === 0);
  const since = new Date(at.getTime() - 90 * day);
  return [
    ['address_name', known.map(([standard, name]) => [name, standard, 'former', since, `R2:${division}`, 'R2'])],
    [
      'address_batch',
      lists.map(({ id, name, file, crs, rows, actor }) => [
        ...[id, name, `demo:${file}`, crs, rows.length, rows.filter(([, , lng]) => lng !== null).length],
        ...[division, path, ...actor],
      ]),
    ],
    ['address_run', lists.map(({ id, rows, actor }) => [id, 1, rows.length, ...actor])],
    ['address_record', lists.flatMap(({ id, rows }) => rows.map((row) => [id, ...row]))],
  ];
};
