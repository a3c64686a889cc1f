import { expect, test } from 'vitest';
import { type Asked, isQuestion, isWhole, viewAsked } from './ask-choice';

const asked: Asked = {
  metric: 'event.overdue',
  dimensions: ['community'],
  view: {
    division: '440307009',
    period: 'P30D',
    filters: [
      { source: 'ask', field: 'categoryL1', values: ['01'] },
      { source: 'ask', field: 'level', values: ['2'] },
    ],
  },
  order: { direction: 'desc', limit: 5 },
  operators: [],
  unknown: [],
  missing: [],
  spans: [],
  rest: '',
};

test('a question is a View of the explorer, its filters those of the facets', () => {
  expect(viewAsked(asked)).toEqual({
    page: 'explorer.community.d5',
    metric: 'event.overdue',
    selection: null,
    division: '440307009',
    camera: null,
    period: 'P30D',
    filters: [
      { source: 'facet-category', field: 'categoryL1', values: ['01'] },
      { source: 'facet-level', field: 'level', values: ['2'] },
    ],
  });
});

test('what is not said of place and period stays, filters do not; the whole territory is said', () => {
  expect(viewAsked({ ...asked, dimensions: [], view: {}, order: null })).toEqual({
    page: 'explorer',
    metric: 'event.overdue',
    selection: null,
    filters: [],
  });
  expect(viewAsked({ ...asked, view: { division: null } })).toMatchObject({ division: null });
});

test('only a question without unknown words and gaps is whole', () => {
  expect(isWhole(asked)).toBe(true);
  expect(isWhole({ ...asked, unknown: ['x'] })).toBe(false);
  expect(isWhole({ ...asked, missing: ['metric'] })).toBe(false);
});

test.each([
  [['metric', 'division'], true],
  [['metric'], false],
  [['division', 'filter'], false],
  [['division', 'period'], true],
  [[], false],
] as const)('parts %j read as a question: %s', (kinds, isOne) => {
  expect(isQuestion({ spans: kinds.map((kind) => ({ from: 0, to: 1, kind, target: '' })) })).toBe(isOne);
});
