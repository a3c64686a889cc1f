import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Reading, refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import { systemScope } from '../access/store';
import type { Connection, Executor } from '../db/client';
import { inTerritory } from '../db/scope';
import { locatorOf } from '../division/locate';
import { reportEvent } from '../event/store';
import { nextEpisode, sensorKinds } from './rules';
import { device } from './table';

type Device = typeof device.$inferSelect;
export type NewDevice = { id: string; kind: string; name: string; position: [number, number]; keyId: string };

/** Registers a device, or changes where and what it is; its episode stays. */
export const registerDevice = async (connection: Connection, wanted: NewDevice): Promise<void> => {
  const { id, kind, name, position, keyId } = wanted;
  if (!sensorKinds[kind]) throw refuse('device', `There is no kind ${kind}: ${Object.keys(sensorKinds).join(', ')}.`);
  const place = (await locatorOf(connection))(position);
  if (!place) throw refuse('outside', `Position ${position.join(', ')} lies in no grid.`);
  const values = {
    ...{ kind, name, lng: position[0], lat: position[1], key_id: keyId },
    ...{ grid_code: place.grid, community_code: place.community, subdistrict_code: place.subdistrict },
  };
  await connection.db
    .insert(device)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: device.id, set: values });
};

/** Devices of the caller's territory and their newest reading; none for walls and aggregate roles. */
export const listDevices = async ({ db }: Connection, scope: Scope) => {
  if (isAggregateOnly(scope)) return [];
  const rows = await db
    .select({
      ...{ id: device.id, kind: device.kind, name: device.name, lng: device.lng, lat: device.lat },
      ...{ lastAt: device.last_at, value: device.last_value, overAt: device.over_at, eventId: device.event_id },
    })
    .from(device)
    .where(await inTerritory(db, scope, device))
    .orderBy(asc(device.id));
  return rows.map((row) => ({
    ...row,
    lastAt: row.lastAt?.toISOString() ?? null,
    overAt: row.overAt?.toISOString() ?? null,
  }));
};

export type ReadingTaken = { device: string; isOver: boolean; does: 'open' | 'end' | null; receipt: string | null };

/** The state after a reading, if nobody wrote another one meanwhile. */
const writeState = async (tx: Executor, was: Device, set: Partial<Device>): Promise<void> => {
  const isUnchanged = was.last_at === null ? isNull(device.last_at) : eq(device.last_at, was.last_at);
  const written = await tx
    .update(device)
    .set(set)
    .where(and(eq(device.id, was.id), isUnchanged))
    .returning({ id: device.id });
  if (written.length === 0) throw new Problem('busy', `Device ${was.id} sent two readings at once: send it again.`);
};

const aheadMs = 5 * 60_000;

/**
 * Takes one reading (传感读数). Over the limit it opens one event, written with the device's state in one transaction;
 * readings no newer than the last one are refused.
 */
export const takeReading = async (
  connection: Connection,
  sender: { id: string; sources: string[] },
  reading: Reading,
): Promise<ReadingTaken> => {
  if (!sender.sources.includes('07')) throw refuse('push_source', 'This key may not send source 07.');
  const [was] = await connection.db
    .select()
    .from(device)
    .where(and(eq(device.id, reading.device), eq(device.key_id, sender.id)));
  const kind = was && sensorKinds[was.kind];
  if (!was || !kind) throw refuse('device', `Device ${reading.device} is not registered for this key.`);
  const at = new Date(reading.at);
  if (at.getTime() > Date.now() + aheadMs) throw refuse('future_time', `${reading.at} lies in the future.`);
  if (was.last_at && at <= was.last_at) throw refuse('reading_late', 'A newer reading of this device is known.');
  const { next, does } = nextEpisode({ overAt: was.over_at, belowAt: was.below_at }, kind, {
    at,
    value: reading.value,
  });
  const set = { last_at: at, last_value: reading.value, over_at: next.overAt, below_at: next.belowAt };
  const told = { device: was.id, isOver: next.overAt !== null && next.belowAt === null, does };
  if (does !== 'open') {
    await writeState(connection.db, was, set);
    return { ...told, receipt: null };
  }
  const { number } = await reportEvent(
    connection,
    await systemScope(connection),
    {
      ...{ clientKey: `sensor:${was.id}:${at.toISOString()}`, category: kind.category, source: '07' },
      title: `${kind.zh} ${reading.value} ${kind.unit} · ${was.name}`.slice(0, 120),
      ...{ description: '', position: [was.lng, was.lat], address: '', happenedAt: at.toISOString() },
      ...{ buildingCode: null, dwellingCode: null },
    },
    {
      actorId: `sensor:${was.id}`,
      role: 'sensor',
      alongside: (tx, { id }) => writeState(tx, was, { ...set, event_id: id }),
    },
  );
  return { ...told, receipt: number };
};
