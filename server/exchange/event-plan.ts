import type { EventStatus } from '@/data/model/event';
import type { LngLat } from '@/data/model/geo';
import { Problem } from '@/data/model/problem';
import type { CaseRecord } from './event-file';
import { type EventMapping, entryOf } from './mapping';
import type { Finding } from './report';
import { codeFor, type WordBook } from './word';

/** Where a case falls: codes of the sub-district, community, grid and block; null = no such level there. */
export type Placement = {
  subdistrict_code: string | null;
  community_code: string | null;
  grid_code: string | null;
  block_code: string | null;
};
export type Place = (position: LngLat) => Placement | null;

/** Row of table `event` as an import writes it. */
export type EventPlan = Placement & {
  id: string;
  number: string;
  title: string;
  description: string;
  category_code: string;
  category_l1: string;
  level: number;
  source_code: string;
  status: EventStatus;
  address: string;
  department_code: string | null;
  lng: number | null;
  lat: number | null;
  reported_at: Date;
  accepted_at: Date;
  registered_at: Date;
  signed_at: Date;
  handled_at: Date | null;
  closed_at: Date | null;
  status_at: Date;
  handle_due_at: Date;
  flags: string[];
};

/** Row of table `event_transition`. */
export type TransitionPlan = {
  event_id: string;
  seq: number;
  from_status: EventStatus | null;
  to_status: EventStatus;
  at: Date;
  department_code: string | null;
};

/** Row of table `unplaced`. */
export type UnplacedPlan = { kind: 'event'; record_id: string; reason: string };

export type EventsPlan = {
  events: EventPlan[];
  transitions: TransitionPlan[];
  unplaced: UnplacedPlan[];
  findings: Finding[];
};

const hourMs = 3_600_000;
const nowhere: Placement = { subdistrict_code: null, community_code: null, grid_code: null, block_code: null };

const planEvent = (record: CaseRecord, mapping: EventMapping, book: WordBook, place: Place): EventPlan => {
  const { row: _, position, openedAt, closedAt, categoryL1, category, source, department, ...same } = record;
  const byName = <T>({ byCategory, default: otherwise }: { byCategory: Record<string, T>; default: T }): T =>
    entryOf(byCategory, category) ?? entryOf(byCategory, categoryL1) ?? otherwise;
  const level = byName(mapping.level);
  const hours = byName(mapping.handleHours);
  const placement = position && place(position);
  const l1 = book.codeOf('event-category-l1', categoryL1);
  return {
    id: /^[\w-]{1,40}$/.test(record.id) ? record.id : codeFor(record.id),
    number: record.id,
    title: same.title.slice(0, 120),
    description: same.description.slice(0, 4000),
    address: same.address.slice(0, 200),
    status: same.status,
    category_l1: l1,
    category_code: book.codeOf('event-category', category, l1, { level: String(level), handle_hours: String(hours) }),
    level,
    source_code: book.codeOf('event-source', source),
    department_code: department && book.codeOf('department', department),
    lng: position?.[0] ?? null,
    lat: position?.[1] ?? null,
    ...(placement ?? nowhere),
    reported_at: openedAt,
    accepted_at: openedAt,
    registered_at: openedAt,
    signed_at: openedAt,
    handled_at: closedAt,
    closed_at: closedAt,
    status_at: closedAt ?? openedAt,
    handle_due_at: new Date(openedAt.getTime() + hours * hourMs),
    flags: [...same.flags, ...(position && !placement ? ['outside_area'] : [])],
  };
};

/** The book it came from knows two moments: opened (in hand at once) and closed. */
const planTransitions = (event: EventPlan): TransitionPlan[] => {
  const { id: event_id, department_code, status, reported_at, closed_at } = event;
  const first = { event_id, seq: 1, from_status: null, at: reported_at, department_code };
  if (!closed_at) return [{ ...first, to_status: status }];
  return [
    { ...first, to_status: 'S40' },
    { event_id, seq: 2, from_status: 'S40', to_status: status, at: closed_at, department_code },
  ];
};

/** Rows to write for the cases of a file. `invalid` when none of them lies in any area. */
export const planEvents = (
  file: string,
  records: readonly CaseRecord[],
  options: { mapping: EventMapping; book: WordBook; place: Place },
): EventsPlan => {
  const events = records.map((record) => planEvent(record, options.mapping, options.book, options.place));
  const isPlaced = (event: EventPlan) => event.grid_code !== null;
  const located = events.filter((event) => event.lng !== null);
  if (located.length > 0 && !located.some(isPlaced))
    throw new Problem(
      'invalid',
      `${file}: not one of ${located.length} positions lies in the areas: check the columns ${options.mapping.lng} and ${options.mapping.lat}, the reference system, and that the areas are of the same place.`,
    );
  const rowOf = new Map(records.map((record, index) => [events[index]?.id, record.row]));
  return {
    events,
    transitions: events.flatMap(planTransitions),
    unplaced: events
      .filter((event) => !isPlaced(event))
      .map(({ id, lng }) => ({ kind: 'event', record_id: id, reason: lng === null ? 'no_position' : 'outside_area' })),
    findings: events.flatMap(({ id, number, flags }) =>
      flags.map((flag) => ({ row: rowOf.get(id) ?? 0, id: number, flag, reason: null })),
    ),
  };
};
