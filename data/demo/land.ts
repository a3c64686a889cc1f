import { buildCells, type Cells } from './cells';
import { fillBlock } from './fill';
import { assignCommunities } from './group';
import { outlineGroups, type Shape } from './outline';
import { openPattern, townPattern } from './pattern';
import { type Metres, type Plane, planeAt } from './plane';
import { type Random, randomFor } from './random';
import { drawRoads, type Roads } from './road';
import type { Shell } from './shell';
import { drawShore, type Shore } from './shore';
import { laySites } from './sites';
import { drawTerrain, type Terrain } from './terrain';
import { type World, worldOf } from './world';

/** A building standing in a cell. */
export type Standing = Shell & { cell: number };

/** The ground with all that stands on it, before it is divided and numbered. Distances in metres. */
export type Land = {
  size: 'tiny' | 'district';
  world: World;
  plane: Plane;
  shore: Shore;
  terrain: Terrain;
  cells: Cells;
  shapeOf: Map<number, Shape>;
  roads: Roads;
  /** Index into `world.communities`; -1 = not land. */
  communityOf: Int16Array;
  buildings: Standing[];
};

const buildOver = (land: Omit<Land, 'buildings'>, random: Random): Standing[] => {
  const { cells, world, shapeOf, roads, communityOf } = land;
  const standing: Standing[] = [];
  cells.sites.forEach((site, cell) => {
    if ((communityOf[cell] ?? -1) < 0) return;
    const plan = world.settlements[site.settlement];
    const pattern = plan ? townPattern(site, plan, random) : openPattern(site, random);
    const ring = shapeOf.get(cell)?.[0]?.[0];
    if (!ring || pattern === 'none') return;
    const back = plan ? (plan.kind === 'town' || plan.kind === 'industry' ? 5.5 : 3.5) : 14;
    const ground: Metres[] = plan ? ring : shrink(ring, site, pattern === 'hamlet' ? 0.5 : 0.7);
    for (const shell of fillBlock(ground, pattern, back, random)) {
      const radius = Math.sqrt(shell.areaSqm / shell.storeys) * 0.6;
      if (roads.isClear(shell.x, shell.y, radius)) standing.push({ ...shell, cell });
    }
  });
  return standing;
};

/** The heart of a large open cell, where its few houses stand together. */
const shrink = (ring: Metres[], { x, y }: { x: number; y: number }, share: number): Metres[] => {
  const reach = 75;
  return ring.map(([px, py]) => {
    const d = Math.hypot(px - x, py - y);
    const k = Math.min(share, (share * reach * 2) / Math.max(d, 1));
    return [x + (px - x) * k, y + (py - y) * k];
  });
};

/** Draws a world: shore, relief, cells, communities, roads, buildings. */
export const drawLand = (size: 'tiny' | 'district'): Land => {
  const world = worldOf(size);
  const plane = planeAt(world.origin);
  const shore = drawShore(world, plane, randomFor(`${size}:shore`));
  const terrain = drawTerrain(world, plane, shore);
  const cells = buildCells(laySites(world, plane, shore, randomFor(`${size}:sites`), size === 'tiny' ? 60 : 150));
  const isOpen = (cell: number) => ['sea', 'outside'].includes(cells.sites[cell]?.ground ?? 'sea');
  const shapeOf = outlineGroups(cells, (cell) => (isOpen(cell) ? -1 : cell));
  const communityOf = assignCommunities(cells, world, plane);
  const roads = drawRoads(world, plane, cells, randomFor(`${size}:streets`));
  const draft = { size, world, plane, shore, terrain, cells, shapeOf, roads, communityOf };
  return { ...draft, buildings: buildOver(draft, randomFor(`${size}:buildings`)) };
};
