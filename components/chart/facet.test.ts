import { describe, expect, it } from 'vitest';
import type { Answer } from '@/data/model/answer';
import { emptyView } from '@/data/model/view';
import { type CategoryTree, chosenOf, facetRows, foldRows, groupState, toggleGroup, toggleKind } from './facet';

const tree: CategoryTree = new Map([
  ['01', ['0101', '0102']],
  ['02', ['0201', '0202', '0203']],
]);
const none = { groups: [], kinds: [] };

const answer: Answer = {
  metric: 'event.reported',
  code: null,
  unit: 'event',
  kind: 'count',
  polarity: 'neutral',
  decimals: 0,
  revision: 1,
  dimensions: ['level'],
  asOf: '2026-11-22T01:40:00Z',
  from: null,
  to: '2026-11-22T01:40:00Z',
  snapshot: '1',
  freshSeconds: 2,
  target: null,
  cells: [
    { at: { level: '3' }, value: 5, numerator: 5, denominator: 1, n: 5 },
    { at: { level: '4' }, value: 20, numerator: 20, denominator: 1, n: 20 },
  ],
};

describe('facet', () => {
  it('keeps the given order and shows what has none as zero', () => {
    const rows = facetRows(answer, 'level', { codes: ['1', '3', '4'], chosen: ['3'] });
    expect(rows.map(({ code, cell, isChosen, share }) => [code, cell.value, isChosen, share])).toEqual([
      ['1', 0, false, 0],
      ['3', 5, true, 0.25],
      ['4', 20, false, 1],
    ]);
  });

  it('puts the largest first, keeps a chosen value of which nothing is left, and folds the rest', () => {
    const rows = facetRows(answer, 'level', { chosen: ['9'] });
    expect(rows.map(({ code }) => code)).toEqual(['4', '3', '9']);
    const { open, folded } = foldRows(rows, 1);
    expect(open.map(({ code }) => code)).toEqual(['4', '9']);
    expect(folded.map(({ code }) => code)).toEqual(['3']);
  });

  it('reads only its own clause', () => {
    const view = {
      ...emptyView,
      filters: [
        { source: 'other', field: 'level' as const, values: ['1'] },
        { source: 'facet-level', field: 'level' as const, values: ['2'] },
      ],
    };
    expect(chosenOf(view, 'level')).toEqual(['2']);
    expect(chosenOf(view, 'source')).toEqual([]);
  });
});

describe('category facet', () => {
  it('chooses groups as groups', () => {
    const one = toggleGroup(tree, none, '01');
    expect(one).toEqual({ groups: ['01'], kinds: [] });
    expect(toggleGroup(tree, one, '01')).toEqual(none);
  });

  it('breaks a group into its kinds when one is taken away, and joins them again', () => {
    const partial = toggleKind(tree, { groups: ['02'], kinds: [] }, '0202');
    expect(partial).toEqual({ groups: [], kinds: ['0201', '0203'] });
    expect(groupState(tree, partial, '02')).toBe('some');
    expect(toggleKind(tree, partial, '0202')).toEqual({ groups: ['02'], kinds: [] });
  });

  it('never leaves a clause of both, which would be an AND of nothing', () => {
    const mixed = toggleGroup(tree, { groups: [], kinds: ['0201'] }, '01');
    expect(mixed).toEqual({ groups: [], kinds: ['0201', '0101', '0102'] });
    expect(groupState(tree, mixed, '01')).toBe('some');
    expect(toggleGroup(tree, mixed, '01')).toEqual({ groups: [], kinds: ['0201'] });
    expect(toggleKind(tree, { groups: [], kinds: ['0201'] }, '0201')).toEqual(none);
  });
});
