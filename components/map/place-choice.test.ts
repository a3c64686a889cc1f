import { expect, test } from 'vitest';
import { emptyView, type View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { choosePlaces, chosenPlaces, togglePlace } from './place-choice';

const nodes = [
  { code: 'T', level: 'district', parent: null },
  { code: 'T1', level: 'subdistrict', parent: 'T' },
  { code: 'T11', level: 'community', parent: 'T1' },
  { code: 'T12', level: 'community', parent: 'T1' },
  { code: 'T1201', level: 'grid', parent: 'T12' },
];
const divisions = { byCode: (code: string | null) => nodes.find((node) => node.code === code) } as unknown as Divisions;
const after = (view: View, code: string): View => ({ ...view, ...togglePlace(view, divisions, code) });

test('one place is looked at, a second makes both a filter, taking one off leaves the other looked at', () => {
  const one = after(emptyView, 'T11');
  expect(one).toMatchObject({ selection: 'division:T11', filters: [] });
  const both = after(one, 'T1201');
  expect(both).toMatchObject({
    selection: null,
    filters: [{ source: 'rank-board', field: 'community', values: ['T11', 'T12'] }],
  });
  expect(chosenPlaces(both, 'community')).toEqual(['T11', 'T12']);
  expect(after(both, 'T11')).toMatchObject({ selection: 'division:T12', filters: [] });
});

test('places of another level take the place of those chosen; what lies above them is none', () => {
  const both = { ...emptyView, ...choosePlaces(emptyView, 'community', ['T11', 'T12']) };
  expect(after(both, 'T1')).toMatchObject({ selection: 'division:T1', filters: [] });
  expect(togglePlace(both, divisions, 'T')).toBeNull();
});

test('clauses of others stay, and grids are never several', () => {
  const level: View['filters'] = [{ source: 'facet-level', field: 'level', values: ['1'] }];
  const view = { ...emptyView, filters: level };
  expect(choosePlaces(view, 'community', ['T11', 'T12']).filters).toEqual([...level, expect.anything()]);
  expect(choosePlaces(view, 'grid', ['T1201', 'T1202'])).toEqual({ selection: 'division:T1201', filters: level });
  expect(choosePlaces(view, 'community', [])).toEqual({ selection: null, filters: level });
});
