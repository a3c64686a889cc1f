import { and, gt, isNull, or, sql } from 'drizzle-orm';
import type { EventLevel, EventStatus } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { building } from '../db/schema';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { isInArea } from '../division/locate';
import { isOfTrade } from '../entity/rules';
import { entitiesIn } from '../entity/store';
import { movesOf } from '../event/rules';
import { eventsAtBuilding, live } from '../event/store';
import { localDay } from '../metric/period';

/** A position this near to the middle of a building is at its door, metres. */
const doorMetres = 35;
/** Entities of one building named at most, the largest first. */
const mostChecks = 12;
const metresPerDegree = 111_195;
/** Half of the square of buildings looked at, degrees: larger than any building here. */
const reachDegrees = 0.0015;

/** What is open at the building somebody stands in: a task waits for him, a case for others, an entity wants a look. */
export type HereItem =
  | { kind: 'task' | 'event'; id: string; title: string; level: EventLevel; status: EventStatus; dueAt: string | null }
  | { kind: 'check'; id: string; name: string; nameEn: string };

/** The building a position is in, and its open items; null = it is in none of the caller's territory. */
export type Here = { building: { code: string; name: string; nameEn: string } | null; items: HereItem[] };

const metresTo = ([lng, lat]: LngLat, [x, y]: LngLat): number =>
  Math.hypot((lng - x) * Math.cos((lat * Math.PI) / 180), lat - y) * metresPerDegree;

/** The building whose outline holds the position; else the nearest whose middle is at most a door away. */
const buildingAt = async ({ db }: Connection, scope: Scope, position: LngLat) => {
  const [lng, lat] = position;
  const near = await db
    .select({
      ...{ code: building.code, name: building.name, nameEn: building.name_en, footprint: building.footprint },
      ...{ lng: building.lng, lat: building.lat },
    })
    .from(building)
    .where(
      and(
        sql`${building.lng} between ${lng - reachDegrees} and ${lng + reachDegrees}`,
        sql`${building.lat} between ${lat - reachDegrees} and ${lat + reachDegrees}`,
        or(isNull(building.valid_to), gt(building.valid_to, sql`now()`)),
        await inTerritory(db, scope, building),
      ),
    );
  const inside = near.find(({ footprint }) => isInArea({ type: 'Polygon', coordinates: [footprint] }, position));
  if (inside) return inside;
  const [nearest] = near
    .map((one) => ({ one, metres: metresTo(position, [one.lng ?? 0, one.lat ?? 0]) }))
    .filter(({ metres }) => metres <= doorMetres)
    .toSorted((a, b) => a.metres - b.metres);
  return nearest?.one ?? null;
};

/**
 * Open items of the building a worker stands in (进楼推送), those that wait for him first: a grid worker is told of its
 * open cases and of the entities an overdue or grave case of their trade makes abnormal, a handler of his department's
 * cases alone. Nothing of any other building, of people, or of what is closed.
 */
export const itemsHere = async (
  connection: Connection,
  scope: Scope,
  ask: { position: LngLat; department: string | null },
): Promise<Here> => {
  const found = await buildingAt(connection, scope, ask.position);
  if (!found) return { building: null, items: [] };
  const { code, name, nameEn } = found;
  const isHandler = scope.role === 'R6';
  if (isHandler && ask.department === null) return { building: { code, name, nameEn }, items: [] };
  const open = await eventsAtBuilding(connection, scope, { building: code, ...live, isOpenOnly: true });
  const own = open.filter(({ department }) => !isHandler || department === ask.department);
  const items = own.map(({ id, title, level, status, dueAt }): HereItem => {
    const isMine = movesOf(scope, status).length > 0;
    return { kind: isMine ? 'task' : 'event', id, title, level, status, dueAt };
  });
  const now = Date.now();
  const day = localDay(new Date(now), (await readInstallation(connection.db)).timeZone);
  const isPressing = own.some(
    (event) => isOfTrade(event) && (event.level <= 2 || (event.dueAt !== null && Date.parse(event.dueAt) < now)),
  );
  const entities = isHandler || !isPressing ? [] : await entitiesIn(connection, scope, { building: code, day });
  return {
    building: { code, name, nameEn },
    items: [
      ...items.toSorted((a, b) => Number(a.kind === 'event') - Number(b.kind === 'event')),
      ...entities
        .slice(0, mostChecks)
        .map(({ id, name: zh, nameEn: en }): HereItem => ({ kind: 'check', id, name: zh, nameEn: en })),
    ],
  };
};
