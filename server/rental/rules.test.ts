import { describe, expect, test } from 'vitest';
import { type HomeCase, type HomeFacts, rater, soundHome } from './rules';

const word = (list: string, code: string, attrs: Record<string, string>) => ({
  ...{ list, code, zh: code, en: code, parent: null },
  attrs,
});
const rate = rater(
  [
    word('rental-rating-factor', 'registration', { weight: '20' }),
    word('rental-rating-factor', 'residence_match', { weight: '10' }),
    word('rental-rating-factor', 'fire_hazard', { weight: '25', categories: '01' }),
    word('rental-rating-factor', 'power_gas', { weight: '15', categories: '0107 05' }),
    word('rental-rating-factor', 'security', { weight: '10', categories: '13', months: '12' }),
    word('rental-rating-factor', 'structure', { weight: '20', categories: '04' }),
  ],
  [
    word('rental-rating', 'A', { score_from: '90', visit_every_days: '90' }),
    word('rental-rating', 'B', { score_from: '75', visit_every_days: '60' }),
    word('rental-rating', 'C', { score_from: '60', visit_every_days: '30' }),
    word('rental-rating', 'D', { score_from: '0', visit_every_days: '7' }),
  ],
);
const of = (facts: Partial<HomeFacts>) => rate({ ...soundHome, ...facts });
const hazard = (category: string, rest: Partial<HomeCase> = {}): HomeCase => ({
  ...{ category, level: 3, isOpen: true, isRecent: true, isOwn: true },
  ...rest,
});
const lostOf = (facts: Partial<HomeFacts>) =>
  Object.fromEntries(of(facts).losses.flatMap(({ factor, lost }) => (lost > 0 ? [[factor, lost]] : [])));

describe('the rating of a home', () => {
  test('nothing against it: all points, the best grade and its visits', () => {
    expect(of({ nResidents: 3 })).toMatchObject({ grade: 'A', score: 100, visitDays: 90 });
    expect(lostOf({ nResidents: 3 })).toEqual({});
    expect(lostOf({})).toEqual({});
  });

  test('residents in doubt take their share of the points', () => {
    expect(lostOf({ nResidents: 4, nDoubted: 1, nElsewhere: 2 })).toEqual({ registration: 5, residence_match: 5 });
    expect(of({ nResidents: 4, nDoubted: 1, nElsewhere: 2 })).toMatchObject({ grade: 'A', score: 90 });
    expect(of({ nResidents: 3, nDoubted: 2 })).toMatchObject({ grade: 'B', score: 86.7 });
  });

  test('one mild open hazard takes half, a grave one or several all', () => {
    expect(lostOf({ cases: [hazard('0101')] })).toEqual({ fire_hazard: 12.5 });
    expect(lostOf({ cases: [hazard('0101', { level: 2 })] })).toEqual({ fire_hazard: 25 });
    expect(lostOf({ cases: [hazard('0101'), hazard('0102', { level: 4 })] })).toEqual({ fire_hazard: 25 });
    expect(lostOf({ cases: [hazard('0101', { isOpen: false })] })).toEqual({});
  });

  test('a category belongs to the factor that names it closest, and to no other', () => {
    expect(lostOf({ cases: [hazard('0107')] })).toEqual({ power_gas: 7.5 });
    expect(lostOf({ cases: [hazard('0801')] })).toEqual({});
  });

  test('common parts count where hazards are open; what counts over months counts in the home alone', () => {
    expect(lostOf({ cases: [hazard('0401', { isOwn: false })] })).toEqual({ structure: 10 });
    expect(lostOf({ cases: [hazard('1301', { isOwn: false })] })).toEqual({});
    expect(lostOf({ cases: [hazard('1301', { isOpen: false })] })).toEqual({ security: 5 });
    expect(lostOf({ cases: [hazard('1301', { isRecent: false })] })).toEqual({});
  });

  test('grades begin where their list says, the worst takes the rest', () => {
    const grave = ['0101', '0501', '0401'].map((category) => hazard(category, { level: 1 }));
    expect(of({ cases: grave.slice(0, 1) })).toMatchObject({ grade: 'B', score: 75 });
    expect(of({ cases: grave.slice(0, 2) })).toMatchObject({ grade: 'C', score: 60, visitDays: 30 });
    expect(of({ cases: grave })).toMatchObject({ grade: 'D', score: 40, visitDays: 7 });
  });
});
