export const eventSql = `select e.*, e.building_code as building, e.block_code as block, category_code as category,
  category_l1 as "categoryL1", e.level::text as lvl, source_code as source, department_code as department,
  case status when 'S10' then 'report' when 'S20' then 'report' when 'S21' then 'closed' when 'S30' then 'dispatch'
    when 'S31' then 'dispatch' when 'S32' then 'dispatch' when 'S40' then 'handle' when 'S41' then 'handle'
    when 'S42' then 'handle' when 'S43' then 'handle' when 'S50' then 'check' when 'S60' then 'handle'
    else 'closed' end as stage,
  coalesce(closed_at, case when status in ('S21','S61','S62','S70','S90') then status_at end) as ended
  from event e`;

export const homeSql = `select p.*, b.house_type, d.house_use, d.building_code as building, b.block_code as block, b.grid_code,
    b.community_code, b.subdistrict_code, p.sex::text as sex_text,
    extract(year from age(:day::date, p.birth_on))::int as years, home.record_origin
  from person p join lateral (
    select dwelling_code, record_origin from residence r where r.person_id = p.id and r.from_on <= :day::date
      and (r.to_on is null or r.to_on > :day::date) order by r.from_on desc, r.id desc limit 1
  ) home on true left join dwelling d on d.code = home.dwelling_code left join building b on b.code = d.building_code`;

export type Reference = {
  from: string;
  numerator: string;
  denominator: string;
  where: string;
  time: string | null;
  /** Whether a row lies in the division of a code; its own columns where left out. */
  within?: (code: string) => string;
};

export const event = (time: string | null, where: string, numerator = '1', denominator = '1'): Reference => ({
  from: eventSql,
  numerator,
  denominator,
  where,
  time,
});
export const open = 'reported_at <= :to and (ended is null or ended > :to)';
export const valid = "(status not in ('S21', 'S90') or ended > :to)";
export const stageAt = `case when status_at <= :to then stage when ended <= :to then 'closed' when handled_at <= :to then 'check'
  when signed_at <= :to then 'handle' when registered_at <= :to then 'dispatch' else 'report' end`;
export const handled = `${stageAt} in ('check', 'closed')`;
export const paused = "(status = 'S42' and status_at <= :to)";
export const oneIf = (condition: string) => `case when ${condition} then 1 else 0 end`;
export const limitAfter = (before: string, minutes: readonly number[]) =>
  `${before} + (array[${minutes}])[level] * interval '1 minute'`;
export const verified = "coalesce(registered_at, case when status = 'S21' then ended end)";
export const hours = `extract(epoch from handled_at - signed_at) / 3600 - paused_minutes / 60.0`;
export const placed = (from: string, where = 'true', numerator = '1'): Reference => ({
  from,
  numerator,
  denominator: '1',
  where,
  time: null,
});
export const buildingSql = 'select b.*, code as building, block_code as block from building b';
export const dwellingSql = `select d.*, b.grid_code, b.community_code, b.subdistrict_code, b.house_type, b.valid_from, b.valid_to,
  d.building_code as building, b.block_code as block from dwelling d left join building b on b.code = d.building_code`;
export const entitySql = 'select e.*, building_code as building, block_code as block from entity e';
export const vehicleSql = `select v.plate_kind, b.grid_code, b.community_code, b.subdistrict_code,
    case when holder.person_id is null then 'entity' else 'person' end as holder_kind
  from vehicle v join lateral (
    select person_id from vehicle_holder h where h.vehicle_id = v.id and h.from_on <= :day::date
      and (h.to_on is null or h.to_on > :day::date) order by h.from_on desc, h.id desc limit 1
  ) holder on true left join building b on b.code = v.building_code`;
export const registered = 'registered_on <= :day::date and (closed_on is null or closed_on > :day::date)';
export const standing = '(valid_from <= :to) is not false and (valid_to is null or valid_to > :to)';
const recordColumns = 'grid_code, community_code, subdistrict_code, building';
const originColumns = `${recordColumns}, record_origin`;
export const recordSql = `select ${originColumns} from (${dwellingSql}) d where ${standing}
  union all select ${originColumns} from (${homeSql}) p union all select ${originColumns} from (${entitySql}) e where ${registered}`;
export const poolSql = `${recordSql} union all select ${recordColumns}, coalesce((select attrs ->> 'origin' from term
    where list = 'event-source' and code = e.source), 'department') from (${eventSql}) e where reported_at <= :to`;
export const workerSql = 'select w.*, w.department_code as department from worker w';
export const dutySql = `select t.*, w.grid_code, w.community_code, w.subdistrict_code, w.worker_type, w.department_code as department
  from duty t join worker w on w.id = t.worker_id`;
export const rostered = 'starts_at <= :to and ends_at > :to';
export const signed = 'signed_in_at <= :to and (signed_out_at is null or signed_out_at > :to)';
export const midnight = "(date_trunc('day', :to at time zone ':zone') at time zone ':zone')";

export const alertSql = 'select a.*, a.level::text as lvl, a.warning_code as warning from alert a';
export const warned = `status = 'Actual' and msg_type <> 'Cancel' and sent_at <= :to and effective_at <= :to
  and expires_at > :to and (ended_at is null or ended_at > :to)`;
export const warnedIn = (code: string) => `exists (select from alert_area r join division d on d.code = r.division_code
  join division w on w.code = '${code}' where r.alert_id = fact.id
    and (starts_with(d.path, w.path) or starts_with(w.path, d.path)))`;
const placement = 'p.grid_code, p.community_code, p.subdistrict_code';
export const weather = (column: string): Reference => ({
  from: `select h.*, ${placement} from weather_hour h join weather_station p on p.id = h.station_id`,
  numerator: `${column}::numeric::float8`,
  denominator: '1',
  where: `starts_at + interval '1 hour' <= :to`,
  time: 'starts_at',
});
export const beach = (denominator: string): Reference => ({
  ...placed(
    `select h.*, p.capacity, ${placement} from beach_hour h join beach p on p.id = h.beach_id`,
    `counted_at <= :to and counted_at > :to - interval '1 hour'`,
    'n_visitors',
  ),
  denominator,
});

const ofEvent =
  'e.grid_code, e.community_code, e.subdistrict_code, e.level::text as lvl, t.department_code as department';
export const ticketSql = `select t.*, ${ofEvent} from supervision_ticket t join event e on e.id = t.event_id`;
export const errandSql = (kind: string) => `select e.* from errand e where kind = '${kind}'`;
const kept = '(void_at is null or void_at > :to)';
export const openErrand = (kind: string) =>
  placed(errandSql(kind), `issued_at <= :to and (finished_at is null or finished_at > :to) and ${kept}`);
export const finishedOf = (kind: string, time: string): Reference => ({
  ...placed(errandSql(kind), kept, oneIf('finished_at <= :to')),
  time,
});
export const openTicket = 'opened_at <= :to and (closed_at is null or closed_at > :to)';
const whistleSql = `select t.*, w.ended_at, ${ofEvent} from whistle_department t join whistle w on w.id = t.whistle_id
  join event e on e.id = w.event_id`;
export const careVisitSql = `select v.*, ${placement} from care_visit v join care p on p.id = v.care_id`;
export const calledInTime = (done: string, due: string): Reference => ({
  ...placed(whistleSql, `(${done} is not null or ended_at is null or ended_at > ${due})`, oneIf(`${done} <= ${due}`)),
  time: due,
});

const openDoubt = (
  field: string,
) => `(select distinct on (kind, record_id, field) 0 as seen, 1 as doubted, ${recordColumns.replace(', building', '')}
  from doubt where found_at <= :to and (done_at is null or done_at > :to) and field = '${field}'
  order by kind, record_id, field, id)`;
export const at = 'grid_code, community_code, subdistrict_code';
const seen = (from: string, where = 'true') => `select 1 as seen, 0 as doubted, ${at} from (${from}) s where ${where}`;
const fieldSql: Record<string, string> = {
  person: `${seen(homeSql)} union all ${openDoubt('person')}`,
  home: `${seen(homeSql)} union all ${openDoubt('home')}`,
  use: `${seen(dwellingSql, standing)} union all ${openDoubt('use')}`,
  entity: `${seen(entitySql, registered)} union all ${openDoubt('entity')}`,
  place: `${seen(buildingSql, standing)} union all ${seen(entitySql, registered)} union all ${openDoubt('place')}`,
};
export const quality = (...fields: string[]): Reference => ({
  ...placed(fields.map((field) => fieldSql[field]).join(' union all '), 'true', 'seen - doubted'),
  denominator: 'seen',
});
export const doubtSql = 'select * from doubt';
export const linkSql = `select m.*, b.at as handed_in_at, r.at as run_at from address_match m
  join address_batch b on b.id = m.batch_id join address_run r on r.batch_id = m.batch_id and r.run = m.run`;
export const collectedSql =
  "select i.method, c.* from collection_item i join collection c on c.id = i.collection_id and i.kind <> 'special'";
