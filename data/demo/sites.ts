import type { Ground, Site } from './cells';
import { Nearby } from './nearby';
import { distance, fractalOf, type Metres, noiseOf, type Plane, resample } from './plane';
import type { Random } from './random';
import type { Shore } from './shore';
import { settlementFrame } from './terrain';
import type { SettlementPlan, World } from './world';

const groundOf: Record<SettlementPlan['kind'], Ground> = {
  town: 'town',
  compound: 'town',
  village: 'village',
  resort: 'village',
  industry: 'industry',
};

class SiteBook {
  readonly sites: Site[] = [];
  readonly near = new Nearby<Site>(150);
  add(x: number, y: number, ground: Ground, settlement = -1, row = 0, column = 0): void {
    const site = { x, y, ground, settlement, row, column };
    this.sites.push(site);
    this.near.add(x, y, site);
  }
}

type Draft = {
  world: World;
  plane: Plane;
  shore: Shore;
  random: Random;
  ground: SiteBook;
  frames: ReturnType<typeof settlementFrame>[];
};

const outsideSettlements = (draft: Draft, x: number, y: number): number =>
  Math.min(...draft.frames.map((frame) => frame.outside(x, y)));

/** Pairs of sites on both sides of the outline: their common borders are the outline. */
const lineOutline = (draft: Draft, step: number): void => {
  const { world, plane, shore, ground } = draft;
  const beaches = world.beaches.map((beach) => ({ at: plane.toMetres(beach.at), reach: beach.metres * 0.55 }));
  const isBeach = (x: number, y: number) => beaches.some(({ at, reach }) => distance(at[0], at[1], x, y) < reach);
  let walked = step;
  for (let i = 0; i + 1 < shore.ring.length; i++) {
    const [a, b] = [shore.ring[i], shore.ring[i + 1]];
    if (!a || !b) continue;
    walked += distance(a[0], a[1], b[0], b[1]);
    if (walked < step) continue;
    walked = 0;
    const length = distance(a[0], a[1], b[0], b[1]) || 1;
    const [nx, ny] = [(-(b[1] - a[1]) / length) * step * 0.4, ((b[0] - a[0]) / length) * step * 0.4];
    const pair = [1, -1].map((side): Metres => [(a[0] + b[0]) / 2 + nx * side, (a[1] + b[1]) / 2 + ny * side]);
    if (pair.some(([x, y]) => ground.near.has(x, y, step * 0.4))) continue;
    if (pair.filter(([x, y]) => shore.isLand(x, y)).length !== 1) continue;
    for (const [x, y] of pair) {
      const open: Ground = shore.isCoast[i] ? 'sea' : 'outside';
      const land: Ground = isBeach(x, y) ? 'beach' : outsideSettlements(draft, x, y) < 250 ? 'farm' : 'hill';
      ground.add(x, y, shore.isLand(x, y) ? land : open);
    }
  }
};

/** Street blocks of a settlement: a lattice along its bearing, bent a little so that streets curve. */
const laySettlement = (draft: Draft, plan: SettlementPlan, index: number): void => {
  const { shore, random, ground, frames } = draft;
  const frame = frames[index];
  if (!frame) return;
  const [pw, ph] = plan.pitch;
  const [bendA, bendB, edge] = [noiseOf(index * 3 + 1), noiseOf(index * 3 + 2), noiseOf(index * 3 + 3)];
  const loose = { town: 0.05, compound: 0.06, village: 0.13, resort: 0.11, industry: 0.03 }[plan.kind];
  const [nu, nv] = [Math.ceil((plan.radius[0] * 1.3) / pw), Math.ceil((plan.radius[1] * 1.3) / ph)];
  for (let column = -nu; column <= nu; column++) {
    for (let row = -nv; row <= nv; row++) {
      const along = column * pw + random.between(-loose, loose) * pw;
      const across = row * ph + random.between(-loose, loose) * ph;
      const bentA = along + 42 * bendA(along / 520, across / 520);
      const bentB = across + 42 * bendB(along / 520, across / 520);
      const q = Math.hypot(along / plan.radius[0], across / plan.radius[1]);
      const angle = Math.atan2(across, along);
      if (q > 1 + 0.24 * edge(Math.cos(angle) * 2.2 + 5, Math.sin(angle) * 2.2 + 5)) continue;
      const [x, y] = frame.toWorld(bentA, bentB);
      if (!shore.isLand(x, y) || shore.toWater(x, y, 200) < Math.min(120, ph * 1.5)) continue;
      if (nearOther(ground, x, y, index, Math.min(pw, ph))) continue;
      ground.add(x, y, groundOf[plan.kind], index, row, column);
    }
  }
};

const nearOther = (ground: SiteBook, x: number, y: number, index: number, pitch: number): boolean => {
  for (const { item } of ground.near.within(x, y, pitch * 0.9)) if (item.settlement !== index) return true;
  return false;
};

/** Fields around settlements, then hills, as loosely spaced sites. */
const layOpenLand = (draft: Draft, ground: Ground, step: number, gap: number, reach: number): void => {
  const { shore, random } = draft;
  const xs = shore.ring.map(([x]) => x);
  const ys = shore.ring.map(([, y]) => y);
  for (let x = Math.min(...xs); x < Math.max(...xs); x += step) {
    for (let y = Math.min(...ys); y < Math.max(...ys); y += step) {
      const [px, py] = [x + random.between(-0.36, 0.36) * step, y + random.between(-0.36, 0.36) * step];
      if (draft.ground.near.has(px, py, gap) || !shore.isLand(px, py)) continue;
      if (outsideSettlements(draft, px, py) > reach) continue;
      if (shore.toWater(px, py, gap) < gap * 0.75) continue;
      draft.ground.add(px, py, ground);
    }
  }
};

const layWater = (draft: Draft): void => {
  for (const pond of draft.world.reservoirs) {
    const [cx, cy] = draft.plane.toMetres(pond.at);
    const angle = (pond.bearing * Math.PI) / 180;
    for (const share of [-0.6, 0, 0.6]) {
      const [x, y] = [cx + Math.cos(angle) * pond.radius[0] * share, cy + Math.sin(angle) * pond.radius[0] * share];
      if (!draft.ground.near.has(x, y, 90)) draft.ground.add(x, y, 'water');
    }
  }
};

const laySea = (draft: Draft): void => {
  const { world, plane, shore, ground } = draft;
  for (const [lng, lat, radius] of world.islets) {
    const [x, y] = plane.toMetres([lng, lat]);
    ground.add(x, y, 'hill');
    for (let k = 0; k < 9; k++) {
      const reach = radius * draft.random.between(0.8, 2.1);
      ground.add(x + Math.cos(k * 0.698) * reach, y + Math.sin(k * 0.698) * reach, 'sea');
    }
  }
  const noise = fractalOf(3, 900);
  const size = Math.max(...shore.ring.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y)))) * 1.6;
  const step = size / 18;
  for (const [x, y] of latticeOver(size, step)) {
    const [px, py] = [x + noise(x, y) * step * 0.4, y + noise(y, x) * step * 0.4];
    if (shore.isLand(px, py) || ground.near.has(px, py, step * 0.4)) continue;
    ground.add(px, py, 'sea');
  }
};

const latticeOver = (size: number, step: number): Metres[] =>
  resample(
    [
      [-size, 0],
      [size, 0],
    ],
    step,
  ).flatMap(([x]) =>
    resample(
      [
        [0, -size],
        [0, size],
      ],
      step,
    ).map(([, y]): Metres => [x, y]),
  );

/** All sites of the world: outline, settlements, water, fields, hills, sea. `fine` = metres between outline sites. */
export const laySites = (world: World, plane: Plane, shore: Shore, random: Random, fine: number): Site[] => {
  const frames = world.settlements.map((plan) => settlementFrame(plan, plane));
  const draft: Draft = { world, plane, shore, random, ground: new SiteBook(), frames };
  lineOutline(draft, fine);
  for (const [index, plan] of world.settlements.entries()) laySettlement(draft, plan, index);
  layWater(draft);
  layOpenLand(draft, 'farm', fine * 1.2, fine * 0.83, fine * 2.5);
  layOpenLand(draft, 'hill', fine * 2.67, fine * 1.67, Infinity);
  laySea(draft);
  return draft.ground.sites;
};
