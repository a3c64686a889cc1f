import { expect, test } from 'vitest';
import type { ControlPart, ControlRow } from '@/data/model/control';
import { depthOf, filterControls, reportClock, rowLamp, runningClock, signClock } from './control-lamp';

const hour = 3_600_000;
const start = Date.parse('2026-11-22T00:00:00Z');
const at = (hours: number) => new Date(start + hours * hour).toISOString();
const part = (rest: Partial<ControlPart> = {}): ControlPart => ({
  ...{ division: 'D', name: 'D', nameEn: 'D', level: 'district', parent: 'C', duty: 'Check', version: 1 },
  ...{ state: 'waiting', passedAt: at(0), signDueAt: at(10), signedAt: null, dueAt: at(100), reportedAt: null },
  ...{ feedback: null, reason: null },
  ...rest,
});
const row = (own: ControlPart, below: ControlPart[] = [], rest: Partial<ControlRow> = {}): ControlRow => ({
  ...{ id: '1', number: 'L1', source: '4', title: 'T', division: 'D', divisionName: 'D', divisionNameEn: 'D' },
  ...{ address: '', level: 2, pushedAt: at(0), dueAt: at(100), closedAt: null, own, below, todo: 'sign' },
  ...rest,
});

test('receipt and feedback turn yellow at 80 % and red past 100 % of their limits', () => {
  const lampAt = (hours: number, rest: Partial<ControlPart> = {}) =>
    runningClock(part(rest), start + hours * hour)?.lamp;
  expect([lampAt(7.99), lampAt(8), lampAt(10), lampAt(10.01)]).toEqual(['green', 'yellow', 'yellow', 'red']);
  const signed = { signedAt: at(2), state: 'signed' as const };
  expect([lampAt(79, signed), lampAt(80, signed), lampAt(100.1, signed)]).toEqual(['green', 'yellow', 'red']);
  expect(lampAt(200, { ...signed, reportedAt: at(50) })).toBeUndefined();
});

test('what was done late stays red, what was done in time is grey; the top gives no receipt', () => {
  const done = part({ signedAt: at(12), reportedAt: at(60) });
  expect(signClock(done, start)?.lamp).toBe('red');
  expect(reportClock(done, start + 500 * hour)).toEqual({ lamp: 'grey', minutesLeft: null });
  expect(signClock(part({ parent: null }), start)).toBeNull();
});

test('a row has the worst lamp of its own part and those below, none once closed; filters look at it', () => {
  const calm = row(part({ signedAt: at(1) }));
  const late = row(part({ signedAt: at(1) }), [part({ division: 'S', parent: 'D' })], { id: '2', level: 1 });
  const now = start + 11 * hour;
  expect([rowLamp(calm, now), rowLamp(late, now)]).toEqual(['green', 'red']);
  expect(rowLamp({ ...late, closedAt: at(11) }, now)).toBe('grey');
  const none = { source: null, level: null, state: null, lamp: null };
  expect(filterControls([calm, late], { ...none, lamp: 'red' }, now).map(({ id }) => id)).toEqual(['2']);
  expect(filterControls([calm, late], { ...none, level: '2', source: '4' }, now).map(({ id }) => id)).toEqual(['1']);
  expect(filterControls([{ ...calm, closedAt: at(3) }, late], { ...none, state: 'closed' }, now)).toHaveLength(1);
});

test('depth counts the parts above that are shown', () => {
  const parts = [part({ parent: null }), part({ division: 'S', parent: 'D' }), part({ division: 'A', parent: 'S' })];
  expect(parts.map((each) => depthOf(parts, each))).toEqual([0, 1, 2]);
});
