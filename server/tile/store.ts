import { createHash } from 'node:crypto';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { type BuildingIndex, type BuildingRow, packBuildings } from './building-index';

/**
 * Version of everything the map is drawn from: rises when the installation is seeded anew or a batch is imported.
 * Short hex text; part of every ETag.
 */
export const readMapVersion = async ({ db, sql }: Connection): Promise<string> => {
  const installation = await readInstallation(db);
  const [row] = await sql<{ batch: number }[]>`select coalesce(max(id), 0)::int as batch from import_batch`;
  return createHash('sha256')
    .update(JSON.stringify([installation, row?.batch ?? 0]))
    .digest('hex')
    .slice(0, 16);
};

/** Path and level (1 province … 6 grid) of every division, for cutting tiles to a territory and ranking borders. */
export const readPlaces = async ({ sql }: Connection): Promise<Map<string, { path: string; level: number }>> => {
  const rows = await sql<{ code: string; path: string; level: number }[]>`select code, path, level from division`;
  return new Map(rows.map(({ code, ...place }) => [code, place]));
};

/** Packs every building valid now, streamed in batches so that 650,000 rows never stand in memory at once. */
export const readBuildingIndex = async ({ sql }: Connection): Promise<BuildingIndex> => {
  const { add, done } = packBuildings();
  const rows = sql<BuildingRow[]>`
    select code, name, name_en, house_type, storeys, footprint, subdistrict_code, community_code, grid_code, block_code
    from building where valid_to is null or valid_to > now() order by code`;
  for await (const batch of rows.cursor(5_000)) for (const row of batch) add(row);
  return done();
};
