import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { personResident } from '@/data/metrics/place';
import { Problem } from '@/data/model/problem';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { dwelling } from '../db/schema';
import { readCipher } from './cipher';
import { ageBandOf, ageOn, maskName, maskPhone } from './rules';
import { person, residence } from './table';

export { eraseIdentities, isKnown } from './erase';

/** A resident as screens get him: masked on the server, nothing that identifies. */
export type MaskedResident = {
  name: string;
  /** Null = no number on record, or a child under 14. */
  phone: string | null;
  sex: string;
  ageBand: string;
  /** Word of list `residence-relation`. */
  relation: string;
  /** Word of list `population-type`. */
  populationType: string;
  since: string;
};

/** Everything about a child under 14 is sensitive (PIPL art. 28). */
const guardedAge = 14;

/** A phone number as a screen gets it: masked, none of a child's. */
export const toldPhone = (phone: string | null, age: number): string | null =>
  phone !== null && age >= guardedAge ? maskPhone(phone) : null;

/**
 * Residences that run on a local day; of several a person's newest alone, wherever it is, so that a person counts once, as
 * in `person.resident`.
 */
export const isHomeOn = (day: string): SQL => {
  const { person_id, from_on, to_on, id } = residence;
  return sql`${from_on} <= ${day}::date and (${to_on} is null or ${to_on} > ${day}::date)
    and not has_newer_home(${person_id}, ${from_on}, ${id}, ${day}::date)`;
};

/**
 * Residents of a dwelling on a local day `2026-11-22`, masked. The caller has already found the dwelling in his territory (`place`);
 * `not_allowed` for roles that get aggregates only, and on every wall.
 */
export const listResidents = async (
  { db }: Connection,
  scope: Scope,
  query: { dwelling: string; day: string },
): Promise<MaskedResident[]> => {
  if (!canSeeResidents(scope)) throw new Problem('not_allowed', `Role ${scope.role} gets aggregates only.`);
  const rows = await db
    .select({
      id: person.id,
      name: person.name_sealed,
      phone: person.phone_sealed,
      sex: person.sex,
      birthOn: person.birth_on,
      relation: residence.relation,
      populationType: person.population_type,
      since: residence.from_on,
    })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .where(and(eq(residence.dwelling_code, query.dwelling), isHomeOn(query.day)))
    .orderBy(asc(residence.from_on), asc(residence.id));
  const cipher = await readCipher();
  return rows.map(({ id, birthOn, name, phone, sex, ...row }) => {
    const age = ageOn(birthOn, query.day);
    return {
      ...row,
      name: maskName(cipher.open('name', id, name)),
      phone: toldPhone(phone && cipher.open('phone', id, phone), age),
      sex: String(sex),
      ageBand: ageBandOf(age),
    };
  });
};

/** Whether a person lives in a dwelling on a local day. */
export const isAtHome = async (db: Executor, id: number, dwelling: string, day: string): Promise<boolean> => {
  const [row] = await db
    .select({ id: residence.id })
    .from(residence)
    .where(and(eq(residence.person_id, id), eq(residence.dwelling_code, dwelling), isHomeOn(day)));
  return row !== undefined;
};

/**
 * How many live in a dwelling on a local day. Posts that get aggregates are told from the least count of the figure
 * person.resident on; fewer, and any on a wall, are withheld: null. The caller has already found the dwelling.
 */
export const countResidents = async (
  { db }: Connection,
  scope: Scope,
  query: { dwelling: string; day: string },
): Promise<number | null> => {
  if (scope.screen === 'big') return null;
  const rows = await db
    .select({ id: residence.id })
    .from(residence)
    .where(and(eq(residence.dwelling_code, query.dwelling), isHomeOn(query.day)));
  return canSeeResidents(scope) || rows.length >= personResident.leastN ? rows.length : null;
};

/** Residents per dwelling of a building on a local day, by dwelling code; empty where the caller gets aggregates only. */
export const residentsByDwelling = async (
  { db }: Connection,
  scope: Scope,
  query: { building: string; day: string },
): Promise<Map<string, number>> => {
  if (!canSeeResidents(scope)) return new Map();
  const rows = await db
    .select({ code: residence.dwelling_code })
    .from(residence)
    .innerJoin(dwelling, eq(dwelling.code, residence.dwelling_code))
    .where(and(eq(dwelling.building_code, query.building), isHomeOn(query.day)));
  const residents = new Map<string, number>();
  for (const { code } of rows) residents.set(code, (residents.get(code) ?? 0) + 1);
  return residents;
};
