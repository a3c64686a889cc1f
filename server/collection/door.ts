import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { building, dwelling } from '../db/schema';
import { inTerritory } from '../db/scope';
import type { Cipher } from '../person/cipher';

/** Columns of an entity that say where it stands. */
export const placeColumns = {
  building_code: building.code,
  lng: building.lng,
  lat: building.lat,
  subdistrict_code: building.subdistrict_code,
  community_code: building.community_code,
  grid_code: building.grid_code,
  block_code: building.block_code,
};

/** A building of the caller's territory as an entity's place; null = it is struck off or lies elsewhere. */
export const placeAt = async (tx: Executor, scope: Scope, code: string) => {
  const [place] = await tx
    .select(placeColumns)
    .from(building)
    .where(
      and(
        eq(building.code, code),
        or(isNull(building.valid_to), gt(building.valid_to, sql`now()`)),
        await inTerritory(tx, scope, building),
      ),
    );
  return place ?? null;
};
export type DoorPlace = NonNullable<Awaited<ReturnType<typeof placeAt>>>;

/** The door a visit is told of; `not_found` outside the caller's territory. */
export const findDoor = async (
  tx: Executor,
  scope: Scope,
  { building: code, dwelling: door }: { building: string; dwelling: string | null },
): Promise<DoorPlace> => {
  const place = await placeAt(tx, scope, code);
  if (!place) throw new Problem('not_found', `No building ${code} in your territory.`, { code });
  if (door === null) return place;
  const [row] = await tx.select({ building: dwelling.building_code }).from(dwelling).where(eq(dwelling.code, door));
  if (row?.building !== code) throw refuse('dwelling_unknown', 'No such dwelling in this building.', { code: door });
  return place;
};

/** Where and when a visit is written down, and by whom. */
export type Writing = {
  tx: Executor;
  connection: Connection;
  scope: Scope;
  cipher: Cipher;
  clientKey: string;
  place: DoorPlace;
  dwelling: string | null;
  /** Local day of the visit. */
  day: string;
};

/** Word of list `data-origin` for what somebody enters at a door. */
export const fromWorkers = 'worker';
