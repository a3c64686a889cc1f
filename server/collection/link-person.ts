import { eq, sql } from 'drizzle-orm';
import type { PersonAdd } from '@/data/model/collection';
import { refuse } from '@/data/model/intake';
import { building, person, residence } from '../db/schema';
import { inTerritory } from '../db/scope';
import { checkWord } from '../dictionary/store';
import { sealIdentity, sealIdNumber } from '../person/cipher';
import { maskIdNumber, maskName } from '../person/rules';
import { fromWorkers, type Writing } from './door';
import type { Outcome } from './outcome';
import { type Change, unchanged } from './record';
import { type Candidate, linkNew, madeId } from './rules';

type Found = { id: string; is_here: boolean; is_numbered: boolean };

/** Persons who live or lived somewhere and meet a condition over `p`; `is_here`: at this door now, or ever. */
const findPersons = async (
  { tx, dwelling, day }: Writing,
  by: 'number' | 'name',
  mark: Buffer,
): Promise<Candidate[]> => {
  const runs = sql`r.from_on <= ${day}::date and (r.to_on is null or r.to_on > ${day}::date)`;
  const here = sql`exists (select from residence r where r.person_id = p.id and r.dwelling_code = ${dwelling}
    ${by === 'number' ? sql`and ${runs}` : sql``})`;
  const column = sql.raw(by === 'number' ? 'p.id_number_mark' : 'p.name_mark');
  const rows = await tx.execute<Found>(sql`
    select p.id::text as id, ${here} as is_here, p.id_claim is not null as is_numbered from person p
    where ${column} = ${mark} and exists (select from residence r where r.person_id = p.id)
      ${by === 'name' ? sql`and ${here}` : sql``}
    order by p.id for update of p`);
  return rows.map(({ id, is_here, is_numbered }) => ({ id, isHere: is_here, isNumbered: is_numbered, isOwn: true }));
};

/**
 * Registers somebody at the door from the day on. Homes in the caller's territory end then; one elsewhere stays, and the
 * rules find it for its own grid.
 */
export const settle = async (
  { tx, scope, dwelling, day, clientKey }: Writing,
  seq: number,
  who: { id: string; relation: string },
): Promise<Change & { record: string }> => {
  if (dwelling === null) throw refuse('dwelling_unknown', 'Somebody lives behind a door.');
  const [home] = await tx.execute<{ id: string }>(sql`
    select id::text from residence where person_id = ${who.id}::bigint and dwelling_code = ${dwelling}
      and from_on <= ${day}::date and (to_on is null or to_on > ${day}::date) order by from_on desc, id desc limit 1`);
  if (home) return { ...unchanged, record: home.id };
  const own = await inTerritory(tx, scope, building);
  const ended = await tx.execute<{ id: string }>(sql`
    update residence set to_on = greatest(${day}::date, from_on)
    where person_id = ${who.id}::bigint and (to_on is null or to_on > ${day}::date) and exists (
      select from dwelling join building on building.code = dwelling.building_code
      where dwelling.code = residence.dwelling_code and ${own})
    returning id::text`);
  const id = madeId(clientKey, seq, 'residence');
  await tx.insert(residence).values({
    ...{ id, person_id: Number(who.id), dwelling_code: dwelling, relation: who.relation, from_on: day },
    record_origin: fromWorkers,
  });
  const after = { person_id: Number(who.id), dwelling_code: dwelling, relation: who.relation, from_on: day };
  return { before: { ended: ended.map((each) => each.id) }, after, record: String(id) };
};

/** Birth date and sex an ID number claims; refused where it is no date. */
const claimed = (number: string): { birth_on: string; sex: number } => {
  const birth_on = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const at = new Date(`${birth_on}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== birth_on)
    throw refuse('id_number', 'The ID number holds no date of birth.');
  return { birth_on, sex: Number(number[16]) % 2 === 1 ? 1 : 2 };
};

const enter = async ({ tx, cipher, clientKey }: Writing, seq: number, values: PersonAdd): Promise<string> => {
  const id = madeId(clientKey, seq, 'person');
  await tx.insert(person).values({
    ...{ id, population_type: values.population_type, origin: values.id_number.slice(0, 2) },
    ...claimed(values.id_number),
    ...sealIdentity(cipher, id, { name: values.name, id_number: values.id_number, phone: values.phone }),
  });
  return String(id);
};

/** Gives a person the number he was told with, where his own was none. */
const number = async ({ tx, cipher }: Writing, id: string, text: string): Promise<void> => {
  await tx
    .update(person)
    .set(sealIdNumber(cipher, Number(id), text))
    .where(eq(person.id, Number(id)));
};

/** Somebody who was not on the list of the door: found on the register and linked, entered, or left to a person. */
export const addPerson = async (writing: Writing, seq: number, values: PersonAdd): Promise<Outcome> => {
  const { tx, cipher } = writing;
  await checkWord(tx, 'residence-relation', values.relation);
  await checkWord(tx, 'population-type', values.population_type);
  const byNumber = await findPersons(writing, 'number', cipher.mark('id_number', values.id_number));
  const byName = byNumber.length > 0 ? [] : await findPersons(writing, 'name', cipher.mark('name', values.name));
  const linking = linkNew(byNumber, byName);
  if (linking.method === 'none') {
    // Kept as a person of no home, sealed like any other, until somebody decides.
    const told = `${maskName(values.name)} ${maskIdNumber(values.id_number)}`;
    const draft = { person_id: Number(await enter(writing, seq, values)), relation: values.relation, told };
    return { ...linking, record: null, before: {}, after: draft };
  }
  const id = linking.method === 'made' ? await enter(writing, seq, values) : linking.id;
  if (linking.method === 'name') await number(writing, id, values.id_number);
  const settled = await settle(writing, seq, { id, relation: values.relation });
  return { ...settled, method: linking.method, why: null, candidates: [] };
};
