import { type SQL, sql } from 'drizzle-orm';
import type { DoubtKind } from '@/data/model/verify';

/** Residences that run on a day, of each person the newest alone, as `person.resident` counts them; with their place. */
const residents = (day: string): SQL => sql`
  select p.*, h.dwelling_code, h.from_on, d.building_code, b.subdistrict_code, b.community_code, b.grid_code
  from person p
  join lateral (
    select r.dwelling_code, r.from_on from residence r
    where r.person_id = p.id and r.from_on <= ${day}::date and (r.to_on is null or r.to_on > ${day}::date)
    order by r.from_on desc, r.id desc limit 1
  ) h on true
  left join dwelling d on d.code = h.dwelling_code
  left join building b on b.code = d.building_code`;

/** Residences that have not ended by a day, those to come and impossible ones too. */
const residences = (day: string): SQL => sql`
  select r.*, p.birth_on, d.building_code, d.house_use, d.code as known_dwelling,
    b.subdistrict_code, b.community_code, b.grid_code
  from residence r
  join person p on p.id = r.person_id
  left join dwelling d on d.code = r.dwelling_code
  left join building b on b.code = d.building_code
  where r.to_on is null or r.to_on > ${day}::date or r.to_on < r.from_on`;

const dwellings = (day: string): SQL => sql`
  select d.*, b.code as known_building, b.valid_to, b.storeys, b.subdistrict_code, b.community_code, b.grid_code
  from dwelling d left join building b on b.code = d.building_code
  where b.code is null or b.valid_to is null or b.valid_to > ${day}::date
    or exists (select from residence r where r.dwelling_code = d.code and (r.to_on is null or r.to_on > ${day}::date))`;

const entities = (day: string): SQL => sql`
  select e.*, b.code as known_building, b.valid_to, b.grid_code as building_grid
  from entity e left join building b on b.code = e.building_code
  where e.closed_on is null or e.closed_on > ${day}::date or e.closed_on < e.registered_on`;

const buildings = (day: string): SQL => sql`
  select b.*, b.code as building_code from building b where b.valid_to is null or b.valid_to > ${day}::date`;

/** The records of a kind that are looked at on a local day, each with its place; `record` in the rules. */
export const frameSql: Record<DoubtKind, (day: string) => SQL> = {
  person: residents,
  residence: residences,
  dwelling: dwellings,
  entity: entities,
  building: buildings,
};

/** Column that names a record of a kind. */
export const keyColumn = {
  person: 'id',
  residence: 'id',
  dwelling: 'code',
  entity: 'id',
  building: 'code',
} as const satisfies Record<DoubtKind, string>;

/** Columns that are verified, as jsonb; `r` = a row of the table. */
const imageColumns: Record<DoubtKind, readonly string[]> = {
  person: ['name_mark', 'id_number_mark', 'id_claim', 'phone_mark', 'sex', 'birth_on'],
  residence: ['person_id', 'dwelling_code', 'relation', 'from_on', 'to_on'],
  dwelling: ['building_code', 'unit', 'floor', 'room', 'house_use'],
  entity: [
    ...['name', 'credit_code', 'building_code', 'dwelling_code', 'registered_on', 'closed_on'],
    ...['lng', 'lat', 'subdistrict_code', 'community_code', 'grid_code', 'block_code'],
  ],
  building: [
    ...['name', 'address', 'storeys', 'lng', 'lat', 'subdistrict_code', 'community_code', 'grid_code'],
    ...['block_code', 'valid_to'],
  ],
};

/** Columns that say the same as verified ones, each time in other bytes. */
const sealedColumns: Partial<Record<DoubtKind, readonly string[]>> = {
  person: ['name_sealed', 'id_number_sealed', 'phone_sealed'],
};

const objectSql = (columns: readonly string[], alias: string): SQL =>
  sql.raw(`jsonb_build_object(${columns.map((name) => `'${name}', ${alias}.${name}`).join(', ')})`);

/** What a record says, as jsonb; `alias` = its row in the statement. */
export const imageSql = (kind: DoubtKind, alias: string): SQL =>
  objectSql([...imageColumns[kind], ...(sealedColumns[kind] ?? [])], alias);

/** MD5 of what a record says, the same however it is sealed. */
export const stampSql = (kind: DoubtKind, alias: string): SQL =>
  sql`md5(${objectSql(imageColumns[kind], alias)}::text)`;
