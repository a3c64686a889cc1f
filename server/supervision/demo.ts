import { asc, sql } from 'drizzle-orm';
import { type Random, randomFor } from '@/data/demo/random';
import reasons from '@/data/demo/world/reason.json';
import type { EventLevel } from '@/data/model/event';
import { type PolicyRung, rungCodes } from '@/data/model/supervision';
import type { Connection, Executor } from '../db/client';
import { event } from '../db/schema';
import { readCalendar } from '../dictionary/calendar';
import { readInstallation } from '../dictionary/store';
import { readPolicy } from './policy';
import { atLevel, rungAt, subjectText } from './rules';
import {
  supervision_move,
  supervision_rung,
  supervision_ticket,
  whistle,
  whistle_department,
  whistle_move,
} from './table';
import { readKind, whistleLimits } from './whistle';

/** Days of the demo's past that were supervised. */
const days = 90;
const chunk = 1_000;
const hour = 3_600_000;

type Row = typeof event.$inferSelect;
type Rows = {
  rungs: (typeof supervision_rung.$inferInsert)[];
  tickets: (typeof supervision_ticket.$inferInsert)[];
  ticketMoves: (typeof supervision_move.$inferInsert)[];
  whistles: (typeof whistle.$inferInsert)[];
  lines: (typeof whistle_department.$inferInsert)[];
  whistleMoves: (typeof whistle_move.$inferInsert)[];
};

const after = (at: Date, hours: number): Date => new Date(Math.round(at.getTime() + hours * hour));
const by = (at: Date | null, end: Date): Date | null => (at !== null && at <= end ? at : null);
const system = { actor_id: 'system', actor_role: 'system' };

/** How a ticket went: most are answered in time, some late, a few very late. */
const addTicket = (rows: Rows, row: Row, rung: PolicyRung, openedAt: Date, end: Date): void => {
  const random = randomFor(`ticket ${row.id}`);
  const hours = atLevel(rung.replyHours, row.level as EventLevel);
  const share = random.has(0.85) ? random.between(0.2, 1.2) : random.between(1.2, 12);
  const repliedAt = by(after(openedAt, hours * share), end);
  const reply = random.pick(reasons.reply);
  const result = random.pick(reasons.result);
  const closedAt =
    repliedAt && row.closed_at
      ? by(after(new Date(Math.max(+repliedAt, +row.closed_at)), random.between(2, 72)), end)
      : null;
  const id = `T-${row.id}`;
  const climbed = rows.rungs.filter(({ event_id, rung: code }) => event_id === row.id && rungCodes.indexOf(code) > 2);
  const moves = [
    { step: 'open' as const, at: openedAt, ...system, note: '' },
    ...climbed.map(({ rung: code, at }) => ({ step: 'climb' as const, at, ...system, note: code })),
    ...(repliedAt ? [{ step: 'reply' as const, at: repliedAt, actor_id: 'R6:DP', actor_role: 'R6', note: reply }] : []),
    ...(closedAt ? [{ step: 'close' as const, at: closedAt, actor_id: 'R2:DP', actor_role: 'R2', note: result }] : []),
  ].sort((a, b) => +a.at - +b.at);
  rows.tickets.push({
    ...{ id, version: moves.length, number: `${row.number}/1`, event_id: row.id, department_code: row.department_code },
    ...{ subject: subjectText({ kind: 'event', eventId: row.id }), rung: climbed.at(-1)?.rung ?? 'ticket' },
    ...{ opened_at: openedAt, deadline_at: after(openedAt, hours), replied_at: repliedAt, closed_at: closedAt },
    ...{ reply: repliedAt ? reply : '', result: closedAt ? result : '' },
  });
  rows.ticketMoves.push(...moves.map((move, i) => ({ ...move, ticket_id: id, seq: i + 1 })));
};

/** The rungs an event had reached when it was closed, or by the demo's end. */
const addLadder = (rows: Rows, row: Row, policy: readonly PolicyRung[], end: Date): void => {
  if (row.handle_due_at === null) return;
  const clock = {
    ...{ startAt: row.reported_at, dueAt: row.handle_due_at },
    ...{ pausedMinutes: row.paused_minutes, level: row.level as EventLevel },
  };
  const until = row.closed_at ?? (row.status === 'S42' ? row.status_at : end);
  const reached = policy.filter((rung) => rungAt(clock, rung) <= until);
  const subject = subjectText({ kind: 'event', eventId: row.id });
  for (const rung of reached) {
    const at = rungAt(clock, rung);
    rows.rungs.push({ subject, event_id: row.id, rung: rung.code, due_at: at, at });
  }
  const ticket = reached.find(({ code }) => code === 'ticket');
  if (ticket) addTicket(rows, row, ticket, rungAt(clock, ticket), end);
};

const replyOf = (at: Date, random: Random) => ({
  acceptedAt: at.toISOString(),
  contacted: reasons.contacted,
  measure: random.pick(reasons.measure),
  limitAt: after(at, 24).toISOString(),
});

type Blown = { id: string; eventId: string; from: Date; to: Date | null; kind: string };
type Limits = ReturnType<typeof whistleLimits>;

/** How a department answered a whistle: mostly in time, each step after the one before. */
const lineOf = (
  blown: Blown,
  department: string,
  limits: Limits,
  end: Date,
): typeof whistle_department.$inferInsert => {
  const random = randomFor(`whistle ${blown.id} ${department}`);
  const until = blown.to ?? end;
  const share = (dueAt: Date) => after(blown.from, ((+dueAt - +blown.from) / hour) * random.between(0.15, 1.12));
  const later = (at: Date | null, than: Date | null): Date | null =>
    at && than ? by(at > than ? at : than, until) : null;
  const signedAt = by(share(limits.sign_due_at), until);
  const contactedAt = later(share(limits.contact_due_at), signedAt);
  const arrivedAt = later(share(limits.arrive_due_at), contactedAt);
  const repliedAt = later(arrivedAt && after(arrivedAt, random.between(1, 6)), arrivedAt);
  const scoredAt = repliedAt && blown.to && random.has(0.7) ? by(after(blown.to, random.between(1, 30)), end) : null;
  return {
    ...{ whistle_id: `B-${blown.id}`, department_code: department, ...limits },
    ...{ signed_at: signedAt, contacted_at: contactedAt, arrived_at: arrivedAt, replied_at: repliedAt },
    ...{ reply: repliedAt && replyOf(blown.from, random), score: scoredAt && random.whole(3, 5), scored_at: scoredAt },
  };
};

const departments = ['SWJ', 'CGJ', 'ZJJ', 'JTJ', 'SCJ', 'YJJ'];

const addWhistle = async (tx: Executor, rows: Rows, blown: Blown & { department: string | null }, end: Date) => {
  const { id, from, to, kind } = blown;
  const limits = whistleLimits(await readKind(tx, kind, end), await readCalendar(tx), from);
  const random = randomFor(`called ${id}`);
  const called = [...new Set([blown.department ?? 'ZFB', random.pick(departments)])];
  const lines = called.map((department) => lineOf(blown, department, limits, end));
  const steps = lines.flatMap((line) =>
    (['sign', 'contact', 'arrive', 'reply', 'score'] as const).flatMap((step) => {
      const at = {
        sign: line.signed_at,
        contact: line.contacted_at,
        arrive: line.arrived_at,
        reply: line.replied_at,
        score: line.scored_at,
      }[step];
      const role = step === 'score' ? 'R3' : 'R6';
      return at ? [{ step, at, department_code: line.department_code, actor_id: `${role}:DP`, actor_role: role }] : [];
    }),
  );
  const street = { department_code: null, actor_id: 'R3:DP', actor_role: 'R3' };
  const moves = [
    { ...street, step: 'blow' as const, at: from, note: reasons.S43 },
    ...steps,
    ...(to ? [{ ...street, step: 'end' as const, at: to }] : []),
  ].sort((a, b) => +a.at - +b.at);
  rows.whistles.push({
    ...{ id: `B-${id}`, version: moves.length, event_id: blown.eventId, kind },
    ...{ reason: reasons.S43, actor_id: 'R3:DP', blown_at: from, ended_at: to },
  });
  rows.lines.push(...lines);
  rows.whistleMoves.push(...moves.map((move, i) => ({ ...move, whistle_id: `B-${id}`, seq: i + 1 })));
};

const insertAll = async (tx: Executor, rows: Rows): Promise<void> => {
  const pairs = [
    [supervision_rung, rows.rungs],
    [supervision_ticket, rows.tickets],
    [supervision_move, rows.ticketMoves],
    [whistle, rows.whistles],
    [whistle_department, rows.lines],
    [whistle_move, rows.whistleMoves],
  ] as const;
  for (const [table, all] of pairs)
    for (let from = 0; from < all.length; from += chunk)
      await tx
        .insert(table)
        .values(all.slice(from, from + chunk) as never)
        .onConflictDoNothing();
};

/** Times an event of the demo was in joint handling. */
const soundings = (tx: Executor, since: Date) =>
  tx.execute<{ id: string; seq: number; from: string; to: string | null; department: string | null }>(sql`
    select t.event_id as id, t.seq, t.at as from, n.at as to, e.department_code as department
    from event_transition t join event e on e.id = t.event_id
    left join event_transition n on n.event_id = t.event_id and n.seq = t.seq + 1
    where t.to_status = 'S43' and t.at >= ${since.toISOString()}::timestamptz order by t.at, t.event_id`);

/** What supervision would have done in the last months of a demo: ladders, tickets, whistles. */
const writeSupervision = ({ db }: Connection, end: Date): Promise<void> =>
  db.transaction(async (tx) => {
    const since = after(end, -24 * days);
    const rows: Rows = { rungs: [], tickets: [], ticketMoves: [], whistles: [], lines: [], whistleMoves: [] };
    const policy = await readPolicy(tx, end);
    const events = await tx
      .select()
      .from(event)
      .where(sql`${event.reported_at} >= ${since.toISOString()}::timestamptz and ${event.handle_due_at} is not null`)
      .orderBy(asc(event.reported_at), asc(event.id));
    for (const row of events) addLadder(rows, row, policy, end);
    for (const { id, seq, from, to, department } of await soundings(tx, since)) {
      const kind = randomFor(`kind ${id}`).pick(['W1', 'W1', 'W1', 'W2', 'W3', 'W4']);
      const times = { from: new Date(from), to: to === null ? null : new Date(to) };
      await addWhistle(tx, rows, { id: `${id}-${seq}`, eventId: id, ...times, kind, department }, end);
    }
    await insertAll(tx, rows);
  });

/** Writes the supervision of a demo that has none yet; in one transaction, so all of it or nothing. */
export const superviseDemo = async (connection: Connection): Promise<void> => {
  const { demo, seededAt } = await readInstallation(connection.db);
  if (demo === null) return;
  const [known] = await connection.db.select({ rung: supervision_rung.rung }).from(supervision_rung).limit(1);
  if (!known) await writeSupervision(connection, new Date(seededAt));
};
