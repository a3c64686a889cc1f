import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Random, randomFor } from '@/data/demo/random';
import { type EventRow, type EventStatus, eventStatuses } from '@/data/model/event';
import { type Role, roles } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { isClosed, movesOf, nextStatuses } from '../event/rules';
import { townScope } from '../event/testing';
import { runDueJobs } from '../job/worker';
import { supervisionJobs } from './climb';
import { blowWhistle } from './store';
import { moveAs, reportAgo, writeSupervisedTown } from './testing';

/** Random histories of events by random roles; `GRIDHALL_TEST_HISTORIES=10000` tells as many. */
const nHistories = Number(process.env.GRIDHALL_TEST_HISTORIES ?? 1_000);
const lanes = 6;
const mostMoves = 9;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeSupervisedTown(database.connection);
});
afterAll(() => database.end());

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random.weighted(list.map(() => 1))];

/** What a move must say besides; now and then it says something else. */
const particulars = (row: EventRow, to: EventStatus, random: Random) => {
  const untilAt = new Date(Date.parse(row.dueAt ?? '') + random.between(0.1, 30) * 3_600_000).toISOString();
  if (to === 'S42') return random.has(0.9) ? { untilAt } : {};
  if (to === 'S41') return random.has(0.5) ? { untilAt } : {};
  return row.status === 'S41' ? { isApproved: random.has(0.5) } : {};
};

type Tried = { accepted: number; refused: number };

/** One move by anybody to anywhere, mostly a legal one; a refusal changes nothing. */
const tryMove = async (row: EventRow, hoursAgo: number, random: Random, tried: Tried): Promise<EventRow> => {
  const isWild = random.has(0.15);
  const role: Role = isWild
    ? (pick(roles, random) ?? 'R2')
    : (pick(
        roles.filter((each) => movesOf({ role: each, screen: 'mid' }, row.status).length > 0),
        random,
      ) ?? 'R2');
  const to = pick(isWild ? eventStatuses : movesOf({ role, screen: 'mid' }, row.status), random);
  if (!to) return row;
  const version = random.has(0.05) ? row.version + 1 : row.version;
  try {
    if (to === 'S43' && role === 'R3') {
      const blow = { eventId: row.id, version, kind: 'W1', departments: ['XFJ', 'SWJ'], reason: 'called' };
      await blowWhistle(database.connection, townScope('R3', 'S'), blow);
      tried.accepted += 1;
      return { ...row, version: row.version + 1, status: 'S43' };
    }
    const moved = await moveAs(database.connection, role, { id: row.id, version }, to, {
      ...{ hoursAgo, ...particulars(row, to, random) },
    });
    expect(nextStatuses(row.status)).toContain(to);
    expect(isClosed(row.status) && !isClosed(to)).toBe(false);
    tried.accepted += 1;
    return moved;
  } catch (error) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(invalid|not_allowed|conflict|not_found)$/) });
    tried.refused += 1;
    return row;
  }
};

const tellOne = async (n: number, tried: Tried): Promise<void> => {
  const random = randomFor(`history ${n}`);
  let hoursAgo = random.between(20, 150);
  let row = await reportAgo(database.connection, hoursAgo, pick(['A1', 'A2', 'B1', 'B2'], random));
  for (let i = random.between(0, mostMoves); i > 0; i--) {
    hoursAgo *= random.between(0.5, 1);
    row = await tryMove(row, hoursAgo, random, tried);
  }
};

it('random histories keep every promise', { timeout: 60_000 + nHistories * 400 }, async () => {
  const tried: Tried = { accepted: 0, refused: 0 };
  let next = 0;
  const lane = async () => {
    while (next < nHistories) await tellOne(next++, tried);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  expect(tried.accepted).toBeGreaterThan(nHistories);
  expect(tried.refused).toBeGreaterThan(nHistories / 10);
  await runDueJobs(database.connection, supervisionJobs);
  const { db } = database.connection;
  const none = async (what: string, found: ReturnType<typeof sql>) =>
    expect([what, [...(await db.execute(found))].slice(0, 3)]).toEqual([what, []]);
  await none(
    'one state: the row is its last move',
    sql`
    select e.id from event e join lateral (select to_status, seq from event_transition t where t.event_id = e.id
      order by seq desc limit 1) t on true where t.to_status <> e.status or t.seq <> e.version + 3`,
  );
  await none(
    'append-only: no gap, each move from where the last one led',
    sql`
    select t.event_id from (select *, lag(to_status) over w as left_status, row_number() over w as n from event_transition
      window w as (partition by event_id order by seq)) t where t.n <> t.seq or t.from_status is distinct from t.left_status`,
  );
  await none(
    'clocks never run backwards',
    sql`
    select event_id from (select *, lag(at) over (partition by event_id order by seq) as before from event_transition) t
    where at < before or added_minutes < 0`,
  );
  await none(
    'the limit is that of the report and what moves added',
    sql`
    select e.id from event e join lateral (select sum(added_minutes) as added from event_transition t
      where t.event_id = e.id) t on true
    where e.handle_due_at <> e.reported_at + interval '1470 minutes' + make_interval(mins => coalesce(t.added, 0)::int)
      or e.paused_minutes <> coalesce(t.added, 0)`,
  );
  await none(
    'a closed event never opens again',
    sql`
    select event_id from event_transition where from_status in ('S21', 'S61', 'S62', 'S70', 'S90') and to_status <> 'S70'`,
  );
  await none(
    'a rung is climbed once, after the one below, never before its instant',
    sql`
    select subject from (select *, row_number() over w as n, lag(at) over w as before from supervision_rung
      window w as (partition by subject order by id)) r
    where at < due_at or at < before or (array['reminder','card','ticket','note','meeting'])[n] <> rung`,
  );
  await none(
    'what waits is of open events alone',
    sql`
    select j.key from job j join event e on j.subject = 'event:' || e.id
    where j.state = 'waiting' and e.status in ('S21', 'S61', 'S62', 'S70', 'S90')`,
  );
  await none(
    'every open event that is late and not suspended was carded',
    sql`
    select e.id from event e where e.status not in ('S21', 'S61', 'S62', 'S70', 'S90', 'S42') and e.handle_due_at < now()
      and not exists (select from supervision_rung r where r.subject = 'event:' || e.id and r.rung = 'card')`,
  );
  await none(
    'a whistle sounds while its event is in joint handling, and no longer',
    sql`
    select w.id from whistle w join event e on e.id = w.event_id where (w.ended_at is null) <> (e.status = 'S43')
      and not exists (select from whistle v where v.event_id = w.event_id and v.blown_at > w.blown_at)`,
  );
  await none(
    'nobody is told twice',
    sql`
    select post from notice group by post, channel, cause having count(*) > 1`,
  );
  await none('no job died', sql`select key from job where state = 'dead'`);
  const [counts] = await db.execute<{ events: string; stated: string }>(sql`
    select (select count(*) from event) as events, (select sum(n) from (select count(*) as n from event group by status) s) as stated`);
  expect(counts).toEqual({ events: String(nHistories), stated: String(nHistories) });
});
