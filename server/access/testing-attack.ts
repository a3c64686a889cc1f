import { randomUUID } from 'node:crypto';
import type { Connection } from '../db/client';
import { opener } from '../person/sealed';
import { readPlain } from '../person/testing';
import { readPlates } from '../vehicle/testing';
import type { Override } from './testing-sample';

/** Ids an attacker puts in, by what they name. */
export type Targets = Record<string, string | number>;

/** What each id names of the rows outside a territory: table, column, and how a row is told to lie outside of `$1`. */
const placed = (table: string, id = 'id') => `select ${id}::text as id from "${table}"
  where coalesce(grid_code, community_code, subdistrict_code) is not null
    and not coalesce(community_code, subdistrict_code) = $1 order by 1 limit 1`;
const pathed = (table: string) => `select id::text as id from "${table}"
  where not starts_with(path, (select path from division where code = $1))
    and not starts_with((select path from division where code = $1), path) order by 1 limit 1`;

const questions: Record<string, string> = {
  division: `select code as id from division where level = 5 and code <> $1 order by code limit 1`,
  grid: `select code as id from division where level = 6 and parent_code <> $1 order by code limit 1`,
  block: `select b.code as id from block b join division d on d.code = b.grid_code where d.parent_code <> $1 order by 1 limit 1`,
  building: `select b.code as id from building b join dwelling d on d.building_code = b.code where b.community_code <> $1 order by 1 limit 1`,
  dwelling: `select d.code as id from dwelling d join building b on b.code = d.building_code where b.community_code <> $1 order by 1 limit 1`,
  specialised: `select m.specialised_grid_code as id from specialised_grid_member m join division d on d.code = m.grid_code
    group by 1 having bool_and(d.parent_code <> $1) limit 1`,
  resident: `select r.person_id::text as id from residence r join dwelling d on d.code = r.dwelling_code
    join building b on b.code = d.building_code group by 1 having bool_and(b.community_code <> $1) order by 1 limit 1`,
  vehicle: `select v.id::text as id from vehicle v join building b on b.code = v.building_code where b.community_code <> $1 order by 1 limit 1`,
  event: placed('event'),
  entity: placed('entity'),
  asset: placed('asset'),
  beach: placed('beach'),
  worker: placed('worker'),
  dispute: placed('dispute'),
  errand: placed('errand'),
  doubt: placed('doubt'),
  care: placed('care'),
  collection: placed('collection'),
  called: placed('care_call', 'dwelling_code'),
  ticket: `select t.id from supervision_ticket t join event e on e.id = t.event_id where e.community_code <> $1 limit 1`,
  whistle: `select w.id from whistle w join event e on e.id = w.event_id where e.community_code <> $1 limit 1`,
  control: `select control_id::text as id from control_part group by 1 having bool_and(division_code <> $1) order by 1 limit 1`,
  errandBatch: pathed('errand_batch'),
  muster: pathed('muster'),
  drill: pathed('drill'),
  verifyBatch: pathed('verify_batch'),
  call: pathed('volunteer_call'),
  team: pathed('volunteer_team'),
  addressBatch: `select id::text as id from address_batch where path is not null and not starts_with(path, (select path from division where code = $1)) limit 1`,
  campaign: `select campaign_id::text as id from campaign_area group by 1 having bool_and(
    not starts_with(path, (select path from division where code = $1))
    and not starts_with((select path from division where code = $1), path)) limit 1`,
  view: `select id::text as id from saved_view limit 1`,
  report: `select id from saved_report limit 1`,
  appeal: `select id::text as id from assessment_appeal limit 1`,
  volunteer: `select v.id from volunteer v join volunteer_team t on t.id = v.team_id
    where not starts_with((select path from division where code = $1), t.path) limit 1`,
};

/** Ids outside a community, by what they name; a kind the data has none of is left out. */
export const outsideOf = async ({ sql }: Connection, community: string): Promise<Targets> => {
  const found: Targets = {};
  for (const [kind, question] of Object.entries(questions)) {
    const [row] = await sql.unsafe<{ id: string }[]>(question, question.includes('$1') ? [community] : []);
    if (row) found[kind] = row.id;
  }
  return found;
};

/** Ids of the same forms that nothing has. */
export const missingLike = (targets: Targets): Targets =>
  Object.fromEntries(
    Object.entries(targets).map(([kind, id]) => {
      const text = String(id);
      if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text)) return [kind, randomUUID() + text.slice(36)];
      return [
        kind,
        text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 5) % 10)).replace(/^(\D*)\d{2}/, '$199'),
      ];
    }),
  );

/** What `id` names, by router or by procedure. */
const named: Record<string, string> = {
  alert: 'alert',
  asset: 'asset',
  'assessment.appealById': 'appeal',
  beach: 'beach',
  care: 'care',
  'collection.decide': 'collection',
  control: 'control',
  address: 'addressBatch',
  campaign: 'campaign',
  dispute: 'dispute',
  dispatch: 'event',
  drill: 'drill',
  entity: 'entity',
  'errand.move': 'errand',
  errand: 'errandBatch',
  event: 'event',
  intake: 'event',
  muster: 'muster',
  report: 'report',
  'supervision.ticket': 'ticket',
  'supervision.moveTicket': 'ticket',
  'supervision.whistle': 'whistle',
  'supervision.moveWhistle': 'whistle',
  'theme.personById': 'resident',
  'theme.relations': 'building',
  'theme.vehicleById': 'vehicle',
  'verify.visit': 'doubt',
  verify: 'verifyBatch',
  view: 'view',
  'volunteer.team': 'team',
  'volunteer.leave': 'volunteer',
  'volunteer.issuePass': 'volunteer',
  'volunteer.endPass': 'volunteer',
  volunteer: 'call',
  workforce: 'worker',
};

/** Procedures that make something: their id is the caller's own, new each time. */
const making = [
  'campaign.open',
  'drill.open',
  'errand.issue',
  'muster.open',
  'verify.open',
  'volunteer.open',
  'volunteer.join',
  'care.callOut',
];

/** What words and figures a field is to be so that a procedure takes it, whoever asks. */
const fitting: Record<string, Record<string, unknown>> = {
  '*': {
    at: '2026-11-22T02:00:00.000Z',
    startsAt: '2027-11-22T02:00:00.000Z',
    endsAt: '2027-11-22T05:00:00.000Z',
    dueAt: '2027-11-22T05:00:00.000Z',
    startsOn: '2027-11-22',
    endsOn: '2027-11-25',
    isKept: null,
    isApproved: null,
    photos: [],
    filters: [],
    metric: 'event.open',
    category: '0101',
    operators: [],
    dimensions: [],
  },
  assessment: { period: '2026Q3', level: 'community', metric: undefined },
  'care.list': { group: null },
  catalog: { id: 'event.status' },
  wall: { key: { id: 'wall-none', secret: 'none-at-all' }, ear: '0'.repeat(64) },
  'care.enrol': { group: 'C04' },
  'collection.submitForm': { values: { 'P01-1': 1 } },
  'collection.submit': { stamp: '0'.repeat(32), key: '1', events: [] },
  'dispatch.replay': { period: { from: '2026-11-01', until: '2026-11-08' } },
  'dispatch.whatIf': { period: { from: '2026-11-01', until: '2026-11-08' } },
  'errand.move': { result: null },
  'metric.rows': { at: undefined },
  'metric.lineage': { at: undefined },
  'notice.subscribePush': {
    endpoint: 'https://push.invalid/x',
    keys: { p256dh: 'p'.repeat(87), auth: 'a'.repeat(22) },
  },
  'notice.unsubscribePush': { endpoint: 'https://push.invalid/x' },
  'supervision.blow': { kind: 'W1' },
  'theme.list': { theme: 'case' },
  'verify.visit': { stamp: '0'.repeat(32) },
  'wall.follow': { id: 'wall-none' },
  'wall.watch': { id: 'wall-none' },
  'wall.join': { code: '000000' },
  'workforce.track': { from: '2026-11-20T02:00:00.000Z', to: '2026-11-20T05:00:00.000Z' },
  'place.buildingByCode': { kind: 'building' },
  'place.trail': { kind: 'building' },
};

const targetOf = (path: string, field: string, targets: Targets): string | number | undefined => {
  const [router = ''] = path.split('.');
  if (field === 'id') return making.includes(path) ? undefined : targets[named[path] ?? named[router] ?? ''];
  if (field === 'code')
    return {
      'place.dwellingByCode': targets.dwelling,
      'place.buildingByCode': targets.building,
      'place.trail': targets.building,
      'division.specialised': targets.specialised,
    }[path];
  const byField: Record<string, string> = {
    ...{ division: 'division', grid: 'grid', building: 'building', dwelling: 'dwelling', worker: 'worker' },
    ...{ event: 'event', eventId: 'event', into: 'event', call: 'call', team: 'team', volunteer: 'volunteer' },
    ...{ batch: 'addressBatch', subject: 'division', buildingCode: 'building', dwellingCode: 'dwelling' },
  };
  if (path === 'care.confirm' && field === 'dwelling') return targets.called;
  return targets[byField[field] ?? ''];
};

/** Fields of an attack on a procedure: the targets wherever an id is asked for, and what else it needs to be taken. */
export const attackOn =
  (path: string, targets: Targets, position: [number, number]): Override =>
  (field) => {
    const [router = ''] = path.split('.');
    for (const scope of [path, router, '*']) {
      const fits = fitting[scope];
      if (fits && field in fits) return fits[field];
    }
    if (field === 'position') return position;
    if (field === 'from' && (path === 'verify.mine' || path === 'dispatch.changeRule'))
      return path === 'verify.mine' ? position : '2027-01-01';
    if (field === 'areas') return [targets.division];
    if (field === 'events') return [targets.event];
    if (field === 'selection') return `building:${targets.building}`;
    return targetOf(path, field, targets);
  };

/** Things posts keep, which the demo has none of: made by a post of another community, open to those above it alone. */
export const strewThings = async ({ sql }: Connection): Promise<void> => {
  const owner = 'R4:440307009001';
  const [place] = await sql<{ path: string }[]>`select path from division where code = '440307009001'`;
  await sql`insert into saved_view (owner_id, owner_role, owner_division, name, screen, view, path, is_shared)
    values (${owner}, 'R4', '440307009001', 'kept elsewhere', 'mid', '{}', ${place?.path ?? ''}, true)`;
  await sql`insert into saved_report (id, version, owner_id, owner_role, owner_division, name, blocks, division_code, path, period, at, is_shared)
    values ('0123456789ab', 1, ${owner}, 'R4', '440307009001', 'kept elsewhere', '[]', '440307009001', ${place?.path ?? ''}, 'P7D', now(), true)`;
  await sql`insert into whistle (id, event_id, kind, reason, actor_id, blown_at)
    select 'W-elsewhere', id, 'W1', 'kept elsewhere', 'R3:440307009', now() from event where community_code = '440307009001' order by id limit 1`;
  await sql`insert into supervision_ticket (id, number, event_id, subject, rung, opened_at, deadline_at)
    select 'T-elsewhere', 'T-elsewhere', id, 'order:elsewhere', 'ticket', now(), now() from event
    where community_code = '440307009001' order by id limit 1`;
  await sql`insert into collection (id, building_code, subdistrict_code, community_code, grid_code, events, digest, at,
      actor_id, actor_role, recorded_at)
    select 'c0c0c0c0-0000-4000-8000-000000000001', code, subdistrict_code, community_code, grid_code, '[]', 'x', now(),
      'R5:elsewhere', 'R5', now() from building where community_code = '440307009001' order by code limit 1`;
  await sql`insert into collection_item (collection_id, seq, kind, act, method, before, after, why, candidates)
    values ('c0c0c0c0-0000-4000-8000-000000000001', 1, 'entity', 'add', 'none', '{}', '{}', 'name', '["x"]')`;
  await sql`insert into errand_batch (id, kind, division_code, path, per_grid, issued_at, due_at, actor_id, actor_role)
    values ('e1e1e1e1-0000-4000-8000-000000000001', 'patrol', '440307009001', ${place?.path ?? ''}, 1, now(), now(), ${owner}, 'R4')`;
};

/** Tables of placed rows, with what tells a row from others. */
const rowIds: Record<string, string[]> = {
  asset: ['id'],
  beach: ['id'],
  building: ['code'],
  care: ['id'],
  dispute: ['id', 'number'],
  doubt: ['id'],
  entity: ['id'],
  errand: ['id'],
  event: ['id', 'number'],
  worker: ['id'],
};

/** Every id and number of a placed row outside a community, its dwellings and divisions too. */
export const rowsOutside = async ({ sql }: Connection, community: string): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (const [table, columns] of Object.entries(rowIds))
    for (const column of columns)
      for (const { id } of await sql.unsafe<{ id: string }[]>(
        `select "${column}"::text as id from "${table}" where community_code <> $1`,
        [community],
      ))
        found.add(id);
  const others = await sql<{ id: string }[]>`
    select d.code as id from dwelling d join building b on b.code = d.building_code where b.community_code <> ${community}
    union all select code from division where level = 6 and parent_code <> ${community}
    union all select t.id from supervision_ticket t join event e on e.id = t.event_id where e.community_code <> ${community}
    union all select id::text from saved_view union all select id from saved_report union all select id from whistle`;
  for (const { id } of others) found.add(id);
  return found;
};

/** Names, numbers, phones and plates of everybody there is: none leaves the server unmasked. */
export const namesOfPeople = async (connection: Connection): Promise<ReadonlySet<string>> => {
  const people = await readPlain(connection);
  const workers = await connection.sql<{ name: string }[]>`select name from worker`;
  const volunteers = await connection.sql<{ id: string; sealed: Buffer }[]>`select id, sealed from volunteer`;
  const open = await opener('volunteer');
  const plates = await readPlates(connection);
  const rows = [
    ...people.flatMap(({ name, id_number, phone }) => [name, id_number, ...(phone ? [phone] : [])]),
    ...workers.map(({ name }) => name),
    ...volunteers.map(({ id, sealed }) => open(id, sealed)),
    ...plates,
  ];
  // A name of two characters may also be a word, a Monday among them.
  return new Set(rows.filter((name) => name.length > 2));
};
