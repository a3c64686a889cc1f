import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import { randomFor } from '@/data/demo/random';
import type { LngLat } from '@/data/model/geo';
import { positionMinutes, positionTypes } from '@/data/model/workforce';
import type { Connection } from '../db/client';
import { block } from '../db/schema';
import { locatorOf } from '../division/locate';
import { readRoads } from '../road/store';
import { readMapVersion } from '../tile/store';
import { duty, worker, worker_position } from './table';

type Stop = { grid: string; position: LngLat };

const kept = new WeakMap<Connection['sql'], { version: string; stops: Promise<Stop[]> }>();

/** Places workers pass: points of roads by the grid they lie in, the middle of blocks in grids without a road. */
const loadStops = async (connection: Connection): Promise<Stop[]> => {
  const [roads, locate] = await Promise.all([readRoads(connection), locatorOf(connection)]);
  const onRoads = roads.flatMap(({ line }) =>
    line.flatMap((position): Stop[] => {
      const grid = locate(position)?.grid;
      return grid ? [{ grid, position }] : [];
    }),
  );
  const paved = new Set(onRoads.map(({ grid }) => grid));
  const blocks = await connection.db.select({ grid: block.grid_code, lng: block.lng, lat: block.lat }).from(block);
  const unpaved = blocks.flatMap(({ grid, lng, lat }): Stop[] =>
    paved.has(grid) || lng === null || lat === null ? [] : [{ grid, position: [lng, lat] }],
  );
  return [...onRoads, ...unpaved];
};

const stopsOf = async (connection: Connection): Promise<Stop[]> => {
  const version = await readMapVersion(connection);
  const known = kept.get(connection.sql);
  if (known?.version === version) return known.stops;
  const stops = loadStops(connection);
  kept.set(connection.sql, { version, stops });
  stops.catch(() => kept.delete(connection.sql));
  return stops;
};

/** Workers on duty whose last position is due for another. */
const readDue = ({ db }: Connection, now: Date) =>
  db
    .selectDistinct({
      id: worker.id,
      grid: worker.grid_code,
      community: worker.community_code,
      subdistrict: worker.subdistrict_code,
    })
    .from(duty)
    .innerJoin(worker, eq(worker.id, duty.worker_id))
    .where(
      and(
        inArray(worker.worker_type, [...positionTypes]),
        lte(duty.starts_at, now),
        gt(duty.ends_at, now),
        lte(duty.signed_in_at, now),
        or(isNull(duty.signed_out_at), gt(duty.signed_out_at, now)),
        sql`not exists (select from ${worker_position} p where p.worker_id = ${worker.id}
          and p.at > ${new Date(now.getTime() - positionMinutes * 60_000).toISOString()}::timestamptz)`,
      ),
    );

/** Appends where workers on duty are now, each inside its own place; demo data only. Returns how many. */
export const appendPositions = async (connection: Connection, now: Date): Promise<number> => {
  const due = await readDue(connection, now);
  if (due.length === 0) return 0;
  const stops = await stopsOf(connection);
  const rows = due.flatMap(({ id, grid, community, subdistrict }) => {
    const own = grid ?? community ?? subdistrict ?? '';
    const near = stops.filter((stop) => stop.grid.startsWith(own));
    if (near.length === 0) return [];
    const { grid: code, position } = randomFor(`position ${id} ${now.toISOString()}`).pick(near);
    const [lng, lat] = position;
    const place = { subdistrict_code: code.slice(0, 9), community_code: code.slice(0, 12), grid_code: code };
    return [{ worker_id: id, at: now, lng, lat, ...place }];
  });
  if (rows.length > 0) await connection.db.insert(worker_position).values(rows).onConflictDoNothing();
  return rows.length;
};
