import type { Divided } from './division';
import { toArea } from './outline';
import type { Metres } from './plane';
import { type Random, randomFor } from './random';
import { placementOf, type Spot, type Spots, type Where } from './spot';
import organisation from './world/organisation.json';

type Plan = { group: string; type: string; zh: string; en: string; count: number; where: Where };

const wheres: Record<string, Where> = {
  T06: 'hill',
  T07: 'beach',
  Z10: 'beach',
  T04: 'street',
  T05: 'street',
  B01: 'road',
  B04: 'hill',
  B09: 'beach',
  B02: 'works',
  B03: 'works',
};

/** Counts of one group, scaled so that they add up to `total` exactly. */
const planGroup = (group: string, list: (string | number)[][], total: number): Plan[] => {
  const sum = list.reduce((all, [, , , count]) => all + Number(count), 0);
  const plans = list.map(([type, zh, en, count, where]): Plan => {
    const place = (where as Where | 'village' | undefined) ?? wheres[String(type)] ?? 'home';
    return {
      group,
      type: String(type),
      zh: String(zh),
      en: String(en),
      count: Math.floor((Number(count) * total) / sum),
      where: place === 'village' ? 'street' : place,
    };
  });
  let left = total - plans.reduce((all, { count }) => all + count, 0);
  const largest = [...plans].sort((a, b) => b.count - a.count);
  for (let k = 0; left > 0; k++, left--) {
    const plan = largest[k % largest.length];
    if (plan) plan.count++;
  }
  return plans;
};

/** Small outline around a place, for the few areas that are drawn. */
const outline = ({ x, y }: Spot, radius: number, random: Random): Metres[] =>
  Array.from({ length: 9 }, (_, k): Metres => {
    const r = radius * random.between(0.7, 1.15);
    return [x + r * Math.cos((k / 9) * 2 * Math.PI), y + r * Math.sin((k / 9) * 2 * Math.PI)];
  });

const drawnTypes: Record<string, number> = { Q01: 160, Q03: 120, Q04: 260, Q05: 180, Q07: 300, Q02: 110 };

/** Forces, bases, key parts and key areas in exactly the counts of the world. */
export function* assetRows(divided: Divided, spots: Spots): Generator<unknown[]> {
  const { land } = divided;
  const { counts } = land.world;
  const random = randomFor(`${land.size}:assets`);
  const plans = [
    ...planGroup('force', organisation.forces, counts.forces),
    ...planGroup('base', organisation.bases, counts.bases),
    ...planGroup('key_part', organisation.keyParts, counts.keyParts),
    ...planGroup('key_area', organisation.keyAreas, counts.keyAreas),
  ];
  for (const { group, type, zh, en, count, where } of plans) {
    for (let k = 1; k <= count; k++) {
      const spot = spots.draw(where, random);
      const block = divided.blocks[divided.blockOf[spot.cell] ?? 0];
      const radius = drawnTypes[type];
      const geometry = radius && k <= 120 ? toArea([[outline(spot, radius, random)]], land.plane) : null;
      const id = `${type.toLowerCase()}-${String(k).padStart(5, '0')}`;
      yield [
        id,
        group,
        type,
        `${block?.name ?? ''}${zh}${k}`,
        `${block?.en ?? ''} ${en} ${k}`,
        geometry,
        ...placementOf(divided, spot),
      ];
    }
  }
}
