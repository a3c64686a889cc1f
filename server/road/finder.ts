import Flatbush from 'flatbush';
import type { NodeId } from 'ngraph.graph';
import { aStar } from 'ngraph.path';
import type { LngLat } from '@/data/model/geo';
import { type Route, roadSpeeds } from '@/data/model/road';
import type { RoadGraph, RoadLink, RoadNode } from './graph';

/** Where a place meets the roads: its node and the seconds on foot from the place to it. */
export type Entry = { node: NodeId; component: number; seconds: number; metres: number };

/** A place farther than this from every road is not reached by one. */
const entryMetres = 1_500;
/** Parts of the graph with fewer nodes are drawn pieces of road, not a network. */
const leastNodes = 20;

const walkSpeed = roadSpeeds.walk / 3.6;
const topSpeed = Math.max(...Object.values(roadSpeeds)) / 3.6;

export type RoadFinder = {
  entryOf: (position: LngLat) => Entry | null;
  /** The quickest way, or a straight line at walking pace where no road joins the two. */
  route: (from: LngLat, to: LngLat) => Route;
  metresBetween: (a: LngLat, b: LngLat) => number;
  /** No way between two places this far apart is quicker. */
  leastMinutes: (metres: number) => number;
};

/** Nodes of the parts that are networks, with an index over them. */
const networkOf = ({ graph }: RoadGraph) => {
  const sizes = new Map<number, number>();
  graph.forEachNode(({ data: { component } }) => {
    sizes.set(component, (sizes.get(component) ?? 0) + 1);
  });
  const nodes: { id: NodeId; data: RoadNode }[] = [];
  graph.forEachNode(({ id, data }) => {
    if ((sizes.get(data.component) ?? 0) >= leastNodes) nodes.push({ id, data });
  });
  const index = new Flatbush(Math.max(1, nodes.length));
  for (const { data } of nodes) index.add(data.x, data.y, data.x, data.y);
  if (nodes.length === 0) index.add(0, 0, 0, 0);
  index.finish();
  return { nodes, index };
};

/** Finds ways over a road graph: quickest by time, roads at the speed of their rank, the rest on foot. */
export const makeRoadFinder = (roads: RoadGraph): RoadFinder => {
  const { graph, toMetres, toDegrees } = roads;
  const { nodes, index } = networkOf(roads);
  const finder = aStar<RoadNode, RoadLink>(graph, {
    distance: (_from, _to, link) => link.data.seconds,
    heuristic: ({ data: a }, { data: b }) => Math.hypot(a.x - b.x, a.y - b.y) / topSpeed,
  });
  const metresBetween = (a: LngLat, b: LngLat): number => {
    const [[ax, ay], [bx, by]] = [toMetres(a), toMetres(b)];
    return Math.hypot(ax - bx, ay - by);
  };
  const entryOf = (position: LngLat): Entry | null => {
    const [x, y] = toMetres(position);
    const node = nodes[index.neighbors(x, y, 1, entryMetres)[0] ?? -1];
    if (!node) return null;
    const metres = Math.hypot(node.data.x - x, node.data.y - y);
    return { node: node.id, component: node.data.component, metres, seconds: metres / walkSpeed };
  };
  const straight = (from: LngLat, to: LngLat): Route => {
    const metres = metresBetween(from, to);
    return { isByRoad: false, minutes: metres / walkSpeed / 60, metres, line: [], walks: [[from, to]] };
  };
  const route = (from: LngLat, to: LngLat): Route => {
    const [start, end] = [entryOf(from), entryOf(to)];
    if (!start || !end || start.component !== end.component) return straight(from, to);
    const path = start.node === end.node ? [graph.getNode(start.node)] : finder.find(start.node, end.node).reverse();
    const stops = path.filter((node) => node !== undefined);
    let [seconds, metres] = [start.seconds + end.seconds, start.metres + end.metres];
    stops.slice(1).forEach((node, i) => {
      const before = stops[i];
      const link = before && (graph.getLink(before.id, node.id) ?? graph.getLink(node.id, before.id));
      seconds += link?.data.seconds ?? 0;
      metres += link?.data.metres ?? 0;
    });
    const line = stops.map(({ data }) => toDegrees(data.x, data.y));
    const walks: Route['walks'] = [
      [from, line[0] ?? to],
      [line.at(-1) ?? from, to],
    ];
    return { isByRoad: true, minutes: seconds / 60, metres, line, walks };
  };
  return { entryOf, route, metresBetween, leastMinutes: (metres) => metres / topSpeed / 60 };
};
