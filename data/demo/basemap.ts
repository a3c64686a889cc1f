import type { Geometry, LngLat } from '../model/geo';
import type { Divided } from './division';
import type { Land } from './land';
import { outlineGroups, type Shape, toArea } from './outline';
import { distance, fractalOf, type Metres, nearestOnSegment, ringArea, ringCenter, smooth } from './plane';
import { randomFor } from './random';
import { roughen } from './shore';

type Feature = {
  kind: string;
  rank: number;
  name?: string | undefined;
  en?: string | undefined;
  metres?: number;
  geometry: Geometry;
};

const close = <T>(ring: T[]): T[] => (ring[0] === undefined ? ring : [...ring, ring[0]]);

function* groundFeatures(divided: Divided): Generator<Feature> {
  const { land } = divided;
  const { world, plane, cells, communityOf } = land;
  const random = randomFor(`${land.size}:outside`);
  for (const ring of world.outside) {
    const rough = roughen(close(ring.map(plane.toMetres)), random, 3, () => 0.14);
    yield {
      kind: 'outside',
      rank: 1,
      geometry: { type: 'Polygon', coordinates: [rough.map(([x, y]) => plane.toDegrees(x, y, 5))] },
    };
  }
  const whole = outlineGroups(cells, (cell) => ((communityOf[cell] ?? -1) < 0 ? -1 : 0)).get(0) ?? [];
  yield { kind: 'land', rank: 1, geometry: toArea(whole, plane, 5) };
}

/** Rings at a height, holes sorted into the polygons around them. */
const contourShape = (rings: Metres[][]): Shape => rings.filter((ring) => ringArea(ring) > 0).map((ring) => [ring]);

function* reliefFeatures({ land }: Divided): Generator<Feature> {
  const { terrain, plane } = land;
  const steps = land.size === 'tiny' ? [60, 120, 180] : [100, 200, 320, 450, 600];
  const woods = contourShape(terrain.contour(land.size === 'tiny' ? 30 : 55));
  if (woods.length > 0) yield { kind: 'wood', rank: 2, geometry: toArea(woods, plane, 5) };
  for (const [i, metres] of steps.entries()) {
    const shape = contourShape(terrain.contour(metres));
    if (shape.length > 0) yield { kind: 'hill', rank: i + 1, metres, geometry: toArea(shape, plane, 5) };
  }
}

/** A reservoir's water: an ellipse with arms. */
const pondRing = (land: Land, pond: Land['world']['reservoirs'][number]): Metres[] => {
  const [cx, cy] = land.plane.toMetres(pond.at);
  const angle = (pond.bearing * Math.PI) / 180;
  const noise = fractalOf(31, 190);
  return Array.from({ length: 56 }, (_, k): Metres => {
    const t = (k / 56) * 2 * Math.PI;
    const [u, v] = [Math.cos(t) * pond.radius[0] * 0.8, Math.sin(t) * pond.radius[1] * 0.8];
    const swell = 1 + 0.75 * noise(cx + u, cy + v * 2);
    return [
      cx + (u * Math.cos(angle) - v * Math.sin(angle)) * swell,
      cy + (u * Math.sin(angle) + v * Math.cos(angle)) * swell,
    ];
  });
};

function* waterFeatures({ land }: Divided): Generator<Feature> {
  const { world, plane } = land;
  for (const pond of world.reservoirs)
    yield {
      kind: 'reservoir',
      rank: 3,
      name: pond.name,
      en: pond.en,
      geometry: toArea([[pondRing(land, pond)]], plane, 5),
    };
  const random = randomFor(`${land.size}:streams`);
  for (const stream of world.streams) {
    const line = smooth(
      roughen(stream.line.map(plane.toMetres), random, 2, () => 0.14),
      3,
    );
    yield {
      kind: 'stream',
      rank: 4,
      name: stream.name,
      en: stream.en,
      geometry: { type: 'LineString', coordinates: line.map(([x, y]) => plane.toDegrees(x, y, 5)) },
    };
  }
}

/** Beach: a strip of shore, widest in the middle. `coast` = outer ring of the land. */
const beachRing = (coast: Metres[], at: Metres, length: number): Metres[] => {
  let [start, least] = [0, Infinity];
  coast.forEach(([x, y], i) => {
    const d = distance(x, y, at[0], at[1]);
    if (d < least) [start, least] = [i, d];
  });
  const walk = (step: 1 | -1): Metres[] => {
    const out: Metres[] = [];
    let walked = 0;
    for (
      let i = start;
      walked < length / 2 && out.length < coast.length / 3;
      i = (i + step + coast.length) % coast.length
    ) {
      const [a, b] = [coast[i], coast[(i + step + coast.length) % coast.length]];
      if (!a || !b) break;
      out.push(a);
      walked += distance(a[0], a[1], b[0], b[1]);
    }
    return out;
  };
  const line = [...walk(-1).reverse(), ...walk(1).slice(1)];
  const width = Math.min(70, 22 + length / 28);
  const inner = line.map((p, i): Metres => {
    const [a, b] = [line[Math.max(0, i - 2)] ?? p, line[Math.min(line.length - 1, i + 2)] ?? p];
    const size = distance(a[0], a[1], b[0], b[1]) || 1;
    const wide = width * Math.sin((Math.PI * (i + 0.5)) / line.length) ** 0.6;
    return [p[0] - ((b[1] - a[1]) / size) * wide, p[1] + ((b[0] - a[0]) / size) * wide];
  });
  return [...line, ...inner.reverse()];
};

function* shoreFeatures({ land }: Divided): Generator<Feature> {
  const { world, plane, cells, communityOf } = land;
  const whole = outlineGroups(cells, (cell) => ((communityOf[cell] ?? -1) < 0 ? -1 : 0)).get(0) ?? [];
  const coast = whole[0]?.[0] ?? [];
  for (const beach of world.beaches) {
    const ring = beachRing(coast, plane.toMetres(beach.at), beach.metres);
    if (ring.length > 3)
      yield { kind: 'beach', rank: beach.rank, name: beach.name, en: beach.en, geometry: toArea([[ring]], plane, 5) };
  }
}

function* townFeatures({ land, blocks }: Divided): Generator<Feature> {
  const { world, plane, cells, buildings, roads } = land;
  const parks = new Set(buildings.filter((b) => b.pattern === 'park').map((b) => b.cell));
  const built = outlineGroups(cells, (cell) => cells.sites[cell]?.settlement ?? -1);
  for (const [i, shape] of [...built].sort((a, b) => a[0] - b[0])) {
    const plan = world.settlements[i];
    if (plan)
      yield {
        kind: plan.kind === 'industry' ? 'industry' : 'built',
        rank: plan.rank,
        name: plan.name,
        en: plan.en,
        geometry: toArea(shape, plane, 5),
      };
  }
  for (const cell of parks) {
    const block = blocks.find((b) => b.cells.includes(cell));
    const shape = land.shapeOf.get(cell);
    if (shape)
      yield {
        kind: 'park',
        rank: 4,
        name: `${block?.name.replace(/.街坊$/, '') ?? ''}公园`,
        en: `${block?.en.replace(/ Block.*/, '') ?? ''} Park`,
        geometry: toArea(shape, plane, 5),
      };
  }
  for (const { name, en, rank, line } of roads.main)
    yield {
      kind: 'road',
      rank,
      name,
      en,
      geometry: { type: 'LineString', coordinates: line.map(([x, y]) => plane.toDegrees(x, y, 5)) },
    };
}

/** Borders of a street joined end to end into as few lines as possible. */
const joinRuns = (lines: Metres[][]): Metres[][] => {
  const left = [...lines];
  const runs: Metres[][] = [];
  const same = (a?: Metres, b?: Metres) => a !== undefined && b !== undefined && distance(a[0], a[1], b[0], b[1]) < 1;
  for (let seed = left.pop(); seed; seed = left.pop()) {
    let run = [...seed];
    for (let grown = true; grown; ) {
      const i = left.findIndex((line) =>
        [line[0], line[line.length - 1]].some((end) => same(end, run[run.length - 1]) || same(end, run[0])),
      );
      grown = i >= 0;
      const [next] = grown ? left.splice(i, 1) : [];
      if (!next) continue;
      if (same(next[0], run[run.length - 1])) run = [...run, ...next.slice(1)];
      else if (same(next[next.length - 1], run[run.length - 1])) run = [...run, ...[...next].reverse().slice(1)];
      else if (same(next[next.length - 1], run[0])) run = [...next, ...run.slice(1)];
      else run = [...[...next].reverse(), ...run.slice(1)];
    }
    runs.push(run);
  }
  return runs;
};

function* streetFeatures({ land }: Divided): Generator<Feature> {
  const { plane, cells, roads } = land;
  for (const street of roads.streets) {
    for (const run of joinRuns(street.edges.map((edge) => cells.edges[edge]?.line ?? []))) {
      if (run.length < 2) continue;
      yield {
        kind: 'road',
        rank: street.rank,
        name: street.name,
        en: street.en,
        geometry: { type: 'LineString', coordinates: run.map(([x, y]) => plane.toDegrees(x, y, 5)) },
      };
    }
  }
}

/** Lanes that tie each settlement to the nearest main road. */
function* laneFeatures({ land }: Divided): Generator<Feature> {
  const { world, plane, roads } = land;
  const random = randomFor(`${land.size}:lanes`);
  for (const plan of world.settlements) {
    const [x, y] = plane.toMetres(plan.at);
    let best: Metres | undefined;
    let least = Infinity;
    for (const { line, rank } of roads.main) {
      if (rank === 1) continue;
      for (let i = 0; i + 1 < line.length; i++) {
        const [a, b] = [line[i], line[i + 1]];
        if (!a || !b) continue;
        const near = nearestOnSegment(x, y, a, b);
        if (near.distance < least)
          [best, least] = [[a[0] + (b[0] - a[0]) * near.share, a[1] + (b[1] - a[1]) * near.share], near.distance];
      }
    }
    const reach = Math.min(...plan.radius);
    if (!best || least < reach + 60) continue;
    const start: Metres = [x + ((best[0] - x) * reach) / least, y + ((best[1] - y) * reach) / least];
    const line = smooth(
      roughen([start, best], random, 3, () => 0.08),
      2,
    );
    yield {
      kind: 'road',
      rank: 4,
      name: `${plan.name}连接路`,
      en: `${plan.en} Link`,
      geometry: { type: 'LineString', coordinates: line.map(([px, py]) => plane.toDegrees(px, py, 5)) },
    };
  }
}

function* labelFeatures({ land }: Divided): Generator<Feature> {
  const { world, plane } = land;
  const put = (item: { name: string; en: string; rank: number }, at: LngLat): Feature => ({
    kind: 'place',
    rank: item.rank,
    name: item.name,
    en: item.en,
    geometry: { type: 'Point', coordinates: at },
  });
  for (const label of world.labels) yield put(label, label.at);
  for (const plan of world.settlements) if (plan.kind !== 'industry') yield put(plan, plan.at);
  for (const peak of world.peaks) yield { ...put(peak, peak.at), metres: peak.metres };
  for (const beach of world.beaches) yield put(beach, beach.at);
  for (const pond of world.reservoirs)
    yield put({ ...pond, rank: 5 }, plane.toDegrees(...ringCenter(pondRing(land, pond)), 5));
}

/** Features of the offline base map, in drawing order: water below, labels on top. */
export function* baseFeatureRows(divided: Divided): Generator<unknown[]> {
  let id = 1;
  const parts = [
    groundFeatures,
    reliefFeatures,
    waterFeatures,
    shoreFeatures,
    townFeatures,
    laneFeatures,
    streetFeatures,
    labelFeatures,
  ];
  for (const part of parts)
    for (const { kind, rank, name, en, metres, geometry } of part(divided))
      yield [id++, kind, rank, name ?? null, en ?? null, metres ?? null, geometry];
}
