import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventRow } from '@/data/model/event';
import type { Role } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { mayPlay } from './rules';
import { moveEvent, reportEvent } from './store';
import { townReport, townScope, writeTown } from './testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await writeTown(database.connection);
});
afterAll(() => database.end());

const reported = (role: Role) =>
  reportEvent(database.connection, townScope(role), townReport('A1', { category: 'hand' }));
const move = (row: EventRow, to: EventRow['status'], role: Role): Promise<EventRow> =>
  moveEvent(database.connection, townScope(role), {
    ...{ id: row.id, version: row.version, to, departmentCode: 'XFJ', note: '', satisfaction: null },
  });
const through = async (row: EventRow, role: Role, ...steps: EventRow['status'][]): Promise<EventRow> => {
  let stands = row;
  for (const to of steps) stands = await move(stands, to, role);
  return stands;
};

test('one post does not report, judge and handle the same event', async () => {
  const sent = await through(await reported('R3'), 'R3', 'S20', 'S30', 'S31', 'S40');
  await expect(move(sent, 'S50', 'R3')).rejects.toMatchObject({ code: 'not_allowed', params: { reason: 'same_post' } });
  const handled = await move(sent, 'S50', 'R6');
  expect((await move(handled, 'S61', 'R3')).status).toBe('S61');
});

test('whoever reports and handles does not check it; two parts of the three are one’s own', async () => {
  const sent = await through(await reported('R3'), 'R2', 'S20', 'S30', 'S31');
  const handled = await through(sent, 'R3', 'S40', 'S50');
  await expect(move(handled, 'S61', 'R3')).rejects.toMatchObject({ params: { reason: 'same_post' } });
  expect((await through(handled, 'R2', 'S61', 'S70')).status).toBe('S70');
});

test.each([
  [{ from: 'S10', to: 'S62' }, ['report'], true],
  [{ from: 'S62', to: 'S70' }, ['report', 'self'], false],
  [{ from: 'S62', to: 'S70' }, ['self'], true],
  [{ from: 'S40', to: 'S50' }, ['report', 'send'], false],
  [{ from: 'S31', to: 'S40' }, ['report', 'send'], true],
] as const)('%o after %o: %s', (step, earlier, may) => {
  const steps = {
    report: { from: null, to: 'S10' },
    send: { from: 'S30', to: 'S31' },
    self: { from: 'S10', to: 'S62' },
  } as const;
  expect(
    mayPlay(
      step,
      earlier.map((one) => steps[one]),
    ),
  ).toBe(may);
});
