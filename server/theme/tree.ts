import { and, asc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import type { RelatedKind, RelationTree, TreeDwelling, TreeEntity, TreeEvent, TreePerson } from '@/data/model/theme';
import type { Connection, Executor } from '../db/client';
import { building, dwelling, entity, person, residence } from '../db/schema';
import { inTerritory } from '../db/scope';
import { eventsAtBuilding } from '../event/store';
import { readCipher } from '../person/cipher';
import { ageBandOf, ageOn, maskName } from '../person/rules';
import { mayLinkHolders, maySeeVehicles } from '../vehicle/rules';
import { endBy, vehiclesAt, vehiclesHeldBy } from '../vehicle/store';

/** Events of a building a tree tells, the newest. */
const mostEvents = 100;

type Of<T> = T & { dwelling: string | null };

/** Where each kind of thing hangs, newest place first: over `id` and `day`; what the caller may not read is not there. */
const placesOf: Record<RelatedKind, (id: string, day: string) => SQL> = {
  building: (id) => sql`select code as building, null as dwelling from building where code = ${id}`,
  dwelling: (id) => sql`select building_code as building, code as dwelling from dwelling where code = ${id}`,
  person: (id, day) => sql`
    select d.building_code as building, d.code as dwelling from residence r join dwelling d on d.code = r.dwelling_code
    where r.person_id = ${id}::bigint and r.from_on <= ${day}::date order by r.from_on desc, r.id desc limit 1`,
  care: (id) => sql`select building_code as building, dwelling_code as dwelling from care where id = ${id}`,
  vehicle: (id) => sql`select building_code as building, null as dwelling from vehicle where id = ${id}::bigint`,
  event: (id) => sql`select building_code as building, dwelling_code as dwelling from event where id = ${id}`,
  entity: (id) => sql`select building_code as building, dwelling_code as dwelling from entity where id = ${id}`,
};

/** Kinds whose ids are numbers. */
const numbered: readonly RelatedKind[] = ['person', 'vehicle'];

type Head = Pick<RelationTree, 'code' | 'name' | 'nameEn' | 'day' | 'focus'>;

/** The building of the caller's territory that something hangs on by a local day; null = there is none. */
export const findHead = async (
  db: Executor,
  scope: Scope,
  { kind, id, day }: { kind: RelatedKind; id: string; day: string },
): Promise<Head | null> => {
  if (numbered.includes(kind) && !/^\d{1,15}$/.test(id)) return null;
  const [place] = await db.execute<{ building: string | null; dwelling: string | null }>(placesOf[kind](id, day));
  if (!place?.building) return null;
  const [row] = await db
    .select({ code: building.code, name: building.name, nameEn: building.name_en })
    .from(building)
    .where(and(eq(building.code, place.building), await inTerritory(db, scope, building)));
  return row ? { ...row, day, focus: place.dwelling } : null;
};

/** Who lives or lived in a building by a local day, the first to come first. */
const peopleIn = async (tx: Executor, scope: Scope, code: string, day: string): Promise<Of<TreePerson>[]> => {
  const rows = await tx
    .select({
      id: person.id,
      name: person.name_sealed,
      birthOn: person.birth_on,
      relation: residence.relation,
      from: residence.from_on,
      to: residence.to_on,
      dwelling: residence.dwelling_code,
    })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .where(
      and(
        gte(residence.dwelling_code, code),
        lt(residence.dwelling_code, `${code}~`),
        lte(residence.from_on, day),
        sql`${residence.dwelling_code} in (select code from dwelling where building_code = ${code})`,
      ),
    )
    .orderBy(asc(residence.from_on), asc(residence.id));
  const ids = rows.map(({ id }) => id);
  const held = mayLinkHolders(scope) ? await vehiclesHeldBy(tx, 'person', ids, day) : null;
  const cipher = await readCipher();
  return rows.map(({ id, name, birthOn, relation, from, to, dwelling: home }) => ({
    ...{ id: String(id), name: maskName(cipher.open('name', id, name)), relation, dwelling: home },
    ...{ ageBand: ageBandOf(ageOn(birthOn, day)), from, to: endBy(to, day) },
    vehicles: held && (held.get(id) ?? []),
  }));
};

const entitiesOf = async (tx: Executor, scope: Scope, code: string, day: string): Promise<Of<TreeEntity>[]> => {
  const rows = await tx
    .select({
      id: entity.id,
      name: entity.name,
      nameEn: entity.name_en,
      dwelling: entity.dwelling_code,
      from: entity.registered_on,
      to: entity.closed_on,
    })
    .from(entity)
    .where(and(eq(entity.building_code, code), lte(entity.registered_on, day)))
    .orderBy(asc(entity.registered_on), asc(entity.id));
  const ids = rows.map(({ id }) => id);
  const held = maySeeVehicles(scope) ? await vehiclesHeldBy(tx, 'entity', ids, day) : null;
  return rows.map((row) => ({ ...row, to: endBy(row.to, day), vehicles: held && (held.get(row.id) ?? []) }));
};

/** Events at a building as they stood at the clock, with the dwelling they were reported for. */
export const eventsOf = async (
  connection: Connection,
  scope: Scope,
  code: string,
  at: Date | null,
): Promise<Of<TreeEvent>[]> => {
  const asked = { building: code, isOpenOnly: false, limit: mostEvents, at, known: 'now' as const };
  const rows = await eventsAtBuilding(connection, scope, asked);
  const doors = await connection.db.execute<{ id: string; dwelling: string | null }>(
    sql`select id, dwelling_code as dwelling from event where building_code = ${code}`,
  );
  const doorOf = new Map(doors.map(({ id, dwelling: door }) => [id, door]));
  return rows.map(({ id, number, title, reportedAt, closedAt }) => ({
    ...{ id, number, title, reportedAt, closedAt, dwelling: doorOf.get(id) ?? null },
  }));
};

const at = <T>(rows: readonly Of<T>[], code: string | null): T[] =>
  rows.filter(({ dwelling: of }) => of === code).map(({ dwelling: _, ...row }) => row as unknown as T);

/** What hangs on a building by a local day, beside its events. */
export const readTree = async (
  tx: Executor,
  scope: Scope,
  head: Head,
  events: readonly Of<TreeEvent>[],
): Promise<RelationTree> => {
  const { code, day } = head;
  const rows = await tx
    .select({
      code: dwelling.code,
      unit: dwelling.unit,
      floor: dwelling.floor,
      room: dwelling.room,
      houseUse: dwelling.house_use,
    })
    .from(dwelling)
    .where(eq(dwelling.building_code, code))
    .orderBy(asc(dwelling.unit), asc(dwelling.floor), asc(dwelling.code));
  const people = canSeeResidents(scope) ? await peopleIn(tx, scope, code, day) : null;
  const entities = await entitiesOf(tx, scope, code, day);
  const dwellings = rows.map(
    (row): TreeDwelling => ({
      ...row,
      people: people && at<TreePerson>(people, row.code),
      entities: at<TreeEntity>(entities, row.code),
      events: at<TreeEvent>(events, row.code),
    }),
  );
  const inside = new Set(rows.map((row) => row.code));
  const isOutside = ({ dwelling: of }: Of<unknown>) => of === null || !inside.has(of);
  const loose = <T>(list: readonly Of<T>[]) =>
    at<T>(
      list.filter(isOutside).map((row) => ({ ...row, dwelling: null })),
      null,
    );
  return {
    ...head,
    dwellings,
    entities: loose<TreeEntity>(entities),
    events: loose<TreeEvent>(events),
    vehicles: maySeeVehicles(scope) ? await vehiclesAt(tx, code, day) : null,
  };
};
