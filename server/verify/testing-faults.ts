import type { DoubtRule } from '@/data/model/verify';
import type { Sql } from '../db/client';

const day = '2026-11-22';

/** Rows of a clean demo, more of the rare ones, and oddities that are right: nobody is to doubt them. */
export const makeReady = async (sql: Sql): Promise<void> => {
  // Entities and dwellings enough that each is spoilt once.
  await sql`
    insert into entity select 'x' || n || '-' || e.id, e.name, e.name_en, left(e.credit_code, 8) || lpad((row_number() over ())::text, 6, '0') || 'ABCD',
      e.entity_type, e.industry, e.building_code, null, e.n_employees, e.registered_on, null, e.lng, e.lat,
      e.subdistrict_code, e.community_code, e.grid_code, e.block_code
    from entity e cross join generate_series(1, 5) n where e.grid_code is not null`;
  await sql`
    insert into dwelling select b.code || lpad((900000 + n)::text, 6, '0'), b.code, 1, 1, '1' || lpad((90 + n)::text, 2, '0'), use, 40
    from building b cross join (values (1, '3'), (2, '4'), (3, '4'), (4, '1')) as v(n, use)`;
  // Twins, somebody of great age, people who share a telephone.
  await sql`update person p set birth_on = o.birth_on, phone = o.phone,
      id_number = left(p.id_number, 6) || substr(o.id_number, 7, 8) || substr(p.id_number, 15)
    from person o where p.id = o.id + 1 and p.id % 40 = 0 and p.sex = o.sex`;
  await sql`update person set birth_on = '1907-03-04', id_number = left(id_number, 6) || '19070304' || substr(id_number, 15)
    where id % 200 = 7`;
  // A shop that closed where another opened since; one that left a dwelling that is vacant now.
  await sql`
    with shop as (select id, dwelling_code, row_number() over (order by id) as n from entity where dwelling_code is not null),
    old as (select id, row_number() over (order by id) as n from entity where id like 'x1-%')
    update entity e set dwelling_code = shop.dwelling_code, closed_on = '2026-03-01', registered_on = '2011-01-01'
    from old join shop on shop.n = old.n where e.id = old.id and old.n <= 10`;
  await sql`
    with empty as (select code, row_number() over (order by code) as n from dwelling where code like '%900003'),
    old as (select id, row_number() over (order by id desc) as n from entity where id like 'x1-%')
    update entity e set dwelling_code = empty.code, closed_on = '2026-03-01', registered_on = '2011-01-01'
    from old join empty on empty.n = old.n where e.id = old.id and old.n <= 10`;
  // Moved within the district on one day; a home that ends in future.
  await sql`update residence set to_on = '2027-06-30' where to_on is null and id % 60 = 1`;
};

type Piece = ReturnType<typeof lived>;

/** A fault: which records are spoilt, drawn evenly, and how; returns the record that is doubtful for it. */
type Fault = { rule: DoubtRule; kind: string; spoil: (sql: Sql, n: number) => Promise<{ id: string }[]> };

/** People of one home without a fault so far; every one is spoilt once. */
const people = (sql: Sql, n: number) => sql`
  select p.*, r.id as residence, r.dwelling_code as home, r.from_on from person p
  join residence r on r.person_id = p.id and (r.to_on is null or r.to_on > ${day})
  where not exists (select from spoilt s where s.id in (p.id::text, 'person ' || p.id)) and p.id % 40 not in (0, 39)
  order by md5(p.id::text) limit ${n}`;
const entities = (sql: Sql, n: number) => sql`
  select e.* from entity e where id like 'x_-%' and closed_on is null and dwelling_code is null
    and not exists (select from spoilt s where s.id = e.id) order by md5(e.id) limit ${n}`;
const dwellings = (sql: Sql, n: number, isKind: ReturnType<typeof lived>) => sql`
  select d.* from dwelling d where ${isKind} and not exists (select from spoilt s where s.id = d.code)
  order by md5(d.code) limit ${n}`;
const lived = (sql: Sql) => sql`exists (select from residence r where r.dwelling_code = d.code and r.to_on is null
  and not exists (select from spoilt s where s.id in (r.id::text, 'person ' || r.person_id)))
  and house_use <> '4' and code not like '%90000_'`;
const anew = (sql: Sql) => sql`(select max(id) from residence) + row_number() over ()`;

const update = (rule: DoubtRule, set: (sql: Sql) => Piece): Fault => ({
  ...{ rule, kind: 'person' },
  spoil: (sql, n) =>
    sql`with p as (${people(sql, n)}) update person t set ${set(sql)} from p where t.id = p.id returning t.id::text as id`,
});
const ofResidence = (rule: DoubtRule, set: (sql: Sql) => Piece): Fault => ({
  ...{ rule, kind: 'residence' },
  spoil: async (sql, n) => {
    const rows = await sql<{ id: string; person: string }[]>`with p as (${people(sql, n)})
      update residence t set ${set(sql)} from p where t.id = p.residence returning t.id::text as id, t.person_id as person`;
    await sql`insert into spoilt select 'person ' || value from jsonb_array_elements_text(${JSON.stringify(rows.map(({ person }) => person))}::text::jsonb)`;
    return rows;
  },
});
const ofEntity = (rule: DoubtRule, set: (sql: Sql) => Piece): Fault => ({
  ...{ rule, kind: 'entity' },
  spoil: (sql, n) =>
    sql`with p as (${entities(sql, n)}) update entity t set ${set(sql)} from p where t.id = p.id returning t.id`,
});

/** Every kind of fault the rules know, each put into records of its own. */
export const faults: readonly Fault[] = [
  update(
    'P01',
    (sql) => sql`id_number = (select id_number from person o where o.id < t.id order by o.id limit 1 offset t.id % 20)`,
  ),
  {
    ...{ rule: 'P02', kind: 'person' },
    spoil: async (sql, n) => {
      const rows = await sql<{ id: string; home: string }[]>`
        with p as (${people(sql, n)}), put as (
          insert into person (id, name, id_number, phone, sex, birth_on, population_type, origin)
            select (select max(id) from person) + row_number() over (), name,
            '999' || substr(id_number, 4), coalesce(phone, '13900000000'), sex, birth_on, population_type, origin
          from p where phone is not null returning id, name, birth_on, phone),
        marked as (insert into spoilt select p.id::text from put join p using (name, birth_on, phone))
        select put.id::text as id, p.home from put join p using (name, birth_on, phone)`;
      await sql`insert into residence select ${anew(sql)}, r.id::bigint, r.home, '1', '2025-01-01', null
        from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(id text, home text)`;
      return rows;
    },
  },
  update(
    'P03',
    (sql) => sql`birth_on = case when t.id % 2 = 0 then date '2027-05-01' else date '1890-02-03' end,
    id_number = left(t.id_number, 6) || case when t.id % 2 = 0 then '20270501' else '18900203' end || substr(t.id_number, 15)`,
  ),
  update('P04', (sql) => sql`birth_on = t.birth_on - 1`),
  update('P05', (sql) => sql`sex = 3 - t.sex`),
  update(
    'P06',
    (sql) =>
      sql`id_number = case t.id % 3 when 0 then left(t.id_number, 15) when 1 then '' else t.id_number || '1' end`,
  ),
  {
    ...{ rule: 'H01', kind: 'residence' },
    spoil: async (sql, n) => sql<{ id: string }[]>`
      with p as (${people(sql, n)}), put as (
        insert into residence select ${anew(sql)}, p.id,
          (select code from dwelling d where code <> p.home and house_use = '1' and code not like '%90000_' order by md5(code || p.id) limit 1),
          '2', p.from_on - 30, null
        from p where p.from_on - 30 > p.birth_on returning id::text as id, person_id),
      marked as (insert into spoilt select 'person ' || person_id from put)
      select id from put`,
  },
  ofResidence('H02', (sql) => sql`dwelling_code = repeat('9', 19) || lpad((t.id % 1000000)::text, 6, '0')`),
  ofResidence(
    'H03',
    (sql) =>
      sql`dwelling_code = (select code from dwelling d where code like '%900001' order by md5(code || t.id) limit 1)`,
  ),
  ofResidence('H04', (sql) => sql`from_on = p.birth_on - 10`),
  ...(['U01', 'U03', 'U04'] as const).map(
    (rule): Fault => ({
      ...{ rule, kind: 'dwelling' },
      spoil: (sql, n) =>
        sql`with d as (${dwellings(sql, n, lived(sql))}) update dwelling t set ${
          { U01: sql`house_use = '4'`, U03: sql`building_code = repeat('8', 19)`, U04: sql`floor = 99` }[rule]
        } from d where t.code = d.code returning t.code as id`,
    }),
  ),
  {
    ...{ rule: 'U02', kind: 'dwelling' },
    spoil: (sql, n) => sql<{ id: string }[]>`
      with d as (select code, row_number() over (order by code) as k from (${dwellings(sql, n, sql`code like '%900002'`)}) d),
      e as (select id, row_number() over (order by id) as k from (${entities(sql, n)}) e),
      put as (update entity t set dwelling_code = d.code from e join d using (k) where t.id = e.id returning t.id, t.dwelling_code),
      marked as (insert into spoilt select id from put)
      select dwelling_code as id from put`,
  },
  {
    ...{ rule: 'E01', kind: 'entity' },
    spoil: (sql, n) => sql<{ id: string }[]>`
      with d as (select code, row_number() over (order by code) as k from (${dwellings(sql, n, sql`code like '%900004'`)}) d),
      e as (select id, row_number() over (order by id) as k from (${entities(sql, 2 * n)}) e),
      put as (update entity t set dwelling_code = d.code, registered_on = date '2015-01-01' + (e.k % 2)::int
        from e join d on d.k = (e.k + 1) / 2 where t.id = e.id returning t.id, t.registered_on),
      marked as (insert into spoilt select id from put)
      select id from put where registered_on = '2015-01-01'`,
  },
  ofEntity(
    'E02',
    (sql) => sql`credit_code = (select credit_code from entity o where o.id < 'x' order by md5(o.id || t.id) limit 1)`,
  ),
  ofEntity('E04', (sql) => sql`registered_on = date '2027-01-01'`),
  ofEntity('L01', (sql) => sql`subdistrict_code = null, community_code = null, grid_code = null, block_code = null`),
  ofEntity('L02', (sql) => sql`building_code = repeat('7', 19)`),
  ofEntity(
    'L03',
    (sql) =>
      sql`grid_code = (select code from division where level = 6 and code <> t.grid_code order by md5(code || t.id) limit 1)`,
  ),
  ofEntity(
    'L04',
    (sql) =>
      sql`(lng, lat) = (select lng, lat from building b where b.grid_code <> t.grid_code order by md5(code || t.id) limit 1)`,
  ),
  {
    ...{ rule: 'E03', kind: 'entity' },
    spoil: (sql, n) => sql<{ id: string }[]>`
      with b as (insert into building select repeat('6', 19), name, name_en, address, '[]'::jsonb, house_type, 1, 1, null, 1, footprint, lng, lat,
          subdistrict_code, community_code, grid_code, block_code, '2010-01-01', '2020-01-01' from building order by code limit 1 returning code),
      e as (${entities(sql, n)})
      update entity t set building_code = b.code from e, b where t.id = e.id returning t.id`,
  },
];

/** Spoils `total` records, as many by each kind of fault; returns them by rule. */
export const inject = async (sql: Sql, total: number): Promise<Map<DoubtRule, string[]>> => {
  await sql`create table spoilt (id text)`;
  const each = Math.ceil(total / faults.length);
  const told = new Map<DoubtRule, string[]>();
  for (const { rule, kind, spoil } of faults) {
    const rows = await spoil(sql, each);
    await sql`insert into spoilt select value from jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::text::jsonb)`;
    told.set(
      rule,
      rows.map(({ id }) => `${kind} ${id}`),
    );
  }
  await sql`drop table spoilt`;
  return told;
};
