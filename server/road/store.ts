import { asc, eq } from 'drizzle-orm';
import type { Connection } from '../db/client';
import { base_feature } from '../db/schema';
import { beyondScope } from '../db/scoped';
import { readMapVersion } from '../tile/store';
import { makeRoadFinder, type RoadFinder } from './finder';
import { buildRoadGraph, type RoadLine } from './graph';

/** Every road of the base map (道路), the widest first. */
export const readRoads = async ({ db }: Connection): Promise<RoadLine[]> => {
  const rows = await db
    .select({ rank: base_feature.rank, geometry: base_feature.geometry })
    .from(base_feature)
    .where(eq(base_feature.kind, 'road'))
    .orderBy(asc(base_feature.rank), asc(base_feature.id));
  return rows.flatMap(({ rank, geometry }) =>
    geometry.type === 'LineString' ? [{ rank, line: geometry.coordinates }] : [],
  );
};

/** Next.js bundles routes apart from one another: the graph lives on the process, one a version of the map. */
const shared = globalThis as {
  gridhallRoads?: WeakMap<Connection['sql'], { version: string; finder: Promise<RoadFinder> }>;
};

/** The road finder of this database, built when first asked for and again when the map changes. */
export const roadFinderOf = async (asked: Connection): Promise<RoadFinder> => {
  // Kept for all: roads of the base map, which everybody sees.
  const connection = beyondScope(asked);
  shared.gridhallRoads ??= new WeakMap();
  const kept = shared.gridhallRoads;
  const version = await readMapVersion(connection);
  const known = kept.get(connection.sql);
  if (known?.version === version) return known.finder;
  const finder = readRoads(connection).then((roads) => makeRoadFinder(buildRoadGraph(roads)));
  kept.set(connection.sql, { version, finder });
  finder.catch(() => kept.delete(connection.sql));
  return finder;
};
