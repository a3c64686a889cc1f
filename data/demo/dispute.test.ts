import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type DisputeStatus, disputeEnded, disputeMoves } from '../model/dispute';
import { readDemo } from './testing';

const at = new Date('2026-11-22T10:00:00+08:00');
const demo = readDemo('tiny', at);
const movesOf = (id: unknown) => demo.dispute_move.filter((row) => row.dispute_id === id);

test('every move is one there is, by a role that may make it, in order of time and not later than the end', () => {
  for (const { id, status, version, status_at } of demo.dispute) {
    const moves = movesOf(id);
    expect(moves[0]).toMatchObject({ from_status: null, to_status: 'discovered', seq: 1 });
    for (const [i, move] of moves.slice(1).entries()) {
      const roles = disputeMoves[move.from_status as DisputeStatus][move.to_status as DisputeStatus];
      expect(roles).toContain(move.actor_role);
      expect(move.from_status).toBe(moves[i]?.to_status);
      expect(Number(move.at)).toBeGreaterThanOrEqual(Number(moves[i]?.at));
      expect(move.lead_code !== null).toBe(move.to_status !== 'registered');
    }
    const last = moves.at(-1);
    expect([status, version, status_at]).toEqual([last?.to_status, moves.length, last?.at]);
    expect(Number(last?.at)).toBeLessThanOrEqual(at.getTime());
  }
});

test('a round follows one that has ended, and nothing settled lacks a mediation', () => {
  for (const row of demo.dispute) {
    const before = demo.dispute.find(
      ({ root_id, round }) => root_id === row.root_id && Number(round) === Number(row.round) - 1,
    );
    if (Number(row.round) > 1) expect(disputeEnded).toContain(before?.status);
    const records = demo.dispute_record.filter(({ dispute_id }) => dispute_id === row.id);
    if (row.settled_at !== null) expect(records.some(({ kind }) => kind === 'session')).toBe(true);
    for (const record of records) expect(Number(record.at)).toBeLessThanOrEqual(at.getTime());
    const parties = demo.dispute_party.filter(({ root_id }) => root_id === row.root_id);
    for (const side of ['applicant', 'respondent']) expect(parties.map((party) => party.side)).toContain(side);
    expect(parties.length).toBeLessThanOrEqual(Number(row.n_people) + 1);
  }
});

test('a limit ends after the working days of its category, by the list of days off', () => {
  const listOf = (name: string): Record<string, string>[] =>
    parse(readFileSync(`data/dictionaries/${name}.csv`, 'utf8'), { columns: true });
  const days = new Map(listOf('calendar-day').map(({ code, kind }) => [code, kind]));
  const limits = new Map(
    listOf('dispute-category').map(({ code, resolve_workdays }) => [code, Number(resolve_workdays)]),
  );
  const isWorked = (date: string) =>
    (days.get(date) ?? ([0, 6].includes(new Date(date).getUTCDay()) ? 'holiday' : 'workday')) === 'workday';
  const localOf = (at: unknown, shift: number) => new Date(Number(at) + 8 * 3_600_000 + shift).toISOString();
  const limited = demo.dispute.filter(({ due_at }) => due_at !== null);
  expect(limited.length).toBeGreaterThan(3);
  for (const { registered_at, due_at, category_code } of limited) {
    expect(localOf(due_at, 0)).toMatch(/T00:00:00/);
    const last = localOf(due_at, -1).slice(0, 10);
    let n = 0;
    for (let at = Number(registered_at) + 86_400_000; localOf(at, 0).slice(0, 10) <= last; at += 86_400_000)
      if (isWorked(localOf(at, 0).slice(0, 10))) n += 1;
    expect(n).toBe(limits.get(String(category_code)));
  }
});
