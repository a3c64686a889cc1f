import type { DimensionKey } from '@/data/metrics/dimensions';
import type { NamedPeriod } from '@/data/model/view';
import {
  alertSql,
  beach,
  buildingSql,
  calledInTime,
  careVisitSql,
  collectedSql,
  doubtSql,
  dutySql,
  dwellingSql,
  entitySql,
  errandSql,
  event,
  eventSql,
  finishedOf,
  handled,
  homeSql,
  hours,
  limitAfter,
  linkSql,
  midnight,
  oneIf,
  open,
  openErrand,
  openTicket,
  paused,
  placed,
  poolSql,
  quality,
  type Reference,
  recordSql,
  registered,
  rostered,
  signed,
  stageAt,
  standing,
  ticketSql,
  valid,
  vehicleSql,
  verified,
  warned,
  warnedIn,
  weather,
  workerSql,
} from './reference-sql';

/** A question to the reference: plain SQL over the tables of the store, written apart from the compiler to check it. */
export type ReferenceAsk = {
  metric: string;
  dimensions: readonly DimensionKey[];
  period: NamedPeriod;
  at: string;
  /** Level and code; null = everything. */
  division: { level: string; code: string } | null;
  filters: readonly { field: string; values: readonly string[] }[];
  /** Residents that events are counted by: cut to the places of the clauses. */
  isDenominator?: boolean;
  /** PostgreSQL interval both ends are moved back by. */
  shift: string;
  timeZone: string;
};

/** Every metric once more, in PostgreSQL. */
export const references: Record<string, Reference> = {
  'person.resident': placed(homeSql),
  'person.elderly_share': placed(homeSql, 'true', 'case when years >= 60 then 1 else 0 end'),
  'person.child_share': placed(homeSql, 'true', 'case when years < 15 then 1 else 0 end'),
  'building.count': placed(buildingSql, standing),
  'building.storeys': placed(buildingSql, standing, 'storeys'),
  'dwelling.count': placed(dwellingSql, standing),
  'dwelling.rented_share': placed(dwellingSql, standing, "case when house_use = '2' then 1 else 0 end"),
  'dwelling.vacant_share': placed(dwellingSql, standing, oneIf("house_use = '4'")),
  'household.count': placed(
    dwellingSql,
    'exists (select from residence r where r.dwelling_code = fact.code and :day::date >= r.from_on and (r.to_on > :day::date) is not false)',
  ),
  'entity.count': placed(entitySql, registered),
  'entity.employees': placed(entitySql, registered, 'n_employees'),
  'vehicle.count': placed(vehicleSql),
  'record.placed_share': placed(
    recordSql,
    'true',
    oneIf('grid_code is not null and exists (select from building k where k.code = fact.building)'),
  ),
  'record.count': placed(poolSql),
  'record.linked_rate': {
    ...placed(linkSql, 'true', oneIf("method in ('written', 'other', 'mended', 'position') and run_at <= :to")),
    time: 'handed_in_at',
  },
  'record.door_linked_rate': {
    ...placed(collectedSql, 'true', oneIf("method not in ('made', 'none')")),
    time: 'at',
  },
  'record.quality': quality('person', 'home', 'use', 'entity', 'place'),
  'quality.person': quality('person'),
  'quality.home': quality('home'),
  'quality.use': quality('use'),
  'quality.entity': quality('entity'),
  'quality.place': quality('place'),
  'doubt.sent': { ...placed(doubtSql), time: 'sent_at' },
  'doubt.open': placed(doubtSql, 'sent_at <= :to and (done_at is null or done_at > :to)'),
  'doubt.verified_rate': { ...placed(doubtSql, 'true', oneIf('done_at <= :to')), time: 'sent_at' },
  'doubt.wrong_rate': { ...placed(doubtSql, 'true', oneIf("state in ('changed', 'gone')")), time: 'done_at' },
  'worker.count': placed(workerSql),
  'worker.per_ten_thousand': { ...placed(workerSql), denominator: '0' },
  'worker.active_share': placed(
    workerSql,
    'true',
    oneIf(
      "exists (select from duty d where d.worker_id = fact.id and d.signed_in_at <= :to and d.signed_in_at > :to - interval '30 days')",
    ),
  ),
  'asset.count': placed('select a.*, block_code as block from asset a'),
  'event.reported': event('reported_at', 'true'),
  'event.open': event(null, open),
  'event.grave': event(null, `${open} and level <= 2`),
  'event.overdue': event(null, `${open} and handle_due_at < :to and not ${paused}`),
  'event.closed': event('ended', valid),
  'event.close_rate': event('handle_due_at', valid, 'case when ended <= :to then 1 else 0 end'),
  'event.on_time_close_rate': event('handle_due_at', valid, 'case when ended <= handle_due_at then 1 else 0 end'),
  'event.rework_rate': event('handle_due_at', valid, 'least(n_rework, 1)'),
  'event.auto_dispatch_rate': event('dispatched_at', 'true', 'is_auto_dispatched::int'),
  'event.self_handled_rate': event('reported_at', 'true', 'is_self_handled::int'),
  'event.handle_hours': event(
    'handled_at',
    `signed_at is not null and ${hours} >= 0 and not flags ? 'closed_before_opened'`,
    hours,
  ),
  'event.valid_rate': event('reported_at', 'true', oneIf(valid)),
  'event.on_time_accept_rate': event(
    'accept_due_at',
    "(status <> 'S90' or status_at > :to)",
    oneIf('accepted_at <= accept_due_at'),
  ),
  'event.register_rate': event('accepted_at', 'not is_self_handled', oneIf('registered_at <= :to')),
  'event.dispatch_rate': event('registered_at', valid, oneIf('dispatched_at <= :to')),
  'event.correct_dispatch_rate': event('registered_at', valid, oneIf('dispatched_at <= :to and n_return = 0')),
  'event.on_time_register_rate': event(
    'registered_at',
    valid,
    oneIf(`registered_at <= ${limitAfter('accepted_at', [5, 15, 60, 120])}`),
  ),
  'event.on_time_verify_rate': event(
    'accepted_at',
    `(status <> 'S90' or status_at > :to) and not is_self_handled and (${verified} <= :to
      or ${limitAfter('accepted_at', [5, 15, 60, 120])} <= :to)`,
    oneIf(`${verified} <= ${limitAfter('accepted_at', [5, 15, 60, 120])}`),
  ),
  'event.on_time_dispatch_rate': event(
    'registered_at',
    `${valid} and (dispatched_at <= :to or ${limitAfter('registered_at', [10, 20, 60, 120])} <= :to)`,
    oneIf(`dispatched_at <= ${limitAfter('registered_at', [10, 20, 60, 120])}`),
  ),
  'event.on_time_check_rate': event(
    'handled_at',
    `${valid} and not is_self_handled and (ended <= :to
      or ${limitAfter('handled_at', [120, 240, 1440, 2880])} <= :to)`,
    oneIf(`ended <= least(:to, ${limitAfter('handled_at', [120, 240, 1440, 2880])})`),
  ),
  'event.handle_rate': event('handle_due_at', valid, oneIf(handled)),
  'event.on_time_handle_rate': event('handle_due_at', valid, oneIf(`${handled} and handled_at <= handle_due_at`)),
  'event.overdue_open_rate': event('handle_due_at', valid, oneIf(`not ${handled} and not ${paused}`)),
  'event.extension_rate': event('handle_due_at', valid, oneIf('n_extension > 0')),
  'event.satisfied_rate': event('evaluated_at', 'satisfaction is not null', oneIf('satisfaction > 3')),
  'event.transfer_rate': event('reported_at', 'true', oneIf("dispatched_at <= :to and department <> 'SQZ'")),
  'event.recurrence_rate': event(
    'ended',
    `${valid} and building_code is not null`,
    oneIf(`(select count(*) from event r where (r.building_code, r.category_code) = (fact.building_code, fact.category_code)
      and r.id <> fact.id and (r.status not in ('S21', 'S90') or coalesce(r.closed_at, r.status_at) > :to)
      and r.reported_at between fact.ended + interval '1 microsecond' and least(fact.ended + interval '30 days', :to)) > 0`),
  ),
  'event.reached': event('reported_at', 'true'),
  'event.per_ten_thousand': event('reported_at', 'true', '1', '0'),
  'duty.rostered': placed(dutySql, rostered),
  'duty.on_duty': placed(dutySql, `${rostered} and ${signed}`),
  'duty.on_duty_share': placed(dutySql, rostered, `case when ${signed} then 1 else 0 end`),
  'duty.absent': placed(dutySql, `${rostered} and not coalesce(${signed}, false)`),
  'duty.per_ten_thousand': { ...placed(dutySql, `${rostered} and ${signed}`), denominator: '0' },
  'duty.rostered_at': placed(dutySql, `starts_at < ${midnight} + interval '1 day' and ends_at > ${midnight}`),
  'duty.on_duty_at': placed(
    dutySql,
    `signed_in_at <= :to and coalesce(signed_out_at, ends_at) > ${midnight} and ends_at > ${midnight}`,
  ),
  'alert.in_force': { ...placed(alertSql, warned), within: warnedIn },
  'weather.rain': weather('rain_mm'),
  'weather.gust': weather('gust_mps'),
  'beach.visitors': beach('1'),
  'beach.load': beach('capacity'),
  'supervision.open': placed(ticketSql, openTicket),
  'supervision.overdue': placed(
    ticketSql,
    `${openTicket} and deadline_at < :to and (replied_at is null or replied_at > :to)`,
  ),
  'supervision.answered_in_time': {
    ...placed(ticketSql, 'true', oneIf('replied_at <= deadline_at')),
    time: 'deadline_at',
  },
  'care.registered': placed(
    'select c.*, c.group_code as "careGroup" from care c',
    'from_on <= :day::date and (to_on is null or to_on > :day::date)',
  ),
  'care.visit_on_time': {
    ...placed(careVisitSql, '(voided_at is null or voided_at > due_at)', oneIf('visited_at <= due_at')),
    time: 'due_at',
  },
  'care.visit_overdue': placed(
    careVisitSql,
    'due_at < :to and (visited_at is null or visited_at > :to) and (voided_at is null or voided_at > :to)',
  ),
  'care.call_in_time': {
    ...placed('select k.* from care_call k', 'true', oneIf('confirmed_at <= due_at')),
    time: 'due_at',
  },
  'supervision.closed_rate': { ...placed(ticketSql, 'true', oneIf('closed_at <= :to')), time: 'opened_at' },
  'patrol.open': openErrand('patrol'),
  'patrol.coverage': finishedOf('patrol', 'due_at'),
  'inspect.open': openErrand('inspect'),
  'inspect.pass_rate': { ...placed(errandSql('inspect'), 'true', oneIf("result = 'passed'")), time: 'finished_at' },
  'volunteer.count': placed(
    'select v.*, null as grid_code from volunteer v',
    'joined_at <= :to and (left_at is null or left_at > :to)',
  ),
  'volunteer.hours': {
    ...placed(
      'select v.*, null as grid_code from volunteer_turn v',
      'came_at is not null',
      'extract(epoch from went_at - came_at) / 3600',
    ),
    time: 'went_at',
  },
  'whistle.rate': event('registered_at', valid, oneIf('n_whistle > 0')),
  'whistle.sign_in_time': calledInTime('signed_at', 'sign_due_at'),
  'whistle.contact_in_time': calledInTime('contacted_at', 'contact_due_at'),
  'whistle.arrive_in_time': calledInTime('arrived_at', 'arrive_due_at'),
};

const local = (time: string) => `(${time} at time zone ':zone')`;

const dimension = (key: DimensionKey, time: string | null): string => {
  const bucket: Partial<Record<DimensionKey, string>> = {
    district: `(select min(code) from division where level = 3)`,
    subdistrict: 'subdistrict_code',
    community: 'community_code',
    grid: 'grid_code',
    level: 'lvl',
    houseType: 'house_type',
    houseUse: 'house_use',
    entityType: 'entity_type',
    assetGroup: 'asset_group',
    assetType: 'asset_type',
    sex: 'sex_text',
    populationType: 'population_type',
    workerType: 'worker_type',
    categoryL1: '"categoryL1"',
    careGroup: '"careGroup"',
    recordOrigin: 'record_origin',
    plateKind: 'plate_kind',
    holderKind: 'holder_kind',
    ageBand: `case when years >= 85 then '85+' else (years / 5 * 5) || '-' || (years / 5 * 5 + 4) end`,
    ageGroup: `case when years < 15 then '0-14' when years < 60 then '15-59' else '60+' end`,
    stage: stageAt,
    status: `case when status_at <= :to or ended <= :to then status when handled_at <= :to then 'S50'
      when signed_at <= :to then 'S40' when dispatched_at <= :to then 'S31' when registered_at <= :to then 'S30'
      when accepted_at <= :to then 'S20' else 'S10' end`,
    hour: `to_char(${local(time ?? '')}, 'YYYY-MM-DD"T"HH24":00"')`,
    day: `to_char(${local(time ?? '')}, 'YYYY-MM-DD')`,
    week: `to_char(date_trunc('week', ${local(time ?? '')}), 'YYYY-MM-DD')`,
    month: `to_char(${local(time ?? '')}, 'YYYY-MM')`,
    hourOfDay: `to_char(${local(time ?? '')}, 'HH24')`,
    weekday: `to_char(${local(time ?? '')}, 'ID')`,
  };
  return bucket[key] ?? key;
};

const days: Record<NamedPeriod, number | null> = { today: 1, P7D: 7, P30D: 30, P90D: 90, P365D: 365, all: null };

/** Plain SQL whose rows are `c0 … numerator denominator`, one a cell. */
export const referenceSql = (ask: ReferenceAsk): string => {
  const reference = references[ask.metric];
  if (!reference) throw new Error(`No reference for ${ask.metric}.`);
  const { from, numerator, denominator, where, time } = reference;
  const back = (wall: string) => `((${wall} - interval '${ask.shift}') at time zone ':zone')`;
  const clock = local(`'${ask.at}'::timestamptz`);
  const to = back(clock);
  const conditions = [where];
  const n = days[ask.period];
  if (time) conditions.push(`${time} < :to`);
  if (time && n !== null)
    conditions.push(`${time} >= ${back(`(date_trunc('day', ${clock}) - interval '${n - 1} days')`)}`);
  if (ask.division && ask.division.level !== 'district')
    conditions.push(reference.within?.(ask.division.code) ?? `${ask.division.level}_code = '${ask.division.code}'`);
  const hasDepartment = from === dutySql || from === workerSql;
  const isPlaceOf = (field: string) => ask.isDenominator && (field === 'community' || field === 'subdistrict');
  for (const { field, values } of ask.filters)
    if (from === eventSql || (hasDepartment && field === 'department') || isPlaceOf(field))
      conditions.push(
        `coalesce(${dimension(field as DimensionKey, 'reported_at')}, 'none') in (${values.map((value) => `'${value}'`).join(', ')})`,
      );
  const codes = ask.dimensions.map((key, index) => `coalesce((${dimension(key, time)})::text, 'none') as c${index}, `);
  const by = ask.dimensions.map((_, index) => index + 1).join(', ');
  const sql =
    `select ${codes.join('')}coalesce(sum(${numerator}), 0)::float8 as numerator, ` +
    `coalesce(sum(${denominator}), 0)::float8 as denominator ` +
    `from (${from}) fact where ${conditions.join(' and ')}${by ? ` group by ${by}` : ''}`;
  return sql
    .replaceAll(':day', () => `(${to} at time zone ':zone')`)
    .replaceAll(':to', () => to)
    .replaceAll(':zone', () => ask.timeZone);
};
