import { type SQL, sql } from 'drizzle-orm';
import type { DoubtKind, DoubtRule } from '@/data/model/verify';
import type { Executor } from '../db/client';
import { division } from '../db/schema';
import { areaFinder } from '../division/locate';

/** Years beyond which nobody is believed to live. */
const mostYears = 120;

/** Records of one kind that a rule finds: a condition over the frame's row `r`, or the keys of those that meet it. */
type Search = { kind: DoubtKind } & (
  | { where: (day: string) => SQL; keys?: never }
  | { keys: (tx: Executor, day: string) => Promise<string[]>; where?: never }
);

/** Another row of the same frame that came before this one and says the same. */
const isLaterOf = (same: SQL): SQL => sql`exists (select from record o where ${same} and o.id < r.id)`;
/** Uses of dwellings nobody should live in. */
const business = sql`('3', '5')`;
const vacant = '4';

/** Rows with a position that lies in the outline of another grid than theirs. */
const outside =
  (table: 'building' | 'entity') =>
  async (tx: Executor): Promise<string[]> => {
    const outlines = await tx.select({ code: division.code, geometry: division.geometry }).from(division);
    const areas = new Map(
      outlines.flatMap(({ code, geometry }) => (geometry ? [[code, areaFinder([{ geometry }])] as const] : [])),
    );
    const key = table === 'building' ? sql`code` : sql`id`;
    const rows = await tx.execute<{ key: string; lng: number; lat: number; grid: string }>(sql`
      select ${key} as key, lng, lat, grid_code as grid from ${sql.identifier(table)}
      where lng is not null and lat is not null and grid_code is not null`);
    return rows.flatMap(({ key: id, lng, lat, grid }) => {
      const find = areas.get(grid);
      return find && find([lng, lat]) === null ? [id] : [];
    });
  };

const person = (where: Search['where']): Search[] => [{ kind: 'person', where: where ?? (() => sql`false`) }];
const one = (kind: DoubtKind, where: (day: string) => SQL): Search => ({ kind, where });

/** What each rule of list `doubt-rule` looks for; `record` = the frame of the kind on that day. */
export const searches: Record<DoubtRule, readonly Search[]> = {
  P01: person(() => isLaterOf(sql`o.id_number_mark = r.id_number_mark`)),
  P02: person(() =>
    isLaterOf(sql`(o.name_mark, o.birth_on, o.phone_mark) = (r.name_mark, r.birth_on, r.phone_mark)
      and o.id_number_mark <> r.id_number_mark`),
  ),
  P03: person(
    (day) => sql`r.birth_on > ${day}::date or r.birth_on <= ${day}::date - make_interval(years => ${mostYears})`,
  ),
  P04: person(() => sql`left(r.id_claim, 8) <> to_char(r.birth_on, 'YYYYMMDD')`),
  P05: person(() => sql`(right(r.id_claim, 1) = '1') <> (r.sex = 1)`),
  P06: person(() => sql`r.id_claim is null`),
  H01: [
    one(
      'residence',
      (day) => sql`r.from_on <= ${day}::date and (r.to_on is null or r.to_on > ${day}::date) and exists (
        select from residence n where n.person_id = r.person_id and n.dwelling_code <> r.dwelling_code
          and n.from_on <= ${day}::date and (n.to_on is null or n.to_on > ${day}::date)
          and (n.from_on, n.id) > (r.from_on, r.id))`,
    ),
  ],
  H02: [one('residence', () => sql`r.known_dwelling is null`)],
  H03: [one('residence', () => sql`r.house_use in ${business}`)],
  H04: [
    one(
      'residence',
      (day) => sql`r.to_on < r.from_on or r.from_on > ${day}::date
        or (r.from_on < r.birth_on and r.birth_on <= ${day}::date)`,
    ),
  ],
  U01: [
    one(
      'dwelling',
      (day) => sql`r.house_use = ${vacant} and exists (select from residence h where h.dwelling_code = r.code
        and h.from_on <= ${day}::date and (h.to_on is null or h.to_on > ${day}::date))`,
    ),
  ],
  U02: [
    one(
      'dwelling',
      (day) => sql`r.house_use = ${vacant} and exists (select from entity e where e.dwelling_code = r.code
        and e.registered_on <= ${day}::date and (e.closed_on is null or e.closed_on > ${day}::date))`,
    ),
  ],
  U03: [one('dwelling', (day) => sql`r.known_building is null or r.valid_to <= ${day}::date`)],
  U04: [one('dwelling', () => sql`r.floor > r.storeys`)],
  E01: [
    one(
      'entity',
      () => sql`r.dwelling_code is not null and exists (select from record o
        where o.dwelling_code = r.dwelling_code and o.credit_code <> r.credit_code
          and (o.registered_on, o.id) > (r.registered_on, r.id))`,
    ),
  ],
  E02: [one('entity', () => isLaterOf(sql`o.credit_code = r.credit_code`))],
  E03: [one('entity', (day) => sql`r.valid_to <= ${day}::date`)],
  E04: [one('entity', (day) => sql`r.registered_on > ${day}::date or r.closed_on < r.registered_on`)],
  L01: [one('building', () => sql`r.grid_code is null`), one('entity', () => sql`r.grid_code is null`)],
  L02: [one('entity', () => sql`r.building_code is not null and r.known_building is null`)],
  L03: [
    one(
      'building',
      () => sql`r.grid_code is not null and (not starts_with(r.code, r.grid_code)
        or not exists (select from division d where d.code = r.grid_code))`,
    ),
    one(
      'entity',
      () => sql`r.grid_code is not null and (r.grid_code <> r.building_grid
        or not exists (select from division d where d.code = r.grid_code))`,
    ),
  ],
  L04: [
    { kind: 'building', keys: outside('building') },
    { kind: 'entity', keys: outside('entity') },
  ],
};

/** Condition of a search over the frame's row `r`. */
export const conditionOf = async (tx: Executor, search: Search, day: string, key: SQL): Promise<SQL> => {
  if (search.where) return search.where(day);
  const found = await search.keys(tx, day);
  return sql`${key} in (select value from jsonb_array_elements_text(${JSON.stringify(found)}::text::jsonb))`;
};
