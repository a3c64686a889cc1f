import { afterAll, beforeEach, expect, it } from 'vitest';
import type { Role } from '@/data/model/scope';
import type { WhistleMove, WhistleStep } from '@/data/model/supervision';
import type { Connection } from '../db/client';
import { type TestDatabase, testDatabase } from '../db/testing';
import { isWorkingDay } from '../dictionary/calendar';
import { eventById } from '../event/store';
import { townScope } from '../event/testing';
import { jobHandlers } from '../job/handlers';
import { runDueJobs } from '../job/worker';
import { blowWhistle, listTickets, listWhistles, moveTicket, moveWhistle, ticketById, whistleById } from './store';
import { moveAs, noticesOf, outbox, reportAgo, rungsOf, writeSupervisedTown } from './testing';

let database: TestDatabase | undefined;
let connection: Connection;
let home: string;
beforeEach(async () => {
  await database?.end();
  database = await testDatabase();
  connection = database.connection;
  await writeSupervisedTown(connection);
  home = outbox().home;
});
afterAll(() => database?.end());

const street = townScope('R3', 'S');
const hour = 3_600_000;
const reason = 'the road lies across two departments';

const handled = async () => {
  const row = await reportAgo(connection, 1);
  return moveAs(connection, 'R6', row, 'S40');
};
const blow = async (kind = 'W1', departments = ['XFJ', 'SWJ']) => {
  const row = await handled();
  const id = await blowWhistle(connection, street, {
    ...{ eventId: row.id, version: row.version, kind, departments, reason },
  });
  return { id, row };
};
const read = async (id: string) => (await whistleById(connection, street, id, null)).whistle;
const lineOf = async (id: string, department: string) => {
  const line = (await read(id)).lines.find((each) => each.department === department);
  if (!line) throw new Error(`No line of ${department}.`);
  return line;
};
const step = async (
  id: string,
  department: string,
  to: WhistleStep,
  { role = 'R6', version, ...rest }: Partial<WhistleMove> & { role?: Role } = {},
) => {
  const seen = version ?? (await lineOf(id, department)).version;
  const move = { id, department, version: seen, step: to as WhistleMove['step'], note: '', reply: null, score: null };
  return moveWhistle(connection, townScope(role), { ...move, ...rest });
};
const reply = () => ({
  acceptedAt: new Date().toISOString(),
  contacted: 'the station of the sub-district',
  measure: 'the road is closed and repaired',
  limitAt: new Date(Date.now() + 48 * hour).toISOString(),
});

it('is blown by the sub-district alone, for an event in hand, and takes it into joint handling', async () => {
  const row = await handled();
  const wanted = { eventId: row.id, version: row.version, kind: 'W1', departments: ['XFJ'], reason };
  for (const role of ['R1', 'R2', 'R4', 'R5', 'R6'] as const)
    await expect(blowWhistle(connection, townScope(role), wanted)).rejects.toMatchObject({ code: 'not_allowed' });
  const bad = { ...wanted, kind: 'W9' };
  await expect(blowWhistle(connection, street, bad)).rejects.toMatchObject({ code: 'invalid' });
  const lost = { ...wanted, departments: ['nobody'] };
  await expect(blowWhistle(connection, street, lost)).rejects.toMatchObject({ code: 'invalid' });
  expect((await eventById(connection, street, row.id)).status).toBe('S40');
  const id = await blowWhistle(connection, street, wanted);
  expect(await eventById(connection, street, row.id)).toMatchObject({ status: 'S43', version: row.version + 1 });
  expect(await read(id)).toMatchObject({ eventId: row.id, kind: 'W1', endedAt: null });
  await expect(blowWhistle(connection, street, wanted)).rejects.toMatchObject({ code: 'conflict' });
});

it.each([
  ['W1', 1, 24, 3],
  ['W2', 1, 24, 5],
  ['W3', 0.25, 0.5, 0],
  ['W4', 1, 24, 3],
])('%s: sign in %d h, contact in %d h, arrive in %d working days', async (kind, sign, contact, days) => {
  const { id } = await blow(kind);
  const { blownAt, lines } = await read(id);
  const [line] = lines;
  const due = (i: number) => Date.parse(line?.limits[i]?.dueAt ?? '') - Date.parse(blownAt);
  expect([due(0) / hour, due(1) / hour]).toEqual([sign, contact]);
  const arrive = new Date(Date.parse(blownAt) + due(2));
  if (days === 0) return expect(due(2)).toBe(due(1));
  expect(arrive.toISOString().slice(11)).toBe('16:00:00.000Z');
  const local = (at: number) => new Date(at + 8 * hour).toISOString().slice(0, 10);
  let worked = 0;
  for (let at = Date.parse(blownAt) + 24 * hour; at < arrive.getTime() + hour; at += 24 * hour)
    if (local(at) <= local(arrive.getTime() - 1) && isWorkingDay({ days: new Map() }, local(at))) worked += 1;
  expect(worked).toBe(days);
});

it('goes sign, contact, arrive, reply with four elements, score; each by those it is for', async () => {
  const { id } = await blow();
  await expect(step(id, 'XFJ', 'contact')).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(step(id, 'XFJ', 'sign', { role: 'R3' })).rejects.toMatchObject({ code: 'not_allowed' });
  for (const each of ['sign', 'contact', 'arrive'] as const) await step(id, 'XFJ', each);
  await expect(step(id, 'XFJ', 'reply')).rejects.toMatchObject({ code: 'invalid' });
  await step(id, 'XFJ', 'reply', { reply: reply() });
  await expect(step(id, 'XFJ', 'score', { role: 'R6', score: 5 })).rejects.toMatchObject({ code: 'not_allowed' });
  await step(id, 'XFJ', 'score', { role: 'R4', score: 4 });
  expect(await lineOf(id, 'XFJ')).toMatchObject({
    score: 4,
    reply: { measure: 'the road is closed and repaired' },
    moves: [],
  });
  expect((await lineOf(id, 'SWJ')).limits.map(({ doneAt }) => doneAt)).toEqual([null, null, null]);
  const { steps } = await whistleById(connection, street, id, null);
  expect(steps.map((each) => each.step)).toEqual(['blow', 'sign', 'contact', 'arrive', 'reply', 'score']);
  expect(steps.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('two who sign at once: one department is signed for once, two departments both', async () => {
  const { id } = await blow();
  const signs = ['XFJ', 'XFJ', 'XFJ', 'SWJ'].map((department) => step(id, department, 'sign', { version: 1 }));
  const ends = await Promise.allSettled(signs);
  const refused = ends.filter((end) => end.status === 'rejected');
  expect(refused).toHaveLength(2);
  for (const end of refused) expect(end.reason).toMatchObject({ code: 'conflict' });
  expect(ends[3]?.status).toBe('fulfilled');
  const { steps } = await whistleById(connection, street, id, null);
  expect(steps.map(({ step: each, department }) => [each, department]).sort()).toEqual([
    ['blow', null],
    ['sign', 'SWJ'],
    ['sign', 'XFJ'],
  ]);
});

it('a late step climbs the same ladder, one done or a whistle over does not', async () => {
  const { id, row } = await blow('W1', ['XFJ', 'SWJ']);
  await step(id, 'XFJ', 'sign');
  const run = (hours: number) =>
    runDueJobs(connection, jobHandlers(home), { clock: new Date(Date.now() + hours * hour) });
  const own = async () =>
    (await rungsOf(connection))
      .filter(({ event_id, subject }) => event_id === row.id && subject.startsWith('whistle'))
      .map(({ subject, rung }) => `${subject.split(':').slice(2).join(' ')} ${rung}`);
  await run(0.7);
  expect(await own()).toEqual([]);
  await run(0.81);
  expect(await own()).toEqual(['SWJ sign reminder']);
  await run(5.01);
  expect(await own()).toEqual(['SWJ sign reminder', 'SWJ sign card', 'SWJ sign ticket']);
  const departments = (await noticesOf(connection))
    .filter(({ event_id, kind }) => event_id === row.id && kind === 'ticket')
    .map(({ post }) => post);
  expect(departments).toContain('R6:SWJ');
  expect(departments).not.toContain('R6:XFJ');
  const back = await moveAs(connection, 'R3', { id: row.id, version: row.version + 1 }, 'S40');
  expect(back.status).toBe('S40');
  expect((await read(id)).endedAt).not.toBeNull();
  const before = await own();
  await run(200);
  expect(await own()).toEqual(before);
  await expect(step(id, 'SWJ', 'sign')).rejects.toMatchObject({ code: 'not_allowed' });
});

it('a ticket is answered by the handler, sent back and closed by the supervisor, noted by the leader', async () => {
  const row = await reportAgo(connection, 31);
  await runDueJobs(connection, jobHandlers(home));
  const list = await listTickets(connection, townScope('R2'), { division: null, at: null });
  const [ticket] = list.filter(({ eventId }) => eventId === row.id);
  if (!ticket) throw new Error('No ticket was opened.');
  const move = (
    role: Role,
    to: 'note' | 'reply' | 'return' | 'close',
    version: number,
    deadlineAt: string | null = null,
  ) => moveTicket(connection, townScope(role), { id: ticket.id, version, step: to, note: `${to} it`, deadlineAt });
  const soon = new Date(Date.now() + hour).toISOString();
  await expect(move('R2', 'reply', 1)).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(move('R6', 'close', 1)).rejects.toMatchObject({ code: 'not_allowed' });
  await expect(move('R2', 'close', 1)).rejects.toMatchObject({ code: 'invalid' });
  await move('R1', 'note', 1);
  await expect(move('R6', 'reply', 1)).rejects.toMatchObject({ code: 'conflict' });
  await move('R6', 'reply', 2);
  await expect(move('R2', 'return', 3)).rejects.toMatchObject({ code: 'invalid' });
  await move('R2', 'return', 3, soon);
  await move('R4', 'reply', 4);
  await move('R3', 'close', 5);
  const told = await ticketById(connection, townScope('R2'), ticket.id, null);
  expect(told.ticket).toMatchObject({ reply: 'reply it', result: 'close it', deadlineAt: soon, version: 6 });
  expect(told.steps.map((each) => each.step)).toEqual(['open', 'note', 'reply', 'return', 'reply', 'close']);
  expect(told.moves).toEqual([]);
  // Closing the ticket is not handling the event.
  expect((await eventById(connection, street, row.id)).status).toBe('S31');
  const wall = await ticketById(connection, townScope('R1'), ticket.id, null);
  expect([wall.ticket.title, wall.ticket.grid]).toEqual([null, null]);
});

it('lists the whistles of a territory as they stood', async () => {
  const { id } = await blow();
  const before = new Date(Date.now() - 10 * hour);
  const ids = async (code: string, at: Date | null) =>
    (await listWhistles(connection, townScope('R4', code), { division: null, at })).map((row) => row.id);
  expect(await ids('A', null)).toContain(id);
  expect(await ids('B', null)).not.toContain(id);
  expect(await ids('A', before)).toEqual([]);
});
