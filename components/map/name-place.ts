import { ownerAt, type Raster, type Ring, rasterOf, sharesUnder } from './area-raster';
import type { Box } from './fit';

export type Spot = { x: number; y: number };
/** A straight line, px. */
export type Line = { from: Spot; to: Spot };
/** A disc that stands for an area, px. */
export type AreaDisc = Spot & { radius: number };
/**
 * A name with the room it takes, px, the area it belongs to, and what a leader there may cost, em of its length and of what
 * it passes over (`price`; 0 = none may lead there). Where a disc stands for the area the name belongs to that: beside it,
 * and nearer to no other disc, it needs no leader.
 */
export type AreaName = {
  code: string;
  width: number;
  height: number;
  rings: readonly Ring[];
  mostCost: number;
  disc?: AreaDisc;
  /** Marks that stand for its area: where it has no room in that, beside one of them it needs no leader either. */
  marks?: readonly AreaDisc[];
  /** Widths of its lines, the first on top, px: a leader ends at the nearest of them. Absent = all as wide as it is. */
  lineWidths?: readonly number[];
  /** Share of its area it may cover where there is room beside it: its colour is what is told of. Absent = all. */
  mostCovered?: number;
};
/** A name by its middle. `leader`: from inside its area to the edge of the name; null = the name itself lies there. */
export type PlacedName = Spot & { code: string; leader: { from: Spot; to: Spot } | null };

export type NameRoom = {
  /** Height of a line of type, px. */
  em: number;
  /** What the names stay within. */
  bounds: Box;
  /** Marks, legends: nothing stands on them, leaders go round them and lead to nothing below them. */
  taken: readonly Box[];
  /** Marks, those of areas among them: a name beside one of its own lies nearer to no other. */
  discs: readonly AreaDisc[];
  /** Lines that lead to marks, ways: no name stands on them, one beside its disc only if it must, and leaders don't cross them. */
  lines: readonly Line[];
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

const isIn = ({ x, y }: Spot, box: Box): boolean => x > box.left && x < box.right && y > box.top && y < box.bottom;

/** Whether a line meets a box: the stretches of it that lie between the sides and between top and bottom overlap. */
const runsOver = ({ from, to }: Line, { left, top, right, bottom }: Box): boolean => {
  let [first, last] = [0, 1];
  const clip = (at: number, step: number, low: number, high: number) => {
    if (step === 0) return at > low && at < high;
    const [a, b] = [(low - at) / step, (high - at) / step];
    first = Math.max(first, Math.min(a, b));
    last = Math.min(last, Math.max(a, b));
    return first < last;
  };
  return clip(from.x, to.x - from.x, left, right) && clip(from.y, to.y - from.y, top, bottom);
};

const side = (a: Spot, b: Spot, c: Spot): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
const crosses = (a: Line, b: Line): boolean =>
  side(a.from, a.to, b.from) !== side(a.from, a.to, b.to) && side(b.from, b.to, a.from) !== side(b.from, b.to, a.to);

const gapToLine = ({ x, y }: Spot, { from, to }: Line): number => {
  const [right, down] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * right + (y - from.y) * down) / (right * right + down * down || 1);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(from.x + right * share - x, from.y + down * share - y);
};
const areApart = (a: Line, b: Line, gap: number): boolean =>
  (['x', 'y'] as const).some(
    (of) =>
      Math.min(a.from[of], a.to[of]) > Math.max(b.from[of], b.to[of]) + gap ||
      Math.min(b.from[of], b.to[of]) > Math.max(a.from[of], a.to[of]) + gap,
  );
/** Whether two lines would be taken for one: they cross, or an end of one lies at the other. */
const merges = (a: Line, b: Line, gap: number): boolean =>
  !areApart(a, b, gap) &&
  (crosses(a, b) ||
    gapToLine(a.from, b) < gap ||
    gapToLine(a.to, b) < gap ||
    gapToLine(b.from, a) < gap ||
    gapToLine(b.to, a) < gap);

type Area = AreaName & { index: number; cells: readonly number[]; pole: Spot };

const middleOf = ({ cell, left, top, columns }: Raster, at: number): Spot => ({
  x: left + ((at % columns) + 0.5) * cell,
  y: top + (Math.floor(at / columns) + 0.5) * cell,
});

/** Areas that are seen, with their cells and the place deepest inside that nothing covers, from which a leader leads; those smaller than a cell have none. */
const areasOf = (names: readonly AreaName[], raster: Raster, { bounds, taken }: NameRoom): Area[] => {
  const cells: number[][] = names.map(() => []);
  for (const [at, index] of raster.owner.entries()) cells[index]?.push(at);
  return names.flatMap((name, index) => {
    const own = cells[index] ?? [];
    const open = own.filter((at) => !taken.some((box) => isIn(middleOf(raster, at), box)));
    const seen = open.length > 0 ? open : own;
    const deepest = seen.reduce(
      (best, at) => ((raster.depth[at] ?? 0) > (raster.depth[best] ?? 0) ? at : best),
      seen[0] ?? -1,
    );
    const first = name.rings[0]?.find(([x, y]) => isIn({ x, y }, bounds));
    const pole = name.disc ?? (deepest >= 0 ? middleOf(raster, deepest) : first && { x: first[0], y: first[1] });
    return pole ? [{ ...name, index, cells: own, pole }] : [];
  });
};

/** What was placed so far. `poles`: where leaders to names not placed yet begin. */
type Standing = { boxes: Box[]; lines: Line[]; discs: readonly AreaDisc[]; poles: readonly Spot[] };

/** Whether a name keeps clear of marks, and by a little of other names. */
const isFree = (spot: Spot, { width, height }: Area, { em, taken, seams }: NameRoom, { boxes }: Standing): boolean => {
  const gap = 2 * gapEm * em;
  const wide = boxAt(spot, { width: width + gap, height: height + gap });
  const own = boxAt(spot, { width, height });
  return ![...taken, ...seams].some((other) => meets(own, other)) && !boxes.some((other) => meets(wide, other));
};

const coveredShare = ({ width, height, cells }: Area, own: number, { cell }: Raster): number =>
  (own * width * height) / Math.max(1, cells.length * cell * cell);

const placeInside = (area: Area, raster: Raster, room: NameRoom, standing: Standing, mostCovered = 1): Spot | null => {
  const { em, bounds } = room;
  let best: { spot: Spot; cost: number } | null = null;
  for (const at of area.cells) {
    const spot = middleOf(raster, at);
    const box = boxAt(spot, area);
    if (!holds(bounds, box) || !isFree(spot, area, room, standing)) continue;
    if (standing.lines.some((line) => runsOver(line, box))) continue;
    const { own, foreign } = sharesUnder(raster, box, area.index);
    if (own < leastOwn || foreign > mostForeign || coveredShare(area, own, raster) > mostCovered) continue;
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

const nSamples = 24;

/** Share of a line that runs through areas other than its own. */
const foreignShare = (raster: Raster, { from, to }: Line, index: number): number => {
  let n = 0;
  for (let i = 0; i < nSamples; i++) {
    const share = i / (nSamples - 1);
    const owner = ownerAt(raster, from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
    if (owner >= 0 && owner !== index) n += 1;
  }
  return n / nSamples;
};

/** What a leader costs, in em of its length: a name on other land, through other land, over marks, names and leaders. */
const price = { foreign: 30, own: 6, through: 2, mark: 40, name: 100, leader: 60 };
/** Beside its disc a name may lie on any land: so far off, em, it is beside it, if others lie farther by so much. */
const beside = { em: 0.45, apart: 0.15 };

/** Lines that come nearer than this to a name or to one another, em, underline it or run into one. */
const nearEm = 0.3;

const widen = ({ left, top, right, bottom }: Box, by: number): Box => ({
  ...{ left: left - by, top: top - by, right: right + by, bottom: bottom + by },
});

/** The lines of a name as boxes. */
const lineBoxes = ({ lineWidths, width }: Area, { left, top, bottom }: Box): Box[] => {
  const widths = lineWidths ?? [width];
  const high = (bottom - top) / widths.length;
  const middle = left + width / 2;
  return widths.map((wide, i) => ({
    ...{ left: middle - wide / 2, right: middle + wide / 2, top: top + i * high, bottom: top + (i + 1) * high },
  }));
};

/** From the place of an area to the edge of its name: from the edge of the disc, where one stands for it. */
const leaderOf = (area: Area, box: Box, em: number): Line => {
  const { pole, disc } = area;
  const far = ({ x, y }: Spot) => Math.hypot(x - pole.x, y - pole.y);
  const to = lineBoxes(area, box)
    .map((line) => edgeOf(line, pole, 0.1 * em))
    .reduce((best, one) => (far(one) < far(best) ? one : best));
  const length = Math.hypot(to.x - pole.x, to.y - pole.y);
  const share = disc && length > 0 ? Math.min(1, disc.radius / length) : 0;
  return { from: { x: pole.x + (to.x - pole.x) * share, y: pole.y + (to.y - pole.y) * share }, to };
};

const gapTo = (box: Box, { x, y, radius }: AreaDisc): number => {
  const nearest = edgeOf(box, { x, y }, 0);
  return Math.hypot(nearest.x - x, nearest.y - y) - radius;
};

const placeBeside = (
  area: Area,
  raster: Raster,
  room: NameRoom,
  standing: Standing,
  /** How much of a name beside its disc may lie on other land. */
  mostOther = 1,
): PlacedName | null => {
  const { pole, code } = area;
  const { em, bounds, taken } = room;
  const ofOwn = [area.disc, ...(area.marks ?? [])];
  const isOwn = (box: Box, disc: AreaDisc): boolean =>
    standing.discs.every((other) => ofOwn.includes(other) || gapTo(box, other) >= gapTo(box, disc) + beside.apart * em);
  // what covers the place itself is met by every leader
  const inTheWay = taken.filter((box) => !isIn(pole, box));
  const near = nearEm * em;
  const names = standing.boxes.map((box) => widen(box, near));
  const poles = standing.poles.filter((other) => other !== pole);
  const isLed = area.mostCost > 0;
  let best: PlacedName | null = null;
  let least = isLed ? area.mostCost : Number.POSITIVE_INFINITY;
  const half = Math.hypot(area.width, area.height) / 2 / em;
  // a leader costs its length at least
  const farthest = isLed ? reach.to : (area.disc?.radius ?? 0) / em + half + 2 * beside.em;
  // beside a disc there are few places: none of them is missed
  const fine = area.disc ? 3 : 1;
  for (let far = reach.from; far <= farthest && far - half < least; far += reach.step / fine)
    for (let i = 0; i < nAngles * fine; i++) {
      const angle = (i / (nAngles * fine)) * 2 * Math.PI;
      const spot = { x: pole.x + Math.cos(angle) * far * em, y: pole.y + Math.sin(angle) * far * em };
      const box = boxAt(spot, area);
      if (!holds(bounds, box) || !isFree(spot, area, room, standing)) continue;
      const kept = isLed ? widen(box, near) : box;
      const nUnder = standing.lines.filter((other) => runsOver(other, kept)).length;
      if (nUnder > 0 && isLed) continue;
      const line = leaderOf(area, box, em);
      const length = Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y) / em;
      const isBeside = area.disc !== undefined && length <= beside.em && isOwn(box, area.disc);
      if ((!isLed && !isBeside) || length >= least) continue;
      const { own, foreign } = sharesUnder(raster, box, area.index);
      if (isBeside ? foreign > mostOther : coveredShare(area, own, raster) > (area.mostCovered ?? 1)) continue;
      const ground = length + (isBeside ? foreign : price.foreign * foreign + price.own * own);
      if (ground >= least) continue;
      const over = (boxes: readonly Box[]) => (isBeside ? 0 : boxes.filter((other) => runsOver(line, other)).length);
      const met = standing.lines.filter((other) => merges(line, other, near)).length;
      const hidden = poles.filter((at) => isIn(at, box) || gapToLine(at, line) < near).length;
      const barred = price.mark * over(inTheWay) + price.name * over(names) + price.leader * (met + nUnder + hidden);
      if (ground + barred >= least) continue;
      const cost = ground + barred + length * price.through * foreignShare(raster, line, area.index);
      if (cost >= least) continue;
      least = cost;
      best = { ...spot, code, leader: isBeside ? null : line };
    }
  return best;
};

/** Beside one of the marks of its area, without a leader; on other land it would be taken for that land's. */
const placeByMark = (area: Area, raster: Raster, room: NameRoom, standing: Standing): PlacedName | null => {
  for (const mark of area.marks ?? []) {
    const own = { ...area, pole: mark, disc: mark, mostCost: 0 };
    const found = placeBeside(own, raster, room, standing, mostForeign);
    if (found) return found;
  }
  return null;
};

const stand = ({ boxes, lines }: Standing, area: Area, name: PlacedName): void => {
  boxes.push(boxAt(name, area));
  if (name.leader) lines.push(name.leader);
};

/** What goes first: names of points, in their order, then those for which most may be done. */
const byPriority = (a: Area, b: Area): number =>
  Number(b.disc !== undefined) - Number(a.disc !== undefined) ||
  Number(b.mostCost > a.mostCost) - Number(a.mostCost > b.mostCost);

/**
 * Names where they belong: within the area where there is room, those of points first, then those for which most may be
 * done, then the smallest area; else beside a mark of it; else beside the land with a leader to it, where neither meets
 * another name, leader or what stands there. One that would hide its area stands beside it if it can. What has room nowhere is left out.
 */
export const placeNames = (names: readonly AreaName[], room: NameRoom): PlacedName[] => {
  const raster = rasterOf(
    names.map(({ rings }) => rings),
    room.em / 3,
    room.bounds,
  );
  const areas = areasOf(names, raster, room).toSorted((a, b) => byPriority(a, b) || a.cells.length - b.cells.length);
  const discs = [...room.discs, ...names.flatMap(({ disc }) => disc ?? [])];
  const standing: Standing = { boxes: [], lines: [...room.lines], discs, poles: [] };
  const placed = new Map<Area, PlacedName>();
  const open = () => areas.filter((area) => !placed.has(area));
  const placeAll = (find: (area: Area) => PlacedName | null) => {
    for (const area of open()) {
      const name = find(area);
      if (!name) continue;
      placed.set(area, name);
      stand(standing, area, name);
    }
  };
  const inside = (area: Area, mostCovered?: number): PlacedName | null => {
    const spot = area.disc ? null : placeInside(area, raster, room, standing, mostCovered);
    return spot && { ...spot, code: area.code, leader: null };
  };
  placeAll((area) => inside(area, area.mostCovered));
  placeAll((area) => placeByMark(area, raster, room, standing));
  standing.poles = open().flatMap(({ disc, pole }) => (disc ? [] : pole));
  placeAll((area) => (area.mostCost > 0 || area.disc ? placeBeside(area, raster, room, standing) : null));
  placeAll((area) => inside(area));
  return areas.flatMap((area) => placed.get(area) ?? []);
};
