import { describe, expect, it } from 'vitest';
import { emptyView } from '@/data/model/view';
import { focusOf, partsOf, questionOf } from './question';

describe('question of a desk panel', () => {
  it('reads a selection', () => {
    expect(partsOf('event:a-1')).toEqual({ kind: 'event', code: 'a-1' });
    expect(partsOf(null)).toBeNull();
  });

  it('looks at the selected division, else the one drilled to; other selections do not move it', () => {
    const view = { ...emptyView, division: 'D' };
    expect(focusOf({ ...view, selection: 'division:C' })).toBe('C');
    expect(focusOf({ ...view, selection: 'building:B' })).toBe('D');
    expect(focusOf(emptyView)).toBeNull();
  });

  it('leaves out the own clause of the panel that asks', () => {
    const clause = { source: 'facet-level', field: 'level' as const, values: ['3'] };
    const view = { ...emptyView, selection: 'division:C', filters: [clause] };
    expect(questionOf('facet-level', view)).toEqual({
      division: 'C',
      period: 'P30D',
      at: null,
      known: 'now',
      filters: [],
    });
    expect(questionOf('event-trend', view).filters).toEqual([clause]);
  });
});
