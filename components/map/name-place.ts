import { type Raster, type Ring, rasterOf, sharesUnder } from './area-raster';
import type { Box } from './fit';

export type Spot = { x: number; y: number };
/** A disc that stands for an area, px. */
export type AreaDisc = Spot & { radius: number };
/**
 * A name with the room it takes, px, the area it belongs to, and whether a leader may lead there. Where a disc stands for
 * the area the name belongs to that: beside it, it needs no leader.
 */
export type AreaName = {
  code: string;
  width: number;
  height: number;
  rings: readonly Ring[];
  isLed: boolean;
  disc?: AreaDisc;
};
/** A name by its middle. `leader`: from inside its area to the edge of the name; null = the name itself lies there. */
export type PlacedName = Spot & { code: string; leader: { from: Spot; to: Spot } | null };

export type NameRoom = {
  /** Height of a line of type, px. */
  em: number;
  /** What the names stay within. */
  bounds: Box;
  /** Marks, legends: nothing stands on them, leaders go round them. */
  taken: readonly Box[];
  /** Strips along seams: nothing stands on them, leaders may cross them. */
  seams: readonly Box[];
};

/** Width of words in em, about: a Han character is a square, others are a good half of one. */
export const wordsWidth = (words: string): number =>
  [...words].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 1 : 0.62), 0);

/** A name lies in its area where so much of it does, and no more than so much of it in others. */
const leastOwn = 0.45;
const mostForeign = 0.3;
/** How far a leader leads, em: from the place to the middle of the name. */
const reach = { from: 1.2, to: 22, step: 0.4 };
const nAngles = 40;
/** Room kept between names, em. */
const gapEm = 0.2;

const boxAt = ({ x, y }: Spot, { width, height }: Pick<AreaName, 'width' | 'height'>): Box => ({
  ...{ left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 },
});
const meets = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const holds = (outer: Box, inner: Box): boolean =>
  inner.left >= outer.left && inner.top >= outer.top && inner.right <= outer.right && inner.bottom <= outer.bottom;

type Line = { from: Spot; to: Spot };
const pointsOf = ({ from, to }: Line, n: number): Spot[] =>
  Array.from({ length: n }, (_, i) => {
    const share = i / (n - 1);
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  });
const runsOver = (line: Line, box: Box): boolean =>
  pointsOf(line, 24).some(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom);

const side = (a: Spot, b: Spot, c: Spot): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
const crosses = (a: Line, b: Line): boolean =>
  side(a.from, a.to, b.from) !== side(a.from, a.to, b.to) && side(b.from, b.to, a.from) !== side(b.from, b.to, a.to);

type Area = AreaName & { index: number; cells: readonly number[]; pole: Spot };

const middleOf = ({ cell, left, top, columns }: Raster, at: number): Spot => ({
  x: left + ((at % columns) + 0.5) * cell,
  y: top + (Math.floor(at / columns) + 0.5) * cell,
});

/** Areas that are seen, with their cells and the place deepest inside, from which a leader leads; those smaller than a cell have none. */
const areasOf = (names: readonly AreaName[], raster: Raster, bounds: Box): Area[] => {
  const cells: number[][] = names.map(() => []);
  for (const [at, index] of raster.owner.entries()) cells[index]?.push(at);
  return names.flatMap((name, index) => {
    const own = cells[index] ?? [];
    const deepest = own.reduce(
      (best, at) => ((raster.depth[at] ?? 0) > (raster.depth[best] ?? 0) ? at : best),
      own[0] ?? -1,
    );
    const first = name.rings[0]?.find(
      ([x, y]) => x > bounds.left && x < bounds.right && y > bounds.top && y < bounds.bottom,
    );
    const pole = name.disc ?? (deepest >= 0 ? middleOf(raster, deepest) : first && { x: first[0], y: first[1] });
    return pole ? [{ ...name, index, cells: own, pole }] : [];
  });
};

type Standing = { boxes: Box[]; lines: Line[] };

/** Whether a name keeps clear of marks, and by a little of other names. */
const isFree = (spot: Spot, { width, height }: Area, { em, taken, seams }: NameRoom, { boxes }: Standing): boolean => {
  const gap = 2 * gapEm * em;
  const wide = boxAt(spot, { width: width + gap, height: height + gap });
  const own = boxAt(spot, { width, height });
  return ![...taken, ...seams].some((other) => meets(own, other)) && !boxes.some((other) => meets(wide, other));
};

const placeInside = (area: Area, raster: Raster, room: NameRoom, standing: Standing): Spot | null => {
  const { em, bounds } = room;
  let best: { spot: Spot; cost: number } | null = null;
  for (const at of area.cells) {
    const spot = middleOf(raster, at);
    const box = boxAt(spot, area);
    if (!holds(bounds, box) || !isFree(spot, area, room, standing)) continue;
    const { own, foreign } = sharesUnder(raster, box, area.index);
    if (own < leastOwn || foreign > mostForeign) continue;
    const cost = 3 * foreign + (1 - own) + (0.1 * Math.hypot(spot.x - area.pole.x, spot.y - area.pole.y)) / em;
    if (!best || cost < best.cost) best = { spot, cost };
  }
  return best?.spot ?? null;
};

/** Nearest point of a box, a little off it. */
const edgeOf = (box: Box, { x, y }: Spot, gap: number): Spot => ({
  x: Math.min(Math.max(x, box.left - gap), box.right + gap),
  y: Math.min(Math.max(y, box.top - gap), box.bottom + gap),
});

/** Share of a line that runs through areas other than its own. */
const foreignShare = (raster: Raster, line: Line, index: number): number => {
  const points = pointsOf(line, 24);
  const isForeign = ({ x, y }: Spot) =>
    sharesUnder(raster, { left: x, top: y, right: x, bottom: y }, index).foreign > 0;
  return points.filter(isForeign).length / points.length;
};

/** What a leader costs, in em of its length: a name on other land, through other land, over marks, names and leaders. */
const price = { foreign: 30, own: 6, through: 2, mark: 4, name: 25, leader: 15 };
/** Beside its disc a name may lie on any land: so far off, em, it is beside it. */
const besideEm = 0.45;

/** From the place of an area to the edge of its name: from the edge of the disc, where one stands for it. */
const leaderOf = ({ pole, disc }: Area, box: Box, em: number): Line => {
  const to = edgeOf(box, pole, 0.1 * em);
  const length = Math.hypot(to.x - pole.x, to.y - pole.y);
  const share = disc && length > 0 ? Math.min(1, disc.radius / length) : 0;
  return { from: { x: pole.x + (to.x - pole.x) * share, y: pole.y + (to.y - pole.y) * share }, to };
};

const placeBeside = (area: Area, raster: Raster, room: NameRoom, standing: Standing): PlacedName | null => {
  const { pole, code } = area;
  const { em, bounds, taken } = room;
  let best: { name: PlacedName; cost: number } | null = null;
  const half = Math.hypot(area.width, area.height) / 2 / em;
  // a leader costs its length at least
  for (let far = reach.from; far <= reach.to && (!best || far - half < best.cost); far += reach.step)
    for (let i = 0; i < nAngles; i++) {
      const angle = (i / nAngles) * 2 * Math.PI;
      const spot = { x: pole.x + Math.cos(angle) * far * em, y: pole.y + Math.sin(angle) * far * em };
      const box = boxAt(spot, area);
      if (!holds(bounds, box) || !isFree(spot, area, room, standing)) continue;
      if (standing.lines.some((other) => runsOver(other, box))) continue;
      const line = leaderOf(area, box, em);
      const { own, foreign } = sharesUnder(raster, box, area.index);
      const length = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) / em;
      const isBeside = area.disc !== undefined && length <= besideEm;
      const over = (boxes: readonly Box[]) => (isBeside ? 0 : boxes.filter((other) => runsOver(line, other)).length);
      const crossed = standing.lines.filter((other) => crosses(line, other)).length;
      const ground = isBeside ? foreign : price.foreign * foreign + price.own * own;
      const met = price.mark * over(taken) + price.name * over(standing.boxes) + price.leader * crossed;
      if (best && length + ground + met >= best.cost) continue;
      const cost = length * (1 + price.through * foreignShare(raster, line, area.index)) + ground + met;
      if (!best || cost < best.cost) best = { name: { ...spot, code, leader: isBeside ? null : line }, cost };
    }
  return best?.name ?? null;
};

/**
 * Names where they belong: within the area where there is room, the smallest area first; else beside the land with a
 * leader to it, where neither meets another name, leader or what stands there. What has room nowhere is left out.
 */
export const placeNames = (names: readonly AreaName[], room: NameRoom): PlacedName[] => {
  const raster = rasterOf(
    names.map(({ rings }) => rings),
    room.em / 3,
    room.bounds,
  );
  const areas = areasOf(names, raster, room.bounds).toSorted((a, b) => a.cells.length - b.cells.length);
  const standing: Standing = { boxes: [], lines: [] };
  const placed = areas.map((area): { area: Area; name: PlacedName | null } => {
    const spot = area.disc ? null : placeInside(area, raster, room, standing);
    if (spot) standing.boxes.push(boxAt(spot, area));
    return { area, name: spot && { ...spot, code: area.code, leader: null } };
  });
  return placed.flatMap(({ area, name }) => {
    const found = name ?? (area.isLed ? placeBeside(area, raster, room, standing) : null);
    if (found && found !== name) standing.boxes.push(boxAt(found, area));
    if (found?.leader) standing.lines.push(found.leader);
    return found ? [found] : [];
  });
};
