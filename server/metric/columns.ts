import { type DimensionKey, isPlace, noCode } from '@/data/metrics/dimensions';
import type { Fact, Metric } from '@/data/metrics/metric';
import type { Known } from '@/data/model/view';
import { hexagonSql } from './hexagon-sql';
import { mondayOf } from './period';
import { qualitySql, recordSql, stoodSql } from './record';

/** How a dimension is grouped and read: `group` over a fact's columns, `label` over the grouped value `$`. */
export type DimensionSql = { group: string; label: string };

/** Columns of the event fact whose codes stand as small numbers beside them. */
const coded = [
  'subdistrict',
  'community',
  'grid',
  'category',
  'category_l1',
  'level',
  'source',
  'department',
  'status',
  'stage',
];

const plain = (column: string): DimensionSql => ({ group: column, label: `coalesce($::varchar, '${noCode}')` });

const place = {
  district: plain('district'),
  subdistrict: plain('subdistrict'),
  community: plain('community'),
  grid: plain('grid'),
  block: plain('block'),
  building: plain('building'),
};
const spot = { ...place, hexagon: hexagonSql };

/**
 * Stage and status of an event without a history before its newest status began: the plain ones of the last instant
 * reached.
 */
const stageBy = `case when e.ended_at <= $asOf then 'closed'
  when e.handled_at <= $asOf then 'check' when e.signed_at <= $asOf then 'handle'
  when e.registered_at <= $asOf then 'dispatch' else 'report' end`;
const statusBy = `case when e.ended_at <= $asOf then e.status
  when e.handled_at <= $asOf then 'S50' when e.signed_at <= $asOf then 'S40' when e.dispatched_at <= $asOf then 'S31'
  when e.registered_at <= $asOf then 'S30' when e.accepted_at <= $asOf then 'S20' else 'S10' end`;
const validBy = 'e.is_valid or e.ended_at > $asOf';

/** Columns of an event that its history changes; `null` = without one, the event's own stands for all times. */
const told: Record<string, string | null> = {
  status: statusBy,
  stage: stageBy,
  is_valid: validBy,
  is_paused: 'false',
  department: null,
  n_rework: null,
  n_return: null,
  n_extension: null,
  n_whistle: null,
  status_at: null,
  accepted_at: null,
  registered_at: null,
  dispatched_at: null,
  signed_at: null,
  handled_at: null,
  ended_at: null,
  evaluated_at: null,
  due_at: null,
  handle_hours: null,
};

/** Instants that the history changes and whose local day, month and hour stand beside them. */
const clocks = ['dispatched', 'handled', 'ended', 'due'] as const;
/** Instants asked by too seldom for that. */
const bareClocks = [
  'accepted',
  'registered',
  'evaluated',
  'accept_due',
  'deadline',
  'sign_due',
  'contact_due',
  'arrive_due',
  'sent',
  'done',
  'handed_in',
];

/** Which of the two clocks of the history is read: when things happened, or when they were recorded at the latest. */
export const clockColumns = (known: Known) =>
  known === 'now'
    ? { settled: 'settled_at', status: 'status_at', from: 'from_at', to: 'to_at' }
    : { settled: 'settled_known_at', status: 'status_known_at', from: 'known_from_at', to: 'known_to_at' };

/** Columns a text names, and those that what it names is worked out of. */
const namedIn = (text: string): ReadonlySet<string> => {
  const named = new Set(text.match(/\w+/g));
  for (const clock of clocks)
    if (['day', 'month', 'hour'].some((unit) => named.has(`${clock}_${unit}`))) named.add(`${clock}_at`);
  return named;
};

/** All columns of a relation, some of them replaced. */
const starWith = (star: string, replaced: readonly string[]): string =>
  replaced.length > 0 ? `${star} replace (${replaced.join(', ')})` : star;

/**
 * Events that have changed since, by what their history says of the columns that `text` names: the others stand as they
 * are now, since working out all of them takes longer than counting.
 */
export const unsettledEvents = (known: Known, text: string): string => {
  const { settled, status, from, to } = clockColumns(known);
  const named = namedIn(text);
  const stood = Object.entries(told)
    .filter(([column]) => named.has(column))
    .map(
      ([column, otherwise]) =>
        `case when s.event_id is not null then s.${column} when e.${status} <= $asOf then e.${column} ` +
        `else ${otherwise ?? `e.${column}`} end as ${column}`,
    );
  const labels = ['category', 'category_l1', 'level'].filter((column) => named.has(column));
  const labelled = labels.map((column) => `coalesce(l.${column}, e.${column}) as ${column}`);
  const labelRows = `left join event_label l on l.event_id = e.id and l.${from} <= $asOf and l.${to} > $asOf`;
  const places = ['community', 'grid', 'block'].filter((column) => named.has(column));
  const stoodIn = places.map(
    (column) => `case when p.event_id is null then e.${column} else p.${column} end as ${column}`,
  );
  const placeRows =
    'left join event_place p on p.event_id = e.id and (p.from_at is null or p.from_at <= $asOf) and p.to_at > $asOf';
  const local = clocks
    .flatMap((clock) => ['day', 'month', 'hour'].map((unit) => ({ clock, unit })))
    .filter(({ clock, unit }) => named.has(`${clock}_${unit}`))
    .map(({ clock, unit }) => `local_${unit}(${clock}_at) as ${clock}_${unit}`);
  return `select ${starWith('*', local)} from (
      select ${starWith('e.*', [...stood, ...labelled, ...stoodIn])} from event e
      left join event_span s on s.event_id = e.id and s.${from} <= $asOf and s.${to} > $asOf
      ${labels.length > 0 ? labelRows : ''}
      ${places.length > 0 ? placeRows : ''}
      where e.${settled} > $asOf and e.reported_at <= $asOf
        and (s.event_id is not null or e.${status} <= $asOf or not e.has_history))`;
};

/**
 * Events as they stood at the clock, in the columns that `text` names. `now` = by all that is recorded today, `then` =
 * by what was recorded by the clock. Those that have not changed since are read as they are; the others take what their
 * history says.
 */
const eventAt = (known: Known, text: string): string =>
  `(select * from event where ${clockColumns(known).settled} <= $asOf union all ${unsettledEvents(known, text)})`;

/** Facts whose rows stand once for each placement that a re-cut of the boundaries gave them. */
const replaced: readonly Fact[] = [
  ...(['building', 'dwelling', 'person', 'household', 'entity', 'vehicle', 'asset', 'worker', 'duty'] as const),
  ...(['weather_hour', 'beach_hour', 'care', 'visit', 'call', 'errand', 'doubt', 'link'] as const),
  ...(['volunteer', 'volunteer_turn'] as const),
];

/**
 * What a query over a fact reads from: events as they stood and were known at the clock, in the columns that `text` names;
 * records where they stood at it; records of several facts.
 */
export const relationOf = (fact: Fact, known: Known, text: string): string => {
  if (fact === 'event') return eventAt(known, text);
  if (fact === 'quality') return qualitySql;
  if (fact === 'record') return recordSql(eventAt(known, 'community grid'));
  return replaced.includes(fact) ? stoodSql(fact) : fact;
};

const years = "datesub('year', birth_on, $asOfDay)";
const ageBand = `case when ${years} >= 85 then '85+' else concat(${years} // 5 * 5, '-', ${years} // 5 * 5 + 4) end`;
const ageGroup = `case when ${years} < 15 then '0-14' when ${years} < 60 then '15-59' else '60+' end`;

const recordOrigin = plain('record_origin');
const house = { houseType: plain('house_type'), houseUse: plain('house_use') };

/** Dimensions each fact carries, those of time aside. */
const factColumns: Record<Fact, Partial<Record<DimensionKey, DimensionSql>>> = {
  event: {
    ...spot,
    category: plain('category'),
    categoryL1: plain('category_l1'),
    level: plain('level'),
    source: plain('source'),
    department: plain('department'),
    stage: plain('stage'),
    status: plain('status'),
  },
  person: {
    ...place,
    ...house,
    sex: plain('sex'),
    ageBand: plain(ageBand),
    ageGroup: plain(ageGroup),
    populationType: plain('population_type'),
    origin: plain('origin'),
    recordOrigin,
  },
  household: { ...place, ...house },
  record: { ...place, recordOrigin },
  quality: place,
  doubt: place,
  link: place,
  building: { ...spot, houseType: house.houseType },
  dwelling: { ...spot, ...house, recordOrigin },
  entity: { ...spot, entityType: plain('entity_type'), industry: plain('industry'), recordOrigin },
  vehicle: { ...place, plateKind: plain('plate_kind'), holderKind: plain('holder_kind') },
  asset: { ...spot, assetGroup: plain('asset_group'), assetType: plain('asset_type') },
  worker: { ...place, workerType: plain('worker_type'), department: plain('department') },
  duty: { ...place, workerType: plain('worker_type'), department: plain('department') },
  alert: { warning: plain('warning') },
  weather_hour: place,
  beach_hour: place,
  ticket: { ...place, level: plain('level'), department: plain('department') },
  whistle: { ...place, level: plain('level'), department: plain('department') },
  care: { ...place, careGroup: plain('care_group') },
  visit: place,
  call: place,
  errand: place,
  volunteer: place,
  volunteer_turn: place,
};

/** Grouped as numbers and dates, written as text once a group. */
const timeColumns = (clock: string): Partial<Record<DimensionKey, DimensionSql>> => {
  const local = (unit: 'day' | 'month' | 'hour') =>
    bareClocks.includes(clock) ? `local_${unit}(${clock}_at)` : `${clock}_${unit}`;
  return {
    hour: {
      group: `(${local('day')} - date '2000-01-01') * 24 + ${local('hour')}`,
      label: "strftime(date '2000-01-01' + ($ // 24)::integer, '%Y-%m-%d') || format('T{:02d}:00', $ % 24)",
    },
    day: { group: local('day'), label: "strftime($, '%Y-%m-%d')" },
    week: { group: `date_trunc('week', ${local('day')})`, label: "strftime($, '%Y-%m-%d')" },
    month: { group: local('month'), label: "format('{:04d}-{:02d}', 1970 + $ // 12, $ % 12 + 1)" },
    hourOfDay: { group: local('hour'), label: "format('{:02d}', $)" },
    weekday: { group: `isodow(${local('day')})`, label: '$::varchar' },
  };
};

/** SQL of a dimension for a metric; undefined when its fact does not carry it. */
export const dimensionSql = (metric: Metric, key: DimensionKey): DimensionSql | undefined => {
  const own = metric.by?.[key];
  if (own) return plain(`unnest(${own})`);
  const clock = metric.time?.replace(/_at$/, '');
  return factColumns[metric.fact][key] ?? (clock ? timeColumns(clock)[key] : undefined);
};

/** A dimension in small numbers of the event itself: those of a list of codes, or of local time. */
export type NarrowSql = { group: string } & ({ list: string } | { textOf: (n: number) => string });

const dateOf = (day: number): string => new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10);

/** What is told of a day by its number. */
const ofDay: Partial<Record<DimensionKey, (day: number) => string>> = {
  day: dateOf,
  week: (day) => mondayOf(dateOf(day)),
  month: (day) => dateOf(day).slice(0, 7),
  weekday: (day) => String(((day + 5) % 7) + 1),
};

/** Column of the small numbers of a column's codes; undefined when it has none. */
export const numberedBy = (column: string): string | undefined => (coded.includes(column) ? `${column}_no` : undefined);

/** `dimensionSql` in small numbers, which are counted several times sooner; undefined where the event has none. */
export const narrowSql = (metric: Metric, key: DimensionKey): NarrowSql | undefined => {
  const { group = '' } = dimensionSql(metric, key) ?? {};
  const clock = metric.time?.replace(/_at$/, '') ?? '';
  const numbered = numberedBy(group);
  if (numbered) return { group: numbered, list: group };
  const textOf = ofDay[key];
  if (metric.fact !== 'event' || !(clock === 'reported' || (clocks as readonly string[]).includes(clock))) return;
  if (textOf) return { group: `${clock}_no`, textOf };
  return key === 'hourOfDay' ? { group, textOf: (hour) => String(hour).padStart(2, '0') } : undefined;
};

/** Day that a small number stands for. */
const dayOfNo = (no: string): string => `date '2000-01-01' + ${no}::integer`;

/** Small numbers that the buckets of a clock are worked out of. */
const storedOf: Partial<Record<DimensionKey, readonly ('no' | 'hour')[]>> = {
  hour: ['no', 'hour'],
  day: ['no'],
  week: ['no'],
  month: ['no'],
  weekday: ['no'],
  hourOfDay: ['hour'],
};

/** Small numbers of the event that dimensions are told by, each once; undefined where one of them has none. */
export const storedColumns = (metric: Metric, keys: readonly DimensionKey[]): string[] | undefined => {
  const clock = metric.time?.replace(/_at$/, '') ?? '';
  const stored = keys.map((key) => {
    const narrow = narrowSql(metric, key);
    if (narrow && 'list' in narrow) return [narrow.group];
    const isKept = clock === 'reported' || (clocks as readonly string[]).includes(clock);
    return isKept && metric.fact === 'event' && !metric.by?.[key]
      ? storedOf[key]?.map((unit) => `${clock}_${unit}`)
      : undefined;
  });
  if (stored.some((columns) => columns === undefined)) return undefined;
  return [...new Set(stored.flatMap((columns) => columns ?? []))];
};

/** `dimensionSql` over the columns that `storedColumns` names. */
export const numberedSql = (metric: Metric, key: DimensionKey): DimensionSql => {
  const narrow = narrowSql(metric, key);
  if (narrow && 'list' in narrow)
    return {
      group: narrow.group,
      label: `coalesce((select code from code where list = '${narrow.list}' and n = $), '${noCode}')`,
    };
  const clock = metric.time?.replace(/_at$/, '') ?? '';
  const { group, label } = timeColumns(clock)[key] ?? { group: '', label: '' };
  const day = dayOfNo(`${clock}_no`);
  return {
    group: group.replaceAll(`${clock}_day`, `(${day})`).replaceAll(`${clock}_month`, `month_of(${day})`),
    label,
  };
};

/** Local hour of the report as a clause names it, and the small number it stands in. */
export const hourFilter = { text: "format('{:02d}', reported_hour)", column: 'reported_hour' };

/**
 * Column a filter clause works on; undefined when the fact does not carry it, and the clause does not apply. Places cut
 * events alone: of people, sums over any places would tell what one of them hides.
 */
export const filterSql = (fact: Fact, key: DimensionKey): string | undefined => {
  if (key === 'hourOfDay') return fact === 'event' ? hourFilter.text : undefined;
  return isPlace(key) && fact !== 'event' ? undefined : factColumns[fact][key]?.group;
};
