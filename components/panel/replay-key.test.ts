import { describe, expect, it } from 'vitest';
import { atInstant, instantOfKey } from './replay-key';

const at = '2026-11-14T11:00:00.000Z';
const next = '2026-11-14T12:00:00.000Z';
const key = (input: unknown) => [['metric', 'ask'], { input, type: 'query' }];

describe('a query of the next step', () => {
  it('is the same one an hour on', () => {
    const asked = key({ metric: 'event.open', question: { at, period: 'P7D' } });
    expect(atInstant(asked, at, next)).toEqual(key({ metric: 'event.open', question: { at: next, period: 'P7D' } }));
    expect(atInstant(key({ id: 'e1', at }), at, next)).toEqual(key({ id: 'e1', at: next }));
  });

  it('is none for what is asked live, at another instant, or outside the server', () => {
    for (const other of [key({ question: { at: null } }), key({ at: next }), ['map', 'base', 'mid'], key(undefined)])
      expect(atInstant(other, at, next)).toBeNull();
  });

  it('tells the instant of a key', () => {
    expect(
      [key({ at }), key({ question: { at } }), key({ question: { at: null } }), ['map', 'x']].map(instantOfKey),
    ).toEqual([at, at, null, null]);
  });
});
