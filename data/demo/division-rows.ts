import type { Divided } from './division';
import { bboxOf, outlineGroups, type Shape, shapeArea, toArea } from './outline';
import { ringCenter } from './plane';

export const validSince = new Date('2021-01-01T00:00:00+08:00');

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

/** Division rows from province to base grid, parents first. */
export function* divisionRows(divided: Divided): Generator<unknown[]> {
  const { land, grids, gridShapes } = divided;
  const { world, plane, cells, communityOf } = land;
  const row = (head: Head, shape: Shape | null, sort: number): unknown[] => {
    const area = shape ? toArea(shape, plane) : null;
    const center = shape ? plane.toDegrees(...ringCenter(shape[0]?.[0] ?? [])) : null;
    return [
      ...head,
      area,
      area ? bboxOf(area) : null,
      center?.[0] ?? null,
      center?.[1] ?? null,
      shape ? Math.round(shapeArea(shape)) : null,
      sort,
      validSince,
    ];
  };
  const subdistrictOf = world.communities.map(({ code }) =>
    world.subdistricts.findIndex((s) => s.code === code.slice(0, 9)),
  );
  const communities = outlineGroups(cells, (cell) => communityOf[cell] ?? -1);
  const subdistricts = outlineGroups(cells, (cell) => subdistrictOf[communityOf[cell] ?? -1] ?? -1);
  const whole = outlineGroups(cells, (cell) => ((communityOf[cell] ?? -1) < 0 ? -1 : 0)).get(0) ?? [];
  yield row(['44', null, 1, '/44/', '广东省', 'Guangdong', '44', false], null, 0);
  yield row(['4403', '44', 2, '/44/4403/', '深圳市', 'Shenzhen', '4403', false], null, 0);
  yield row(['DP', '4403', 3, '/44/4403/DP/', '大鹏新区', 'Dapeng New District', null, true], whole, 0);
  for (const [i, s] of world.subdistricts.entries())
    yield row(
      [s.code, 'DP', 4, `/44/4403/DP/${s.code}/`, `${s.name}街道`, `${s.en} Sub-district`, s.code, false],
      subdistricts.get(i) ?? [],
      i,
    );
  for (const [i, c] of world.communities.entries()) {
    const parent = c.code.slice(0, 9);
    yield row(
      [c.code, parent, 5, `/44/4403/DP/${parent}/${c.code}/`, `${c.name}社区`, `${c.en} Community`, c.code, false],
      communities.get(i) ?? [],
      i,
    );
  }
  for (const [i, grid] of grids.entries()) {
    const community = grid.code.slice(0, 12);
    const path = `/44/4403/DP/${grid.code.slice(0, 9)}/${community}/${grid.code}/`;
    yield row([grid.code, community, 6, path, grid.name, grid.en, null, false], gridShapes.get(i) ?? [], i);
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
