import type { Divided } from './division';
import { bboxOf, outlineGroups, type Shape, shapeArea, toArea } from './outline';
import { type Plane, ringCenter } from './plane';

export const validSince = new Date('2021-01-01T00:00:00+08:00');

/** Path of the district in the tree. */
export const districtPath = '/44/4403/DP/';

type Head = [
  code: string,
  parent: string | null,
  level: number,
  path: string,
  name: string,
  en: string,
  national: string | null,
  functional: boolean,
];

const rowOf = (plane: Plane, head: Head, shape: Shape | null, sort: number): unknown[] => {
  const area = shape ? toArea(shape, plane) : null;
  const center = shape ? plane.toDegrees(...ringCenter(shape[0]?.[0] ?? [])) : [null, null];
  return [...head, area, area && bboxOf(area), ...center, shape && Math.round(shapeArea(shape)), sort, validSince];
};

/** Division rows from province to base grid, parents first. */
export function* divisionRows(divided: Divided): Generator<unknown[]> {
  const { land, grids, gridShapes } = divided;
  const { world, plane, cells, communityOf } = land;
  const root = districtPath;
  const subdistrictOf = world.communities.map(({ code }) =>
    world.subdistricts.findIndex((s) => code.startsWith(s.code)),
  );
  const communities = outlineGroups(cells, (cell) => communityOf[cell] ?? -1);
  const subdistricts = outlineGroups(cells, (cell) => subdistrictOf[communityOf[cell] ?? -1] ?? -1);
  const whole = outlineGroups(cells, (cell) => ((communityOf[cell] ?? -1) < 0 ? -1 : 0)).get(0) ?? [];
  yield rowOf(plane, ['44', null, 1, '/44/', '广东省', 'Guangdong', '44', false], null, 0);
  yield rowOf(plane, ['4403', '44', 2, '/44/4403/', '深圳市', 'Shenzhen', '4403', false], null, 0);
  yield rowOf(plane, ['DP', '4403', 3, root, '大鹏新区', 'Dapeng New District', null, true], whole, 0);
  for (const [i, { code, name, en }] of world.subdistricts.entries()) {
    const head: Head = [code, 'DP', 4, `${root}${code}/`, `${name}街道`, `${en} Sub-district`, code, false];
    yield rowOf(plane, head, subdistricts.get(i) ?? [], i);
  }
  for (const [i, { code, name, en }] of world.communities.entries()) {
    const parent = code.slice(0, 9);
    const head: Head = [code, parent, 5, `${root}${parent}/${code}/`, `${name}社区`, `${en} Community`, code, false];
    yield rowOf(plane, head, communities.get(i) ?? [], i);
  }
  for (const [i, { code, name, en }] of grids.entries()) {
    const [subdistrict, community] = [code.slice(0, 9), code.slice(0, 12)];
    const head: Head = [code, community, 6, `${root}${subdistrict}/${community}/${code}/`, name, en, null, false];
    yield rowOf(plane, head, gridShapes.get(i) ?? [], i);
  }
}

export function* blockRows({ land, grids, blocks }: Divided): Generator<unknown[]> {
  for (const block of blocks) {
    const area = toArea(block.shape, land.plane);
    const at = land.plane.toDegrees(block.x, block.y);
    yield [
      block.code,
      grids[block.grid]?.code,
      block.name,
      block.en,
      block.use,
      area,
      bboxOf(area),
      at[0],
      at[1],
      block.areaSqm,
    ];
  }
}
