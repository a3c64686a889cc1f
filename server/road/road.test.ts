import { describe, expect, test } from 'vitest';
import { baseFeatureRows } from '@/data/demo/basemap';
import { divideLand } from '@/data/demo/division';
import { drawLand } from '@/data/demo/land';
import { randomFor } from '@/data/demo/random';
import type { LineString, LngLat } from '@/data/model/geo';
import { startOf } from '@/data/model/road';
import { type NearestAsset, orderByRoad } from '../asset/nearest';
import { makeRoadFinder } from './finder';
import { buildRoadGraph, type RoadGraph, type RoadLine } from './graph';

/** A point so many metres east and north of 114.5, 22.5. */
const at = (east: number, north: number): LngLat => [
  114.5 + east / (111_195 * Math.cos((22.5 * Math.PI) / 180)),
  22.5 + north / 111_195,
];

/** A long road with vertices every 50 m, so that it counts as a network. */
const long = (rank: number, from: [number, number], to: [number, number]): RoadLine => {
  const n = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 50);
  const line = Array.from({ length: n + 1 }, (_, i) =>
    at(from[0] + ((to[0] - from[0]) * i) / n, from[1] + ((to[1] - from[1]) * i) / n),
  );
  return { rank, line };
};

describe('a road map as a graph', () => {
  test('roads that cross without a common vertex meet; the way follows them', () => {
    const roads = buildRoadGraph([long(3, [0, 0], [2000, 0]), long(3, [1010, -1000], [1010, 1000])]);
    const way = makeRoadFinder(roads).route(at(0, 0), at(1010, 1000));
    expect(way.isByRoad).toBe(true);
    expect(way.metres).toBeCloseTo(2010, -1);
    expect(way.minutes).toBeCloseTo(2010 / (30 / 3.6) / 60, 1);
  });

  test('what lies off the roads is told apart from what lies on them', () => {
    const finder = makeRoadFinder(buildRoadGraph([long(3, [0, 0], [2000, 0])]));
    const [door, place] = [at(100, 80), at(1900, -60)];
    const { line, walks } = finder.route(door, place);
    expect(walks).toEqual([
      [door, line[0]],
      [line.at(-1), place],
    ]);
    for (const [, lat] of line) expect(lat).toBeCloseTo(22.5, 6);
    expect(startOf({ line, walks })).toEqual(door);
    expect(startOf({ line, walks: walks.slice(1) })).toEqual(line[0]);
    const apart = makeRoadFinder(buildRoadGraph([])).route(door, place);
    expect([apart.line, apart.walks]).toEqual([[], [[door, place]]]);
    expect([startOf(apart), startOf({ line: [], walks: [] })]).toEqual([door, null]);
  });

  test('a street that ends near another road joins it, one that ends far from it does not', () => {
    const near = makeRoadFinder(buildRoadGraph([long(3, [0, 0], [2000, 0]), long(5, [500, 30], [500, 1500])])).route(
      at(0, 0),
      at(500, 1500),
    );
    expect([near.isByRoad, Math.round(near.metres / 10)]).toEqual([true, 200]);
    const far = makeRoadFinder(buildRoadGraph([long(3, [0, 0], [2000, 0]), long(5, [500, 200], [500, 1500])])).route(
      at(0, 0),
      at(500, 1500),
    );
    expect(far.isByRoad).toBe(false);
    expect(far.minutes).toBeCloseTo(Math.hypot(500, 1500) / (5 / 3.6) / 60, 1);
  });

  test('a place far from every road, and a map without roads, are reached by a straight line alone', () => {
    const finder = makeRoadFinder(buildRoadGraph([long(2, [0, 0], [3000, 0])]));
    expect(finder.route(at(0, 0), at(1000, 2500)).isByRoad).toBe(false);
    expect(makeRoadFinder(buildRoadGraph([])).route(at(0, 0), at(300, 0))).toMatchObject({ isByRoad: false });
  });

  test('the quicker of two ways is taken, not the shorter', () => {
    const slow = long(5, [0, 0], [3000, 0]);
    const fast = [long(1, [0, 0], [0, 300]), long(1, [0, 300], [3000, 300]), long(1, [3000, 300], [3000, 0])];
    const way = makeRoadFinder(buildRoadGraph([slow, ...fast])).route(at(0, 0), at(3000, 0));
    expect(Math.round(way.metres / 10)).toBe(360);
  });
});

const districtRoads = (): RoadLine[] => {
  const roads: RoadLine[] = [];
  for (const [, kind, rank, , , , geometry] of baseFeatureRows(divideLand(drawLand('district'))))
    if (kind === 'road') roads.push({ rank: rank as number, line: (geometry as LineString).coordinates });
  return roads;
};

/** Seconds from one node to every other, by the textbook: no heuristic, no index. */
const dijkstra = ({ graph }: RoadGraph, start: number | string): Map<number | string, number> => {
  const done = new Map<number | string, number>();
  const open = new Map<number | string, number>([[start, 0]]);
  while (open.size > 0) {
    let [next, least]: [number | string, number] = [start, Number.POSITIVE_INFINITY];
    for (const [id, seconds] of open) if (seconds < least) [next, least] = [id, seconds];
    open.delete(next);
    done.set(next, least);
    graph.forEachLinkedNode(
      next,
      ({ id }, link) => {
        const seconds = least + link.data.seconds;
        if (!done.has(id) && seconds < (open.get(id) ?? Number.POSITIVE_INFINITY)) open.set(id, seconds);
      },
      false,
    );
  }
  return done;
};

test('the order of forces is that of brute force over the whole district, for 50 points', () => {
  const roads = buildRoadGraph(districtRoads());
  const finder = makeRoadFinder(roads);
  const random = randomFor('road test');
  const somewhere = (): LngLat => {
    const node = roads.graph.getNode(random.whole(0, roads.graph.getNodesCount() - 1));
    const [x, y] = [(node?.data.x ?? 0) + random.normal() * 150, (node?.data.y ?? 0) + random.normal() * 150];
    return roads.toDegrees(x, y);
  };
  const forces = Array.from({ length: 400 }, (_, i) => ({
    id: `f${String(i).padStart(3, '0')}`,
    position: somewhere(),
  }));
  for (let round = 0; round < 50; round++) {
    const place = somewhere();
    const entry = finder.entryOf(place);
    if (!entry) throw new Error('The place lies on no road.');
    const seconds = dijkstra(roads, entry.node);
    const wanted = forces
      .flatMap(({ id, position }) => {
        const end = finder.entryOf(position);
        const way = end && seconds.get(end.node);
        return end && way !== null && way !== undefined
          ? [{ id, minutes: (entry.seconds + way + end.seconds) / 60 }]
          : [];
      })
      .sort((a, b) => a.minutes - b.minutes || (a.id < b.id ? -1 : 1))
      .slice(0, 5);
    const candidates = forces
      .map(({ id, position }) => {
        const words = { group: 'force', type: 'T05', name: id, nameEn: id, number: null, community: null };
        return { id, ...words, position, apart: finder.metresBetween(position, place) };
      })
      .sort((a, b) => a.apart - b.apart);
    const found: NearestAsset[] = orderByRoad(candidates, place, 5, finder);
    expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    found.forEach(({ minutes }, i) => {
      expect(minutes).toBeCloseTo(wanted[i]?.minutes ?? 0, 6);
    });
  }
}, 120_000);
