import { and, asc, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { PersonCard, PersonHit } from '@/data/model/theme';
import type { Executor } from '../db/client';
import { building, dwelling, person, residence } from '../db/schema';
import { type Cipher, readCipher } from '../person/cipher';
import { ageBandOf, ageOn, maskName } from '../person/rules';
import { isHomeOn, toldPhone } from '../person/store';
import { endBy, vehiclesHeldBy } from '../vehicle/store';
import { type Asked, yearsOf } from './rules';

/** Persons whose age on a local day lies in a band. */
const isAged = (band: string, day: string): SQL => {
  const { from, until } = yearsOf(band);
  const born = (years: number) => sql`${day}::date - make_interval(years => ${years})`;
  const isOld = sql`${person.birth_on} <= ${born(from)}`;
  return until === null ? isOld : sql`${isOld} and ${person.birth_on} > ${born(until)}`;
};

const told = { id: person.id, name: person.name_sealed, sex: person.sex, birthOn: person.birth_on };
type Told = { id: number; name: Buffer; sex: number; birthOn: string };

const maskedOf = (cipher: Cipher, { id, name, sex, birthOn }: Told, day: string) => ({
  ...{ id: String(id), name: maskName(cipher.open('name', id, name)), sex: String(sex) },
  ageBand: ageBandOf(ageOn(birthOn, day)),
});

const homed = (db: Executor) =>
  db
    .select({
      ...told,
      populationType: person.population_type,
      relation: residence.relation,
      since: residence.from_on,
      room: dwelling.room,
      building: building.code,
      place: building.name,
      placeEn: building.name_en,
      grid: building.grid_code,
      lng: building.lng,
      lat: building.lat,
    })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .innerJoin(dwelling, eq(dwelling.code, residence.dwelling_code))
    .innerJoin(building, eq(building.code, dwelling.building_code));

/** Which homes a search finds, by dwelling: numbers alone, nobody is read. */
const matching = async (db: Executor, { inArea, day, conditions, limit }: Asked): Promise<number[]> => {
  const { ageBand, sex, populationType, relation, houseUse } = conditions;
  const rows = await db
    .select({ id: residence.id })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .innerJoin(dwelling, eq(dwelling.code, residence.dwelling_code))
    .innerJoin(building, eq(building.code, dwelling.building_code))
    .where(
      and(
        isHomeOn(day),
        inArea,
        ageBand === undefined ? undefined : isAged(ageBand, day),
        sex === undefined ? undefined : sql`${person.sex}::text = ${sex}`,
        populationType === undefined ? undefined : eq(person.population_type, populationType),
        relation === undefined ? undefined : eq(residence.relation, relation),
        houseUse === undefined ? undefined : eq(dwelling.house_use, houseUse),
      ),
    )
    .orderBy(asc(residence.dwelling_code), asc(residence.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};

/**
 * Residents at home on the day of the clock, by their homes; masked. `all` finds which, as the policies over four joined
 * tables cost seconds for all there are; who they are is read in the caller's own transaction, under them.
 */
export const findPersons = async (tx: Executor, all: Executor, asked: Asked): Promise<PersonHit[]> => {
  const ids = await matching(all, asked);
  if (ids.length === 0) return [];
  const rows = await homed(tx)
    .where(and(inArray(residence.id, ids), asked.inArea))
    .orderBy(asc(residence.dwelling_code), asc(residence.id));
  const cipher = await readCipher();
  return rows.map(({ id, name, sex, birthOn, lng, lat, ...row }) => ({
    ...{ kind: 'person', ...row, ...maskedOf(cipher, { id, name, sex, birthOn }, asked.day) },
    position: lng === null || lat === null ? null : [lng, lat],
  }));
};

/** One person with his homes where `inArea` holds, the newest first, as known on the day; null = he has none there. */
export const readPerson = async (
  tx: Executor,
  inArea: SQL,
  { id, day, hasLink }: { id: number; day: string; hasLink: boolean },
): Promise<PersonCard | null> => {
  const rows = await tx
    .select({
      ...told,
      phone: person.phone_sealed,
      populationType: person.population_type,
      from: residence.from_on,
      to: residence.to_on,
      dwelling: dwelling.code,
      room: dwelling.room,
      building: building.code,
      place: building.name,
      placeEn: building.name_en,
    })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .innerJoin(dwelling, eq(dwelling.code, residence.dwelling_code))
    .innerJoin(building, eq(building.code, dwelling.building_code))
    .where(and(eq(person.id, id), lte(residence.from_on, day), inArea))
    .orderBy(desc(residence.from_on), desc(residence.id));
  const [first] = rows;
  if (!first) return null;
  const cipher = await readCipher();
  const phone = first.phone && cipher.open('phone', id, first.phone);
  return {
    ...maskedOf(cipher, first, day),
    populationType: first.populationType,
    phone: toldPhone(phone, ageOn(first.birthOn, day)),
    homes: rows.map(({ from, to, dwelling: code, room, building: of, place, placeEn }) => ({
      ...{ from, to: endBy(to, day), dwelling: code, building: of, place, placeEn, room },
    })),
    vehicles: hasLink ? ((await vehiclesHeldBy(tx, 'person', [id], day)).get(id) ?? []) : null,
  };
};
