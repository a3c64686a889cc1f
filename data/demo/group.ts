import type { Cells } from './cells';
import { isInRing, type Metres, type Plane } from './plane';
import type { World } from './world';

/** Index of the community each cell belongs to; -1 in the sea and abroad. */
export const assignCommunities = (cells: Cells, world: World, plane: Plane): Int16Array => {
  const norths = world.divides.map(({ north, line }) => {
    const ring: Metres[] = line.map(plane.toMetres);
    const [first, last] = [ring[0], ring[ring.length - 1]];
    if (first && last) ring.push([last[0], 1e6], [first[0], 1e6]);
    return { north, ring };
  });
  const last = world.subdistricts[world.subdistricts.length - 1]?.code ?? '';
  const seeds = world.communities.flatMap((community, index) =>
    community.seeds.map((seed) => ({ index, parent: community.code.slice(0, 9), at: plane.toMetres(seed) })),
  );
  const communityOf = Int16Array.from(cells.sites, (site) => {
    if (site.ground === 'sea' || site.ground === 'outside') return -1;
    const parent = norths.find(({ ring }) => isInRing(site.x, site.y, ring))?.north ?? last;
    let [best, least] = [-1, Infinity];
    for (const seed of seeds) {
      const d = Math.hypot(seed.at[0] - site.x, seed.at[1] - site.y);
      if (seed.parent === parent && d < least) [best, least] = [seed.index, d];
    }
    return best;
  });
  joinStrays(cells, communityOf, () => true);
  return communityOf;
};

/** Connected parts of each group, largest first. */
const partsOf = (cells: Cells, groupOf: ArrayLike<number>): Map<number, number[][]> => {
  const parts = new Map<number, number[][]>();
  const seen = new Uint8Array(cells.sites.length);
  for (let start = 0; start < cells.sites.length; start++) {
    const group = groupOf[start] ?? -1;
    if (group < 0 || seen[start]) continue;
    const part = [start];
    seen[start] = 1;
    for (let i = 0; i < part.length; i++) {
      for (const next of cells.neighboursOf[part[i] ?? 0] ?? []) {
        if (seen[next] || groupOf[next] !== group) continue;
        seen[next] = 1;
        part.push(next);
      }
    }
    parts.set(group, [...(parts.get(group) ?? []), part]);
  }
  for (const list of parts.values()) list.sort((a, b) => b.length - a.length);
  return parts;
};

/** Gives every cut-off part of a group to the neighbour it touches most, where `mayJoin` allows; islets stay. */
export const joinStrays = (
  cells: Cells,
  groupOf: Int16Array | Int32Array,
  mayJoin: (cell: number, neighbour: number) => boolean,
): void => {
  for (const [group, parts] of partsOf(cells, groupOf)) {
    for (const part of parts.slice(1)) {
      const touches = new Map<number, number>();
      for (const cell of part) {
        for (const next of cells.neighboursOf[cell] ?? []) {
          const other = groupOf[next] ?? -1;
          if (other >= 0 && other !== group && mayJoin(cell, next)) touches.set(other, (touches.get(other) ?? 0) + 1);
        }
      }
      const [best] = [...touches].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      if (best) for (const cell of part) groupOf[cell] = best[0];
    }
  }
};

/** Halves the cells again and again along their longer axis, so that the parts weigh about the same. */
export const bisect = (
  cells: Cells,
  members: number[],
  parts: number,
  weightOf: (cell: number) => number,
): number[][] => {
  if (parts <= 1 || members.length <= 1) return [members];
  const at = (cell: number) => cells.sites[cell] ?? { x: 0, y: 0 };
  let [mx, my, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (const cell of members) {
    mx += at(cell).x / members.length;
    my += at(cell).y / members.length;
  }
  for (const cell of members) {
    const [dx, dy] = [at(cell).x - mx, at(cell).y - my];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const along = (cell: number) => at(cell).x * Math.cos(angle) + at(cell).y * Math.sin(angle);
  const sorted = [...members].sort((a, b) => along(a) - along(b));
  const first = Math.floor(parts / 2);
  const goal = (sorted.reduce((sum, cell) => sum + weightOf(cell), 0) * first) / parts;
  let [sum, cut] = [0, 0];
  while (cut < sorted.length - 1) {
    const weight = weightOf(sorted[cut] ?? 0);
    if (cut > 0 && sum + weight / 2 > goal) break;
    sum += weight;
    cut++;
  }
  return [
    ...bisect(cells, sorted.slice(0, cut), first, weightOf),
    ...bisect(cells, sorted.slice(cut), parts - first, weightOf),
  ];
};

/** Grows patches of about `size` from each free cell over neighbours that are alike. */
export const growPatches = (
  cells: Cells,
  members: number[],
  isAlike: (a: number, b: number) => boolean,
  sizeOf: (cell: number) => number,
  limitOf: (cell: number) => number,
): number[][] => {
  const free = new Set(members);
  const patches: number[][] = [];
  for (const start of members) {
    if (!free.delete(start)) continue;
    const patch = [start];
    let size = sizeOf(start);
    for (let i = 0; i < patch.length && size < limitOf(start); i++) {
      for (const next of cells.neighboursOf[patch[i] ?? 0] ?? []) {
        if (size >= limitOf(start) || !free.has(next) || !isAlike(start, next)) continue;
        free.delete(next);
        patch.push(next);
        size += sizeOf(next);
      }
    }
    patches.push(patch);
  }
  return patches;
};
