import Flatbush from 'flatbush';
import createGraph, { type Graph, type NodeId } from 'ngraph.graph';
import type { LngLat } from '@/data/model/geo';
import { roadSpeeds } from '@/data/model/road';

export type RoadLine = { rank: number; line: LngLat[] };
export type RoadNode = { x: number; y: number; component: number };
export type RoadLink = { metres: number; seconds: number };

/** Road graph in metres on a plane around the middle of its roads. */
export type RoadGraph = {
  graph: Graph<RoadNode, RoadLink>;
  toMetres: (position: LngLat) => [number, number];
  toDegrees: (x: number, y: number) => LngLat;
};

/** Points closer than this are one node. */
const sameMetres = 2;
/** A road that ends this near to another joins it: streets are drawn along blocks, main roads apart from them. */
const joinMetres = 45;

type Segment = { ax: number; ay: number; bx: number; by: number; rank: number; cuts: number[] };

const metresPerSecond = (rank: number): number => {
  const known = rank === 1 || rank === 2 || rank === 3 || rank === 4 ? rank : 5;
  return roadSpeeds[known] / 3.6;
};

const planeOf = (roads: readonly RoadLine[]) => {
  const first = roads[0]?.line[0] ?? [0, 0];
  const metresLat = 111_195;
  const metresLng = metresLat * Math.cos((first[1] * Math.PI) / 180);
  const toMetres = ([lng, lat]: LngLat): [number, number] => [
    (lng - first[0]) * metresLng,
    (lat - first[1]) * metresLat,
  ];
  const toDegrees = (x: number, y: number): LngLat => [first[0] + x / metresLng, first[1] + y / metresLat];
  return { toMetres, toDegrees };
};

const segmentsOf = (lines: readonly { rank: number; points: [number, number][] }[]): Segment[] =>
  lines.flatMap(({ rank, points }) =>
    points.slice(1).map(([bx, by], i) => {
      const [ax, ay] = points[i] ?? [bx, by];
      return { ax, ay, bx, by, rank, cuts: [0, 1] };
    }),
  );

const indexOf = (segments: readonly Segment[]): Flatbush => {
  const index = new Flatbush(Math.max(1, segments.length));
  for (const { ax, ay, bx, by } of segments)
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  if (segments.length === 0) index.add(0, 0, 0, 0);
  index.finish();
  return index;
};

/** Shares along two segments at which they cross; null = they do not. */
const crossing = (a: Segment, b: Segment): [number, number] | null => {
  const [dx, dy, ex, ey] = [a.bx - a.ax, a.by - a.ay, b.bx - b.ax, b.by - b.ay];
  const cross = dx * ey - dy * ex;
  if (Math.abs(cross) < 1e-9) return null;
  const t = ((b.ax - a.ax) * ey - (b.ay - a.ay) * ex) / cross;
  const u = ((b.ax - a.ax) * dy - (b.ay - a.ay) * dx) / cross;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [t, u] : null;
};

const cutCrossings = (segments: readonly Segment[], index: Flatbush): void => {
  segments.forEach((a, i) => {
    const box = [Math.min(a.ax, a.bx), Math.min(a.ay, a.by), Math.max(a.ax, a.bx), Math.max(a.ay, a.by)] as const;
    for (const j of index.search(...box)) {
      const b = segments[j];
      if (!b || j <= i) continue;
      const shares = crossing(a, b);
      if (!shares) continue;
      a.cuts.push(shares[0]);
      b.cuts.push(shares[1]);
    }
  });
};

/** Where on a segment a point lies nearest: its share along it, and how far off. */
const nearestOn = ({ ax, ay, bx, by }: Segment, x: number, y: number): { share: number; metres: number } => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return { share, metres: Math.hypot(ax + dx * share - x, ay + dy * share - y) };
};

type Join = { from: [number, number]; to: [number, number]; rank: number };

/** Ends of roads tied to every other road that passes close by, so that what meets on the ground meets in the graph. */
const joinEnds = (
  ends: readonly { at: [number, number]; rank: number }[],
  segments: readonly Segment[],
  index: Flatbush,
): Join[] =>
  ends.flatMap(({ at: [x, y], rank }) =>
    index.search(x - joinMetres, y - joinMetres, x + joinMetres, y + joinMetres).flatMap((i): Join[] => {
      const segment = segments[i];
      if (!segment) return [];
      const { share, metres } = nearestOn(segment, x, y);
      if (metres > joinMetres) return [];
      segment.cuts.push(share);
      if (metres < sameMetres) return [];
      const { ax, ay, bx, by } = segment;
      return [{ from: [x, y], to: [ax + (bx - ax) * share, ay + (by - ay) * share], rank: Math.max(rank, 4) }];
    }),
  );

/** Hands out one node for all points within `sameMetres`. */
const nodeMaker = (graph: Graph<RoadNode, RoadLink>) => {
  const cells = new Map<string, NodeId[]>();
  let next = 0;
  const cellOf = (value: number) => Math.floor(value / sameMetres);
  return (x: number, y: number): NodeId => {
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (const id of cells.get(`${cellOf(x) + i} ${cellOf(y) + j}`) ?? []) {
          const node = graph.getNode(id);
          if (node && Math.hypot(node.data.x - x, node.data.y - y) <= sameMetres) return id;
        }
    const id = next++;
    graph.addNode(id, { x, y, component: -1 });
    const cell = `${cellOf(x)} ${cellOf(y)}`;
    cells.set(cell, [...(cells.get(cell) ?? []), id]);
    return id;
  };
};

const addLink = (graph: Graph<RoadNode, RoadLink>, from: NodeId, to: NodeId, rank: number): void => {
  const [a, b] = [graph.getNode(from)?.data, graph.getNode(to)?.data];
  if (!a || !b || from === to) return;
  const metres = Math.hypot(a.x - b.x, a.y - b.y);
  const seconds = metres / metresPerSecond(rank);
  const known = graph.getLink(from, to) ?? graph.getLink(to, from);
  if (known) known.data = { metres, seconds: Math.min(known.data.seconds, seconds) };
  else graph.addLink(from, to, { metres, seconds });
};

/** Numbers the parts of the graph that hang together. */
const markComponents = (graph: Graph<RoadNode, RoadLink>): void => {
  let component = 0;
  graph.forEachNode((start) => {
    if (start.data.component >= 0) return;
    const waiting = [start];
    start.data.component = component;
    for (let node = waiting.pop(); node; node = waiting.pop())
      graph.forEachLinkedNode(
        node.id,
        (other) => {
          if (other.data.component >= 0) return;
          other.data.component = component;
          waiting.push(other);
        },
        false,
      );
    component++;
  });
};

/** Graph of a road map: nodes at vertices, at crossings and where an end comes close to another road. */
export const buildRoadGraph = (roads: readonly RoadLine[]): RoadGraph => {
  const { toMetres, toDegrees } = planeOf(roads);
  const lines = roads.map(({ rank, line }) => ({ rank, points: line.map(toMetres) }));
  const segments = segmentsOf(lines);
  const index = indexOf(segments);
  cutCrossings(segments, index);
  const ends = lines.flatMap(({ rank, points }) =>
    [points[0], points.at(-1)].flatMap((at) => (at ? [{ at, rank }] : [])),
  );
  const joins = joinEnds(ends, segments, index);
  const graph = createGraph<RoadNode, RoadLink>();
  const nodeAt = nodeMaker(graph);
  for (const { ax, ay, bx, by, rank, cuts } of segments) {
    const ids = cuts.sort((a, b) => a - b).map((share) => nodeAt(ax + (bx - ax) * share, ay + (by - ay) * share));
    ids.slice(1).forEach((id, i) => {
      addLink(graph, ids[i] ?? id, id, rank);
    });
  }
  for (const { from, to, rank } of joins) addLink(graph, nodeAt(...from), nodeAt(...to), rank);
  markComponents(graph);
  return { graph, toMetres, toDegrees };
};
