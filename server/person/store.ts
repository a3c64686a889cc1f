import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { canSeeResidents, type Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { ageBandOf, ageOn, maskName, maskPhone } from './rules';
import { person, residence } from './table';

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

const isCurrent = sql`(${residence.to_on} is null or ${residence.to_on} > current_date)`;

const localToday = async (db: Executor): Promise<string> => {
  const { timeZone } = await readInstallation(db);
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date());
};

/**
 * Residents of a dwelling now, masked. The caller has already found the dwelling in his territory (`place`);
 * `not_allowed` for roles that get aggregates only, and on every wall.
 */
export const listResidents = async (
  { db }: Connection,
  scope: Scope,
  dwellingCode: string,
): Promise<MaskedResident[]> => {
  if (!canSeeResidents(scope)) throw new Problem('not_allowed', `Role ${scope.role} gets aggregates only.`);
  const today = await localToday(db);
  const rows = await db
    .select({
      name: person.name,
      phone: person.phone,
      sex: person.sex,
      birthOn: person.birth_on,
      relation: residence.relation,
      populationType: person.population_type,
      since: residence.from_on,
    })
    .from(residence)
    .innerJoin(person, eq(person.id, residence.person_id))
    .where(and(eq(residence.dwelling_code, dwellingCode), isCurrent))
    .orderBy(asc(residence.from_on), asc(residence.id));
  return rows.map(({ birthOn, name, phone, sex, ...row }) => {
    const age = ageOn(birthOn, today);
    const isShown = phone !== null && age >= guardedAge;
    return {
      ...row,
      name: maskName(name),
      phone: isShown ? maskPhone(phone) : null,
      sex: String(sex),
      ageBand: ageBandOf(age),
    };
  });
};

/** Residents per dwelling of a building, by dwelling code; empty where the caller gets aggregates only. */
export const residentsByDwelling = async (
  { db }: Connection,
  scope: Scope,
  buildingCode: string,
): Promise<Map<string, number>> => {
  if (!canSeeResidents(scope)) return new Map();
  const rows = await db
    .select({ code: residence.dwelling_code })
    .from(residence)
    .where(and(gte(residence.dwelling_code, buildingCode), lt(residence.dwelling_code, `${buildingCode}~`), isCurrent));
  const residents = new Map<string, number>();
  for (const { code } of rows) residents.set(code, (residents.get(code) ?? 0) + 1);
  return residents;
};
