import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { type ControlState, controlLevels, controlMoves, controlRoles, controlStates } from '../model/control';
import { readDemo } from './testing';
import words from './world/control.json';

const at = new Date('2026-11-22T10:00:00+08:00');
const demo = readDemo('tiny', at);
const keyOf = (row: Record<string, unknown>) => `${row.control_id} ${row.division_code}`;

test('tickets stand in every state, at all five levels, from all four sources, with nobody in them', () => {
  expect(demo.control).toHaveLength(54);
  expect(new Set(demo.control_part.map(({ state }) => state))).toEqual(new Set(controlStates));
  expect(new Set(demo.control_part.map(({ level }) => level))).toEqual(new Set(controlLevels));
  expect(new Set(demo.control.map(({ source_code }) => source_code))).toEqual(new Set(['1', '2', '3', '4']));
  const open = demo.control_part.filter(({ state }) => state === 'waiting');
  expect(open.some(({ sign_due_at }) => Number(sign_due_at) < at.getTime())).toBe(true);
  expect(JSON.stringify(words)).not.toMatch(/信访|上访|宗教|信仰|感染|传染|\d{11}/);
});

test('every move is one there is, by the post of its level, in order of time and not later than the end', () => {
  const stood = new Map<string, { state: ControlState; version: number }>();
  for (const move of demo.control_move) {
    const before = stood.get(keyOf(move));
    const part = demo.control_part.find((each) => keyOf(each) === keyOf(move));
    const way = before && controlMoves[before.state][move.step as 'sign'];
    if (before) expect(way?.to, `${move.step} from ${before.state}`).toBe(move.to_state);
    else expect(move.step).toBe('push');
    expect(move.version).toBe((before?.version ?? 0) + 1);
    const isAbove = way?.by === 'above' || (!before && part?.parent_code !== null);
    expect(move.actor_division).toBe(isAbove ? part?.parent_code : part?.division_code);
    const by = demo.control_part.find(
      (each) => each.control_id === move.control_id && each.division_code === move.actor_division,
    );
    const isUpper = by?.level === 'province' || by?.level === 'city';
    expect(move.actor_role).toBe(isUpper ? 'partner' : controlRoles[by?.level as 'district']);
    expect(Number(move.at)).toBeLessThanOrEqual(at.getTime());
    stood.set(keyOf(move), { state: move.to_state as ControlState, version: Number(move.version) });
  }
  for (const part of demo.control_part)
    expect(stood.get(keyOf(part))).toEqual({ state: part.state, version: part.version });
});

test('nobody reported before those below without a reason, and none closed over an open branch', () => {
  for (const move of demo.control_move.filter(({ step }) => step === 'report' || step === 'close')) {
    const below = demo.control_part.filter(
      (part) => part.control_id === move.control_id && part.parent_code === move.division_code,
    );
    const early = below.filter((part) => {
      const [last] = demo.control_move
        .filter((each) => keyOf(each) === keyOf(part) && Number(each.seq) < Number(move.seq))
        .slice(-1);
      return last?.to_state !== 'reported';
    });
    if (early.length > 0) expect([move.step, move.reason !== '']).toEqual(['report', true]);
  }
});

test('receipts are due by the list of limits', () => {
  const rows: Record<string, string>[] = parse(readFileSync('data/dictionaries/control-limit.csv', 'utf8'), {
    columns: true,
  });
  expect(rows.map(({ sign_hours }) => Number(sign_hours))).toEqual(words.signHours);
});
