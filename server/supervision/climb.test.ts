import { type ChildProcess, spawn } from 'node:child_process';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { type Connection, connect } from '../db/client';
import { event, job, supervision_ticket } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { lampOf } from '../event/rules';
import { townScope } from '../event/testing';
import { jobHandlers } from '../job/handlers';
import { runDueJobs } from '../job/worker';
import { listNotices, readNotices } from '../notice/store';
import { putSweep } from './climb';
import { listTickets } from './store';
import { moveAs, noticesOf, outbox, reportAgo, rungsOf, writeSupervisedTown } from './testing';

let database: TestDatabase;
let connection: Connection;
let out: ReturnType<typeof outbox>;
beforeEach(async () => {
  await database?.end();
  database = await testDatabase();
  connection = database.connection;
  out = outbox();
  await writeSupervisedTown(connection);
});
afterAll(() => database.end());

const hour = 3_600_000;
/** Of the events of these tests: 30 minutes to accept and 24 hours to handle. */
const limit = 24.5 * hour;
const run = (clock: Date, by: Connection = connection) => runDueJobs(by, jobHandlers(out.home), { clock });
const codes = async () => (await rungsOf(connection)).map(({ rung }) => rung);

it('at 80 % the lamp turns yellow and one reminder goes out, at 100 % one card, then the ladder', async () => {
  const row = await reportAgo(connection, 0);
  const start = Date.parse(row.reportedAt);
  const at = (ms: number) => new Date(start + ms);
  await run(at(0.8 * limit - 1000));
  expect([await codes(), lampOf(row, at(0.8 * limit - 1000))]).toEqual([[], 'green']);
  await run(at(0.8 * limit));
  await run(at(0.8 * limit + 60_000));
  expect([await codes(), lampOf(row, at(0.8 * limit))]).toEqual([['reminder'], 'yellow']);
  await run(at(limit));
  await run(at(limit + 1));
  expect([await codes(), lampOf(row, at(limit + 1))]).toEqual([['reminder', 'card'], 'red']);
  expect(await connection.db.select().from(supervision_ticket)).toEqual([]);
  await run(at(limit + 4 * hour));
  const [ticket] = await listTickets(connection, townScope('R2'), { division: null, at: null });
  // Opened by a clock of these tests that runs ahead of the database's.
  expect(ticket).toBeUndefined();
  expect(await connection.db.select().from(supervision_ticket)).toMatchObject([
    {
      event_id: row.id,
      rung: 'ticket',
      department_code: 'XFJ',
      deadline_at: at(limit + 12 * hour),
      number: `${row.number}/1`,
    },
  ]);
  await run(at(limit + 24 * hour));
  expect(await codes()).toEqual(['reminder', 'card', 'ticket', 'note', 'meeting']);
  expect(await connection.db.select().from(supervision_ticket)).toMatchObject([{ rung: 'meeting', version: 3 }]);
  const told = await noticesOf(connection);
  const reminders = told.filter(({ kind }) => kind === 'reminder').map(({ post, channel }) => `${post} ${channel}`);
  expect(reminders.sort()).toEqual([
    'R4:A app',
    'R4:A wecom',
    'R5:A1 app',
    'R5:A1 wecom',
    'R6:XFJ app',
    'R6:XFJ wecom',
  ]);
  const sent = out.lines();
  const external = told.filter(({ channel }) => channel !== 'app');
  expect(sent.map(({ id }) => id).sort()).toEqual(external.map(({ id }) => id).sort());
  expect(told.every(({ state }) => state === 'sent')).toBe(true);
  expect(JSON.stringify(sent)).not.toMatch(/bicycle|Test Road/);
});

it('a pause shifts the ladder with the clock; a request for more time only when it is approved', async () => {
  let row = await reportAgo(connection, 20);
  row = await moveAs(connection, 'R6', row, 'S40', { hoursAgo: 19 });
  row = await moveAs(connection, 'R3', row, 'S42', { hoursAgo: 18, untilAt: new Date().toISOString() });
  const start = Date.parse(row.reportedAt);
  const at = (hours: number) => new Date(start + hours * hour);
  await run(at(100));
  expect(await codes()).toEqual([]);
  row = await moveAs(connection, 'R3', row, 'S40', { hoursAgo: 8 });
  // 19.6 h of 24.5 h, and 10 h suspended.
  await run(at(29.6 - 0.01));
  expect(await codes()).toEqual([]);
  await run(at(29.6 + 0.02));
  expect(await codes()).toEqual(['reminder']);
  row = await moveAs(connection, 'R6', row, 'S41', { hoursAgo: 5 });
  row = await moveAs(connection, 'R3', row, 'S40', { hoursAgo: 4, isApproved: false });
  await run(at(34.5 - 0.02));
  expect(await codes()).toEqual(['reminder']);
  row = await moveAs(connection, 'R6', row, 'S41', { hoursAgo: 3, untilAt: at(40).toISOString() });
  row = await moveAs(connection, 'R3', row, 'S40', { hoursAgo: 2, isApproved: true, untilAt: at(40).toISOString() });
  expect(Math.abs(Date.parse(row.dueAt ?? '') - at(40).getTime())).toBeLessThanOrEqual(60_000);
  await run(at(39.9));
  expect(await codes()).toEqual(['reminder']);
  await run(at(40.1));
  expect(await codes()).toEqual(['reminder', 'card']);
});

it('refuses a suspension without reason or day, an answer without a verdict, and joint handling without a whistle', async () => {
  let row = await reportAgo(connection, 3);
  row = await moveAs(connection, 'R6', row, 'S40', { hoursAgo: 2 });
  const soon = new Date(Date.now() + hour).toISOString();
  const invalid = { code: 'invalid' };
  await expect(moveAs(connection, 'R3', row, 'S42')).rejects.toMatchObject(invalid);
  await expect(moveAs(connection, 'R3', row, 'S42', { note: '', untilAt: soon })).rejects.toMatchObject(invalid);
  await expect(moveAs(connection, 'R6', row, 'S41', { untilAt: soon })).rejects.toMatchObject(invalid);
  await expect(moveAs(connection, 'R3', row, 'S43')).rejects.toMatchObject(invalid);
  row = await moveAs(connection, 'R6', row, 'S41');
  await expect(moveAs(connection, 'R3', row, 'S40')).rejects.toMatchObject(invalid);
  await expect(moveAs(connection, 'R3', row, 'S40', { isApproved: false, note: '' })).rejects.toMatchObject(invalid);
  row = await moveAs(connection, 'R3', row, 'S40', { isApproved: false, note: 'enough time left' });
  expect(row.status).toBe('S40');
});

it('a closed event ends its pending steps', async () => {
  const row = await reportAgo(connection, 1);
  let moved = await moveAs(connection, 'R6', row, 'S40');
  for (const [role, to] of [
    ['R6', 'S50'],
    ['R2', 'S61'],
  ] as const)
    moved = await moveAs(connection, role, moved, to);
  expect((await connection.db.select({ state: job.state }).from(job)).map(({ state }) => state)).toEqual(['void']);
  await run(new Date(Date.now() + 1000 * hour));
  expect(await codes()).toEqual([]);
});

it('what fell due in 30 minutes of downtime is done once, in order', async () => {
  const rows = [];
  for (let i = 0; i < 12; i++) rows.push(await reportAgo(connection, 5 - i / 30));
  const end = new Date(Date.parse(rows.at(-1)?.reportedAt ?? '') + limit + 5 * hour);
  await run(end);
  await run(end);
  const rungs = await rungsOf(connection);
  expect(rungs).toHaveLength(12 * 3);
  expect(new Set(rungs.map(({ subject, rung }) => `${subject} ${rung}`)).size).toBe(36);
  for (const row of rows) {
    const own = rungs.filter(({ event_id }) => event_id === row.id);
    expect(own.map(({ rung }) => rung)).toEqual(['reminder', 'card', 'ticket']);
    for (const { due_at, at, is_missed } of own) expect([at >= due_at, is_missed]).toEqual([true, false]);
  }
  const dues = rungs.map(({ due_at }) => due_at.getTime());
  expect(dues).toEqual([...dues].sort((a, b) => a - b));
});

it('two processes at once do each step once', async () => {
  for (let i = 0; i < 15; i++) await reportAgo(connection, 1 + i / 100);
  const other = connect(database.url, { max: 4 });
  const end = new Date(Date.now() + limit + 5 * hour);
  await Promise.all([run(end), run(end, other), run(end), run(end, other)]);
  await other.sql.end();
  expect(await rungsOf(connection)).toHaveLength(45);
  const external = (await noticesOf(connection)).filter(({ channel }) => channel !== 'app');
  expect(
    out
      .lines()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(external.map(({ id }) => id).sort());
});

const killed = async (afterSends: number): Promise<void> => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'server/supervision/testing-supervisor.ts', database.url, out.home],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let sends = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    sends += chunk.toString().split('\n').length - 1;
    if (sends >= afterSends) child.kill('SIGKILL');
  });
  await ended;
};

it('killed between due and sent, and started again, it sends each once', async () => {
  for (let i = 0; i < 6; i++) await reportAgo(connection, 60 + i);
  for (const n of [3, 11, 17]) await killed(n);
  const end = Date.now() + 30_000;
  const left = async () => connection.db.$count(job, sql`state = 'waiting' and due_at <= now()`);
  while ((await left()) > 0 && Date.now() < end)
    await runDueJobs(connection, jobHandlers(out.home)).then(() => new Promise((done) => setTimeout(done, 100)));
  const rungs = await rungsOf(connection);
  expect(rungs).toHaveLength(30);
  expect(new Set(rungs.map(({ subject, rung }) => subject + rung)).size).toBe(30);
  const told = await noticesOf(connection);
  const external = told.filter(({ channel, state }) => channel !== 'app' && state === 'sent');
  expect(external.length).toBe(told.filter(({ channel }) => channel !== 'app').length);
  const sent = out.lines().map(({ id }) => id);
  expect([...sent].sort()).toEqual(external.map(({ id }) => id).sort());
  expect(new Set(sent).size).toBe(sent.length);
});

it('events of a file come under supervision at their highest rung, without telling what was missed', async () => {
  const row = await reportAgo(connection, 40);
  await connection.db.execute(sql`truncate job`);
  await putSweep(connection.db, new Date());
  await runDueJobs(connection, jobHandlers(out.home));
  expect((await rungsOf(connection)).map(({ rung, is_missed }) => [rung, is_missed])).toEqual([
    ['reminder', true],
    ['card', true],
    ['ticket', true],
    ['note', false],
  ]);
  expect(await listTickets(connection, townScope('R4', 'A'), { division: null, at: null })).toMatchObject([
    { eventId: row.id, rung: 'note', repliedAt: null },
  ]);
  expect(await listTickets(connection, townScope('R4', 'B'), { division: null, at: null })).toEqual([]);
  expect(new Set((await noticesOf(connection)).map(({ kind }) => kind))).toEqual(new Set(['note']));
});

it('an unread notice of a grid or a department goes to the post above, a read one to nobody', async () => {
  const row = await reportAgo(connection, 0);
  const at = (ms: number) => new Date(Date.parse(row.reportedAt) + ms);
  await run(at(0.8 * limit));
  const grid = townScope('R5', 'A1');
  expect(await listNotices(connection, grid)).toMatchObject({
    unread: 1,
    rows: [{ kind: 'reminder', number: row.number }],
  });
  await readNotices(connection, townScope('R5', 'A2'), null);
  await readNotices(connection, townScope('R4', 'A'), null);
  await run(at(0.8 * limit + hour - 1000));
  expect((await noticesOf(connection)).filter(({ kind }) => kind === 'unread')).toEqual([]);
  await run(at(0.8 * limit + hour));
  await run(at(0.8 * limit + hour));
  const unread = (await noticesOf(connection)).filter(({ kind }) => kind === 'unread');
  expect(unread.map(({ post }) => post)).toEqual(['R4:A', 'R2:D']);
  expect(await connection.db.$count(event)).toBe(1);
});
