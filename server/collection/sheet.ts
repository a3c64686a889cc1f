import { type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { CollectSheet, SheetBuilding, SheetDoor, SheetEntity, SheetPerson } from '@/data/model/collection';
import { groupBy } from '@/data/model/group';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { building, entity } from '../db/schema';
import { inTerritory } from '../db/scope';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { readCipher } from '../person/cipher';
import { ageBandOf, ageOn, maskName } from '../person/rules';
import { stampSql } from './record';
import { collection } from './table';

type Own = { db: Executor; day: string; own: SQL };

type BuildingRow = Omit<SheetBuilding, 'doors' | 'position'> & { lng: number | null; lat: number | null };

const readBuildings = ({ db, own }: Own) =>
  db.execute<BuildingRow>(sql`
    select code, name, name_en as "nameEn", address, lng, lat from building
    where (valid_to is null or valid_to > now()) and ${own} order by code`);

type DoorRow = Omit<SheetDoor, 'people' | 'entities' | 'collectedAt'> & { code: string; building: string };

/** Doors as they are walked: from the top down, entrance by entrance. */
const readDoors = ({ db, own }: Own) =>
  db.execute<DoorRow>(sql`
    select r.code, r.building_code as building, ${stampSql('dwelling')} as stamp, r.unit, r.floor, r.room,
      r.house_use as "houseUse"
    from dwelling r join building on building.code = r.building_code where ${own}
    order by r.floor desc, r.unit, r.code`);

type PersonRow = Omit<SheetPerson, 'ageBand'> & { door: string; id: string; sealed: Buffer; birth_on: string };

const readPeople = async ({ db, own, day }: Own) => {
  const rows = await db.execute<PersonRow>(sql`
    select r.id::text as key, r.dwelling_code as door, ${stampSql('person')} as stamp, p.id::text as id,
      p.name_sealed as sealed, p.sex::text as sex, p.birth_on::text as birth_on, r.relation, r.from_on::text as since
    from residence r join person p on p.id = r.person_id join dwelling d on d.code = r.dwelling_code
      join building on building.code = d.building_code
    where r.from_on <= ${day}::date and (r.to_on is null or r.to_on > ${day}::date)
      and not has_newer_home(r.person_id, r.from_on, r.id, ${day}::date) and ${own}
    order by r.from_on, r.id`);
  const cipher = await readCipher();
  return rows.map(({ door, id, sealed, birth_on, ...row }) => ({
    door,
    told: {
      ...row,
      name: maskName(cipher.open('name', Number(id), sealed)),
      ageBand: ageBandOf(ageOn(birth_on, day)),
    } satisfies SheetPerson,
  }));
};

type EntityRow = SheetEntity & { building: string; door: string | null };

const readEntities = ({ db, own, day }: Own) =>
  db.execute<EntityRow>(sql`
    select r.id as key, ${stampSql('entity')} as stamp, r.name, r.industry, r.n_employees as "nEmployees",
      r.building_code as building, r.dwelling_code as door
    from entity r where r.registered_on <= ${day}::date and (r.closed_on is null or r.closed_on > ${day}::date)
      and r.building_code is not null and ${own} order by r.n_employees desc, r.id`);

const readLast = ({ db, own }: Own) =>
  db.execute<{ building: string; door: string | null; at: string }>(sql`
    select building_code as building, dwelling_code as door, max(at) as at from collection where ${own} group by 1, 2`);

/** Placement of an entity as its row `r` tells it. */
const placedRow = alias(entity, 'r');

/** Key of a door within its grid; what stands behind none of its own goes by its building. */
const doorKey = (buildingCode: string, door: string | null): string => door ?? buildingCode;

/**
 * All that is registered in the caller's grid, door by door, masked: a phone keeps it and fills every door in without a
 * network. The caller is one who sees residents.
 */
export const readSheet = async ({ db }: Connection, scope: Scope): Promise<CollectSheet> => {
  const now = new Date();
  const day = localDay(now, (await readInstallation(db)).timeZone);
  const own = { db, day, own: await inTerritory(db, scope, building) };
  const [buildings, doors, people, entities, last] = await Promise.all([
    readBuildings(own),
    readDoors(own),
    readPeople(own),
    readEntities({ ...own, own: await inTerritory(db, scope, placedRow) }),
    readLast({ ...own, own: await inTerritory(db, scope, collection) }),
  ]);
  const doorsOf = groupBy(doors, (row) => row.building);
  const peopleOf = groupBy(people, ({ door }) => door);
  const entitiesOf = groupBy(entities, (row) => doorKey(row.building, row.door));
  const lastAt = new Map(last.map((row) => [doorKey(row.building, row.door), new Date(row.at).toISOString()]));
  const behind = (key: string) => ({
    people: (peopleOf.get(key) ?? []).map(({ told }) => told),
    entities: (entitiesOf.get(key) ?? []).map(({ building: _building, door: _door, ...told }) => told),
    collectedAt: lastAt.get(key) ?? null,
  });
  const none = { code: null, stamp: null, unit: 0, floor: 0, room: '', houseUse: null };
  return {
    asOf: now.toISOString(),
    buildings: buildings.map(({ lng, lat, ...row }) => ({
      ...row,
      position: lng === null || lat === null ? null : [lng, lat],
      doors: [
        ...(doorsOf.get(row.code) ?? []).map(({ building: _building, ...door }) => ({ ...door, ...behind(door.code) })),
        { ...none, ...behind(row.code) },
      ],
    })),
  };
};
