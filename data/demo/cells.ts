import { Delaunay } from 'd3-delaunay';
import { distance, fractalOf, type Metres } from './plane';

/** What a cell is: its ground, and where in its settlement's lattice of streets it lies. */
export type Ground = 'town' | 'village' | 'industry' | 'beach' | 'hill' | 'farm' | 'water' | 'sea' | 'outside';
export type Site = {
  x: number;
  y: number;
  ground: Ground;
  /** Index of the settlement, -1 in the open. */
  settlement: number;
  row: number;
  column: number;
};

/** Border between two cells, drawn once, so that whatever is built of cells fits without gap or overlap. */
type Edge = {
  /** Cells on the left and right when walking `line`. */
  left: number;
  right: number;
  from: number;
  to: number;
  line: Metres[];
};

export type Cells = { sites: Site[]; edges: Edge[]; edgesOf: number[][]; neighboursOf: number[][] };

const isOpen = (site: Site) => site.ground === 'sea' || site.ground === 'outside';

/** Metres between points of a drawn border and how far it may stray, by what it separates. */
const styleOf = (a: Site, b: Site): { step: number; stray: number } => {
  if (isOpen(a) !== isOpen(b)) {
    const land = isOpen(a) ? b : a;
    return { step: 18, stray: land.ground === 'beach' ? 0.03 : 0.8 };
  }
  if (isOpen(a)) return { step: 1e9, stray: 0 };
  if (a.settlement >= 0 || b.settlement >= 0) return { step: 1e9, stray: 0 };
  return { step: 55, stray: 0.2 };
};

/** How far a border may leave the straight line at share `t` without leaving the kite of its two sites. */
const roomAt = (t: number, foot: number, height: number): number =>
  height * Math.min(foot > 0 ? t / foot : Infinity, foot < 1 ? (1 - t) / (1 - foot) : Infinity) * 0.8;

const drawBorder = (a: Metres, b: Metres, left: Site, right: Site, noise: (x: number, y: number) => number) => {
  const length = distance(a[0], a[1], b[0], b[1]);
  const { step, stray } = styleOf(left, right);
  const n = Math.floor(length / step);
  if (n < 2 || stray === 0) return [a, b];
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const foot = ((left.x - a[0]) * ux + (left.y - a[1]) * uy) / length;
  const height = Math.abs((left.x - a[0]) * uy - (left.y - a[1]) * ux);
  const line: Metres[] = [a];
  for (let k = 1; k < n; k++) {
    const t = k / n;
    const [x, y] = [a[0] + ux * length * t, a[1] + uy * length * t];
    const room = Math.max(0, roomAt(t, foot, height));
    const push = Math.max(-room, Math.min(room, noise(x, y) * stray * Math.min(length, 700) * 4 * t * (1 - t)));
    line.push([x - uy * push, y + ux * push]);
  }
  line.push(b);
  return line;
};

/** Joins corners that all but coincide, so that streets cross instead of jogging. */
const joinCorners = (delaunay: Delaunay<unknown>, corner: (t: number) => Metres, sites: Site[]): Int32Array => {
  const { halfedges, triangles } = delaunay;
  const root = Int32Array.from({ length: triangles.length / 3 }, (_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (root[at] !== at) at = root[at] ?? at;
    return at;
  };
  for (let e = 0; e < halfedges.length; e++) {
    const twin = halfedges[e] ?? -1;
    if (twin < e) continue;
    const [s, t] = [find(Math.floor(e / 3)), find(Math.floor(twin / 3))];
    const [a, b] = [corner(s), corner(t)];
    const [p, q] = [sites[triangles[e] ?? 0], sites[triangles[e % 3 === 2 ? e - 2 : e + 1] ?? 0]];
    if (!p || !q || s === t) continue;
    const reach = p.settlement >= 0 ? 16 : isOpen(p) !== isOpen(q) ? 26 : 4;
    if (distance(a[0], a[1], b[0], b[1]) < reach) root[t] = s;
  }
  return root.map((_, i) => find(i));
};

const edgesBetween = (sites: Site[], delaunay: Delaunay<unknown>): Edge[] => {
  const { halfedges, triangles } = delaunay;
  const centers = delaunay.voronoi([-1e7, -1e7, 1e7, 1e7]).circumcenters;
  const corner = (t: number): Metres => [centers[2 * t] ?? 0, centers[2 * t + 1] ?? 0];
  const root = joinCorners(delaunay, corner, sites);
  const noise = fractalOf(11, 170);
  const edges: Edge[] = [];
  for (let e = 0; e < halfedges.length; e++) {
    const twin = halfedges[e] ?? -1;
    if (twin < e) continue;
    const [from, to] = [root[Math.floor(e / 3)] ?? 0, root[Math.floor(twin / 3)] ?? 0];
    const [i, j] = [triangles[e] ?? 0, triangles[e % 3 === 2 ? e - 2 : e + 1] ?? 0];
    const [p, q] = [sites[i], sites[j]];
    if (from === to || !p || !q) continue;
    const [a, b] = [corner(from), corner(to)];
    const isLeft = (b[0] - a[0]) * (p.y - q.y) - (b[1] - a[1]) * (p.x - q.x) > 0;
    const [left, right] = isLeft ? [i, j] : [j, i];
    const line = drawBorder(a, b, isLeft ? p : q, isLeft ? q : p, noise);
    edges.push({ left, right, from, to, line });
  }
  return edges;
};

/** Cells around the sites (Voronoi) with their shared borders. */
export const buildCells = (sites: Site[]): Cells => {
  const delaunay = Delaunay.from(
    sites,
    (site) => site.x,
    (site) => site.y,
  );
  const edges = edgesBetween(sites, delaunay);
  const edgesOf: number[][] = sites.map(() => []);
  const neighboursOf: number[][] = sites.map(() => []);
  edges.forEach((edge, i) => {
    edgesOf[edge.left]?.push(i);
    edgesOf[edge.right]?.push(i);
    neighboursOf[edge.left]?.push(edge.right);
    neighboursOf[edge.right]?.push(edge.left);
  });
  return { sites, edges, edgesOf, neighboursOf };
};
