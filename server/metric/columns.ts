import { type DimensionKey, noCode } from '@/data/metrics/dimensions';
import type { Fact, Metric } from '@/data/metrics/metric';

/** How a dimension is grouped and read: `group` over a fact's columns, `label` over the grouped value `$`. */
export type DimensionSql = { group: string; label: string };

const plain = (column: string): DimensionSql => ({ group: column, label: `coalesce($::varchar, '${noCode}')` });

const place = {
  district: plain('district'),
  subdistrict: plain('subdistrict'),
  community: plain('community'),
  grid: plain('grid'),
  block: plain('block'),
  building: plain('building'),
};

/**
 * Stage, status and department as they stood at the clock: the row's own when its status ran by then, else those of the
 * status it was in; where no history was kept, the plain ones of the last instant reached.
 */
const stageAt = `case when status_at <= $asOf then stage when span_stage is not null then span_stage
  when ended_at <= $asOf then 'closed'
  when handled_at <= $asOf then 'check' when signed_at <= $asOf then 'handle'
  when registered_at <= $asOf then 'dispatch' else 'report' end`;
const statusAt = `case when status_at <= $asOf then status when span_status is not null then span_status
  when ended_at <= $asOf then status
  when handled_at <= $asOf then 'S50' when signed_at <= $asOf then 'S40' when dispatched_at <= $asOf then 'S31'
  when registered_at <= $asOf then 'S30' when accepted_at <= $asOf then 'S20' else 'S10' end`;
const departmentAt = 'case when status_at > $asOf and span_status is not null then span_department else department end';

/** Events with the status that ran at the clock and has ended since; its columns are null where there is none. */
const eventAt = `(select e.*, s.status as span_status, s.stage as span_stage, s.is_paused as span_paused,
  s.department as span_department from event e
  left join event_span s on s.event_id = e.id and s.from_at <= $asOf and s.to_at > $asOf)`;

/** What a query over a fact reads from: its history is joined only when `text` speaks of it. */
export const relationOf = (fact: Fact, text: string): string =>
  fact === 'event' && /\bspan_/.test(text) ? eventAt : fact;

const years = "datesub('year', birth_on, $asOfDay)";
const ageBand = `case when ${years} >= 85 then '85+' else concat(${years} // 5 * 5, '-', ${years} // 5 * 5 + 4) end`;

const house = { houseType: plain('house_type'), houseUse: plain('house_use') };

/** Dimensions each fact carries, those of time aside. */
const factColumns: Record<Fact, Partial<Record<DimensionKey, DimensionSql>>> = {
  event: {
    ...place,
    category: plain('category'),
    categoryL1: plain('category_l1'),
    level: plain('level'),
    source: plain('source'),
    department: plain(departmentAt),
    stage: plain(stageAt),
    status: plain(statusAt),
  },
  person: {
    ...place,
    ...house,
    sex: plain('sex'),
    ageBand: plain(ageBand),
    populationType: plain('population_type'),
  },
  building: { ...place, houseType: house.houseType },
  dwelling: { ...place, ...house },
  entity: { ...place, entityType: plain('entity_type'), industry: plain('industry') },
  asset: { ...place, assetGroup: plain('asset_group'), assetType: plain('asset_type') },
  duty: { ...place, workerType: plain('worker_type'), department: plain('department') },
};

/** Grouped as numbers and dates, written as text once a group. */
const timeColumns = (clock: string): Partial<Record<DimensionKey, DimensionSql>> => ({
  hour: {
    group: `(${clock}_day - date '2000-01-01') * 24 + ${clock}_hour`,
    label: "strftime(date '2000-01-01' + ($ // 24)::integer, '%Y-%m-%d') || format('T{:02d}:00', $ % 24)",
  },
  day: { group: `${clock}_day`, label: "strftime($, '%Y-%m-%d')" },
  week: { group: `date_trunc('week', ${clock}_day)`, label: "strftime($, '%Y-%m-%d')" },
  month: { group: `${clock}_month`, label: "format('{:04d}-{:02d}', 1970 + $ // 12, $ % 12 + 1)" },
  hourOfDay: { group: `${clock}_hour`, label: "format('{:02d}', $)" },
  weekday: { group: `isodow(${clock}_day)`, label: '$::varchar' },
});

/** SQL of a dimension for a metric; undefined when its fact does not carry it. */
export const dimensionSql = (metric: Metric, key: DimensionKey): DimensionSql | undefined => {
  const own = metric.by?.[key];
  if (own) return plain(`unnest(${own})`);
  const clock = metric.time?.replace(/_at$/, '');
  return factColumns[metric.fact][key] ?? (clock ? timeColumns(clock)[key] : undefined);
};

/** Column a filter clause works on; undefined when the fact does not carry it, and the clause does not apply. */
export const filterSql = (fact: Fact, key: DimensionKey): string | undefined => factColumns[fact][key]?.group;
