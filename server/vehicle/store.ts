import { and, asc, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Holder, KeptVehicle, VehicleCard, VehicleHit } from '@/data/model/theme';
import type { Executor } from '../db/client';
import { building, entity, person } from '../db/schema';
import { type Cipher, readCipher } from '../person/cipher';
import { maskName } from '../person/rules';
import { maskPlate } from './rules';
import { vehicle, vehicle_holder } from './table';

/** An end that lies after the day is not known on it. */
export const endBy = (end: string | null, day: string): string | null => (end !== null && end <= day ? end : null);

const told = {
  id: vehicle.id,
  region: vehicle.plate_region,
  tail: vehicle.plate_tail,
  plateKind: vehicle.plate_kind,
  from: vehicle.from_on,
  to: vehicle.to_on,
};
type Told = { id: number; region: string; tail: string; plateKind: string; from: string; to: string | null };

const keptOf = (row: Told, day: string): KeptVehicle => ({
  ...{ id: String(row.id), plate: maskPlate(row), plateKind: row.plateKind },
  ...{ from: row.from, to: endBy(row.to, day) },
});

export type VehicleAsk = { day: string; plateKind: string | undefined; tail: string | undefined; limit: number };

/** Vehicles on the register on a local day, kept at buildings where `inArea` holds, by their building; masked. */
export const findVehicles = async (
  tx: Executor,
  inArea: SQL,
  { day, plateKind, tail, limit }: VehicleAsk,
): Promise<VehicleHit[]> => {
  const rows = await tx
    .select({
      ...told,
      grid: building.grid_code,
      lng: building.lng,
      lat: building.lat,
      building: building.code,
      place: building.name,
      placeEn: building.name_en,
    })
    .from(vehicle)
    .innerJoin(building, eq(building.code, vehicle.building_code))
    .where(
      and(
        lte(vehicle.from_on, day),
        or(isNull(vehicle.to_on), gt(vehicle.to_on, day)),
        inArea,
        plateKind === undefined ? undefined : eq(vehicle.plate_kind, plateKind),
        tail === undefined ? undefined : sql`right(${vehicle.plate_tail}, ${tail.length}) = ${tail}`,
      ),
    )
    .orderBy(asc(vehicle.building_code), asc(vehicle.id))
    .limit(limit);
  return rows.map(({ lng, lat, grid, building: code, place, placeEn, ...row }) => ({
    ...{ kind: 'vehicle', id: String(row.id), plate: maskPlate(row), plateKind: row.plateKind, since: row.from },
    ...{ grid, building: code, place, placeEn, room: '' },
    position: lng === null || lat === null ? null : [lng, lat],
  }));
};

/** Vehicles kept at a building, those gone by the day too, the newest first; the caller's policies cut them. */
export const vehiclesAt = async (tx: Executor, code: string, day: string): Promise<KeptVehicle[]> => {
  const rows = await tx
    .select(told)
    .from(vehicle)
    .where(and(eq(vehicle.building_code, code), lte(vehicle.from_on, day)))
    .orderBy(desc(vehicle.from_on), asc(vehicle.id));
  return rows.map((row) => keptOf(row, day));
};

/** Vehicles that persons, or entities, hold or held by a local day, by who does; the newest first. */
export const vehiclesHeldBy = async <Id extends number | string>(
  tx: Executor,
  by: 'person' | 'entity',
  ids: readonly Id[],
  day: string,
): Promise<Map<Id, KeptVehicle[]>> => {
  const held = new Map<Id, KeptVehicle[]>();
  if (ids.length === 0) return held;
  const column = by === 'person' ? vehicle_holder.person_id : vehicle_holder.entity_id;
  const rows = await tx
    .select({ ...told, from: vehicle_holder.from_on, to: vehicle_holder.to_on, holder: column })
    .from(vehicle_holder)
    .innerJoin(vehicle, eq(vehicle.id, vehicle_holder.vehicle_id))
    .where(and(inArray(column, [...ids] as never[]), lte(vehicle_holder.from_on, day)))
    .orderBy(desc(vehicle_holder.from_on), asc(vehicle_holder.id));
  for (const { holder, ...row } of rows) held.set(holder as Id, [...(held.get(holder as Id) ?? []), keptOf(row, day)]);
  return held;
};

const readHolders = async (tx: Executor, id: number, day: string, cipher: Cipher): Promise<Holder[]> => {
  const rows = await tx
    .select({
      personId: vehicle_holder.person_id,
      entityId: vehicle_holder.entity_id,
      from: vehicle_holder.from_on,
      to: vehicle_holder.to_on,
      who: person.id,
      sealed: person.name_sealed,
      name: entity.name,
      nameEn: entity.name_en,
    })
    .from(vehicle_holder)
    .leftJoin(person, eq(person.id, vehicle_holder.person_id))
    .leftJoin(entity, eq(entity.id, vehicle_holder.entity_id))
    .where(and(eq(vehicle_holder.vehicle_id, id), lte(vehicle_holder.from_on, day)))
    .orderBy(desc(vehicle_holder.from_on), desc(vehicle_holder.id));
  return rows.map(({ personId, entityId, who, sealed, name, nameEn, from, to }) => {
    const stretch = { from, to: endBy(to, day) };
    if (personId === null) return { ...stretch, kind: 'entity', id: name === null ? null : entityId, name, nameEn };
    const masked = who === null || sealed === null ? null : maskName(cipher.open('name', who, sealed));
    return { ...stretch, kind: 'person', id: who === null ? null : String(who), name: masked, nameEn: masked };
  });
};

/** One vehicle of the register by a local day, kept where `inArea` holds; null = there is none. */
export const readVehicle = async (
  tx: Executor,
  inArea: SQL,
  { id, day, hasLink }: { id: number; day: string; hasLink: boolean },
): Promise<VehicleCard | null> => {
  const [row] = await tx
    .select({
      ...told,
      building: building.code,
      place: building.name,
      placeEn: building.name_en,
      address: building.address,
      grid: building.grid_code,
    })
    .from(vehicle)
    .innerJoin(building, eq(building.code, vehicle.building_code))
    .where(and(eq(vehicle.id, id), lte(vehicle.from_on, day), inArea));
  if (!row) return null;
  const holders = await readHolders(tx, id, day, await readCipher());
  const { building: code, place, placeEn, address, grid } = row;
  return {
    ...keptOf(row, day),
    ...{ building: code, place, placeEn, address, grid, hasLink },
    holders: holders.filter(({ kind }) => hasLink || kind === 'entity'),
  };
};
