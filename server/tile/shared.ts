import type { Connection } from '../db/client';
import { beyondScope } from '../db/scoped';
import { readInstallation } from '../dictionary/store';
import type { BuildingIndex } from './building-index';
import { encodeBuildingTile } from './building-tile';
import { makeLru } from './lru';
import { makePayload, type Payload } from './payload';
import { readBuildingIndex, readMapVersion, readPlaces } from './store';
import { allowedPlaces } from './territory';

type Places = Awaited<ReturnType<typeof readPlaces>>;

/** What a process keeps of one version of the map. A new seed or import starts an empty one. */
type Kept = {
  version: string;
  rootPath: string;
  places: Promise<Places>;
  buildings: Promise<BuildingIndex> | null;
  allowed: Map<string, Uint8Array>;
  payloads: Map<string, Promise<Payload>>;
  tiles: ReturnType<typeof makeLru<Payload | 'empty'>>;
};

const tileBytes = 96 * 2 ** 20;
const checkMs = 5_000;

/** Next.js bundles routes apart from one another: what they share lives on the process, by connection. */
const shared = globalThis as {
  gridhallMaps?: WeakMap<Connection, { checkedAt: number; kept: Promise<Kept> }>;
};

const start = async (connection: Connection, version: string): Promise<Kept> => ({
  version,
  rootPath: (await readInstallation(connection.db)).rootPath,
  places: readPlaces(connection),
  buildings: null,
  allowed: new Map(),
  payloads: new Map(),
  tiles: makeLru<Payload | 'empty'>(tileBytes, (tile) => (tile === 'empty' ? 64 : 2 * tile.raw.length)),
});

const refresh = async (connection: Connection, before: Promise<Kept> | undefined): Promise<Kept> => {
  const [version, kept] = await Promise.all([readMapVersion(connection), before?.catch(() => undefined)]);
  return kept?.version === version ? kept : start(connection, version);
};

/** The process's copy of the map, checked against the database at most every five seconds. */
export const keptMap = (asked: Connection): Promise<Kept> => {
  // Kept for all, cut to each territory by `allowedIn`.
  const connection = beyondScope(asked);
  shared.gridhallMaps ??= new WeakMap();
  const entry = shared.gridhallMaps.get(connection);
  if (entry && Date.now() - entry.checkedAt < checkMs) return entry.kept;
  const kept = refresh(connection, entry?.kept);
  shared.gridhallMaps.set(connection, { checkedAt: Date.now(), kept });
  kept.catch(() => shared.gridhallMaps?.delete(connection));
  return kept;
};

const bodyOf = (body: unknown): Payload =>
  body instanceof Uint8Array
    ? makePayload(body, 'application/octet-stream')
    : makePayload(Buffer.from(JSON.stringify(body)), 'application/geo+json');

/** A payload built once per version and key: bytes as they are, all else as JSON. */
export const keptPayload = (kept: Kept, key: string, build: () => Promise<unknown>): Promise<Payload> => {
  const known = kept.payloads.get(key);
  if (known) return known;
  const made = build().then(bodyOf);
  kept.payloads.set(key, made);
  made.catch(() => kept.payloads.delete(key));
  return made;
};

const allowedIn = async (kept: Kept, index: BuildingIndex, path: string): Promise<Uint8Array> => {
  const known = kept.allowed.get(path);
  if (known) return known;
  const made = allowedPlaces(index, await kept.places, path, kept.rootPath);
  kept.allowed.set(path, made);
  return made;
};

/** Index of all buildings, read when the map is first asked for, so that it stands before anyone looks closer. */
export const keptBuildings = (connection: Connection, kept: Kept): Promise<BuildingIndex> => {
  if (kept.buildings) return kept.buildings;
  // Kept for all, cut to each territory by `allowedIn`.
  const made = readBuildingIndex(beyondScope(connection));
  kept.buildings = made;
  made.catch(() => {
    kept.buildings = null;
  });
  return made;
};

export type TileAsk = { z: number; x: number; y: number; path: string; withNames: boolean };

/** A building tile cut to a territory; `empty` when nothing of it lies there. */
export const keptTile = async (connection: Connection, ask: TileAsk): Promise<Payload | 'empty'> => {
  const kept = await keptMap(connection);
  const key = [ask.path, ask.withNames, ask.z, ask.x, ask.y].join('|');
  const known = kept.tiles.get(key);
  if (known) return known;
  const index = await keptBuildings(connection, kept);
  const raw = encodeBuildingTile(index, ask, await allowedIn(kept, index, ask.path), ask.withNames);
  const tile = raw ? makePayload(raw, 'application/vnd.maplibre-tile') : 'empty';
  kept.tiles.set(key, tile);
  return tile;
};
