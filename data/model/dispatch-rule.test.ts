import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, type RouteInputs, shifts } from './dispatch';
import { decide, mostPoints, policies, policyNow, rank, sendsAlone } from './dispatch-rule';

const candidate: fc.Arbitrary<Candidate> = fc.record({
  worker: fc.integer({ min: 0, max: 99 }).map((n) => `w${String(n).padStart(2, '0')}`),
  grid: fc.constantFrom('P1', 'P2', 'P3'),
  covers: fc.boolean(),
  shift: fc.constantFrom(...shifts),
  load: fc.integer({ min: 0, max: 20 }),
  metres: fc.option(fc.integer({ min: 0, max: 30_000 })),
});

const inputs: fc.Arbitrary<RouteInputs> = fc.record({
  rule: fc.record({
    category: fc.constantFrom('0101', '0102'),
    from: fc.constant('2020-01-01T00:00:00.000Z'),
    level: fc.constantFrom(1, 2, 3, 4),
    acceptMinutes: fc.option(fc.integer({ min: 1, max: 200 })),
    handleHours: fc.option(fc.integer({ min: 1, max: 200 })),
    department: fc.constantFrom('XFJ', 'SWJ', ''),
    isListed: fc.boolean(),
    isAuto: fc.boolean(),
  }),
  candidates: fc.uniqueArray(candidate, { maxLength: 8, selector: ({ worker }) => worker }),
  isHeld: fc.boolean(),
});

const able = ({ covers, shift }: Candidate) => covers && shift === 'on';

describe('the rule of dispatch', () => {
  test('sends alone only what is listed, automatic and has a department; grave or not, what is unlisted never', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { isSent, department } = decide(given);
        expect(isSent).toBe(sendsAlone(given.rule) && !given.isHeld);
        if (!given.rule.isListed) expect(isSent).toBe(false);
        if (isSent) expect(department).not.toBe('');
      }),
    );
  });

  test('names who covers the place, is on shift and has the least to do; else the duty desk, with the reason', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const { worker, reason, isSent, passed } = decide(given);
        const named = given.candidates.find((one) => one.worker === worker);
        expect(worker === null).toBe(!given.candidates.some(able));
        if (named) {
          expect(able(named)).toBe(true);
          for (const other of given.candidates.filter(able))
            expect(other.load > named.load || (other.load === named.load && other.worker >= named.worker)).toBe(true);
        }
        if (isSent) expect(reason === 'covered').toBe(worker !== null);
        expect(passed.map((one) => one.worker).sort()).toEqual(
          given.candidates
            .map((one) => one.worker)
            .filter((one) => one !== worker)
            .sort(),
        );
      }),
    );
  });

  test('says the same of the same, in whatever order the candidates come', () => {
    fc.assert(
      fc.property(inputs, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given.candidates
          .map((one) => ({ one, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const again = decide({ ...given, candidates: shuffled });
        expect({ ...again, passed: new Set(again.passed.map((one) => JSON.stringify(one))) }).toEqual({
          ...decide(given),
          passed: new Set(decide(given).passed.map((one) => JSON.stringify(one))),
        });
        expect(rank({ ...given, candidates: shuffled })).toEqual(rank(given));
      }),
    );
  });

  test('scores are 0–100, made of their parts, the best first; who may be sent is before the desk, others behind it', () => {
    fc.assert(
      fc.property(inputs, (given) => {
        const ranked = rank(given);
        expect(ranked).toHaveLength(given.candidates.length + (given.rule.department === '' ? 0 : 1));
        for (const [i, { score, parts, candidate: one }] of ranked.entries()) {
          expect(score).toBe(Math.round(Object.values(parts).reduce((sum, points) => sum + points, 0)));
          expect(score >= 0 && score <= 100 && score <= (ranked[i - 1]?.score ?? 100)).toBe(true);
          for (const [part, points] of Object.entries(parts))
            expect(points).toBeLessThanOrEqual(mostPoints[part as keyof typeof mostPoints]);
          if (one) expect(able(one) ? score >= 80 : score <= 65).toBe(true);
          else expect(score).toBe(75);
        }
      }),
    );
    expect(Object.values(mostPoints).reduce((sum, points) => sum + points, 0)).toBe(100);
  });

  test('the policy in force is one that can be replayed', () => {
    expect(Object.keys(policies)).toContain(policyNow);
  });
});
