import type { BuildingIndex } from './building-index';

/**
 * Which places of an index lie in a territory: `result[place]` = 1 where the path of its lowest division starts with
 * `path`. A building with no place at all belongs to the whole installation only (`rootPath`).
 */
export const allowedPlaces = (
  index: BuildingIndex,
  divisions: ReadonlyMap<string, { path: string }>,
  path: string,
  rootPath: string,
): Uint8Array =>
  Uint8Array.from(index.places, ({ grid, community, subdistrict }) => {
    const code = grid ?? community ?? subdistrict;
    const own = code === null ? rootPath : divisions.get(code)?.path;
    return own?.startsWith(path) ? 1 : 0;
  });
