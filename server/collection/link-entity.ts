import { sql } from 'drizzle-orm';
import type { EntityAdd } from '@/data/model/collection';
import { keptBook } from '../address/kept';
import { matchAddress } from '../address/match';
import { entity } from '../db/schema';
import { inTerritory } from '../db/scope';
import { checkWord } from '../dictionary/store';
import { buildingCodeLength, parseAddressCode } from '../place/rules';
import { plainOf } from '../search/text';
import { fromWorkers, placeAt, type Writing } from './door';
import type { Outcome } from './outcome';
import { type Change, holdRecords, putColumns, type Stood } from './record';
import { type Candidate, linkNew, madeEntity } from './rules';

type Found = { id: string; name: string; is_here: boolean; is_numbered: boolean; is_own: boolean };

/** Entities with the number, and those of the same name that run in this building, however the name is written. */
const findEntities = async ({ tx, scope, place, day }: Writing, { credit_code, name }: EntityAdd) => {
  const own = await inTerritory(tx, scope, entity);
  const isHere = sql`(building_code = ${place.building_code} and (closed_on is null or closed_on > ${day}::date))`;
  const rows = await tx.execute<Found & { is_same: boolean }>(sql`
    select id, name, ${isHere} as is_here, credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$' as is_numbered, ${own} as is_own,
      credit_code = ${credit_code} as is_same
    from entity where credit_code = ${credit_code} or ${isHere} order by id for update`);
  const told = ({ id, is_here, is_numbered, is_own }: Found): Candidate => ({
    ...{ id, isHere: is_here, isNumbered: is_numbered, isOwn: is_own },
  });
  const wanted = plainOf(name).text;
  return {
    byNumber: rows.filter((row) => row.is_same).map(told),
    byName: rows.filter((row) => !row.is_same && plainOf(row.name).text === wanted).map(told),
  };
};

const standing = async ({ tx }: Writing, id: string): Promise<Stood> => {
  const stood = (await holdRecords(tx, 'entity', [id])).get(id);
  if (!stood) throw new Error(`Entity ${id} was there a statement ago.`);
  return stood;
};

/** Puts an entity of the register at the door, running. */
export const house = async (writing: Writing, id: string, rest: Record<string, unknown> = {}): Promise<Change> => {
  const { tx, place, dwelling } = writing;
  const wanted = { ...place, dwelling_code: dwelling, closed_on: null, ...rest };
  const stood = await standing(writing, id);
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => (stood.image[name] ?? null) !== value),
  );
  return Object.keys(changed).length === 0 ? { before: {}, after: {} } : putColumns(tx, 'entity', stood, changed);
};

/** Enters an entity at the door. */
export const found = async (writing: Writing, seq: number, values: EntityAdd): Promise<Change & { record: string }> => {
  const { tx, clientKey, place, dwelling, day } = writing;
  const id = madeEntity(clientKey, seq);
  const row = { ...values, ...place, dwelling_code: dwelling, registered_on: day, record_origin: fromWorkers };
  await tx.insert(entity).values({ id, name_en: values.name, ...row });
  return { before: {}, after: row, record: id };
};

/** An entity that was not on the list of the door: found on the register and linked, entered, or left to a person. */
export const addEntity = async (writing: Writing, seq: number, values: EntityAdd): Promise<Outcome> => {
  await checkWord(writing.tx, 'entity-type', values.entity_type);
  await checkWord(writing.tx, 'industry', values.industry);
  const { byNumber, byName } = await findEntities(writing, values);
  const linking = linkNew(byNumber, byName);
  if (linking.method === 'none') return { ...linking, record: null, before: {}, after: { ...values } };
  const rest = { why: null, candidates: [], method: linking.method };
  if (linking.method === 'made') return { ...(await found(writing, seq, values)), ...rest };
  const completed = linking.method === 'name' ? { credit_code: values.credit_code } : {};
  return { ...(await house(writing, linking.id, completed)), ...rest, record: linking.id };
};

/** Where an entity moved to: the building an address or code means, or those it may mean. */
const destination = async ({ connection, tx, scope }: Writing, address: string) => {
  const parsed = address.length >= buildingCodeLength ? parseAddressCode(address) : null;
  const match = parsed ? null : matchAddress((await keptBook(connection)).book, address);
  const code = parsed?.building ?? match?.building ?? null;
  const place = code === null ? null : await placeAt(tx, scope, code);
  return { code, place, candidates: code === null ? (match?.candidates ?? []) : [code] };
};

/** An entity that went elsewhere: placed there, where the address means one building of the caller's territory. */
export const moveEntity = async (writing: Writing, stood: Stood, address: string): Promise<Outcome> => {
  const { code, place, candidates } = await destination(writing, address);
  if (!place) {
    const open = { method: 'none', why: code === null ? 'address' : 'elsewhere', candidates } as const;
    return { ...open, record: stood.key, before: {}, after: { address } };
  }
  const change = await putColumns(writing.tx, 'entity', stood, { ...place, dwelling_code: null });
  return { ...change, method: 'address', record: stood.key, why: null, candidates: [] };
};
