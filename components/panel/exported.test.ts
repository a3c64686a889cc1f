import { expect, test } from 'vitest';
import { exportedBy } from './exported';

const query = (path: string[], input: unknown) => ({ queryKey: [path, { input, type: 'query' }] });
const question = { division: null, period: 'P30D', at: null, known: 'now', filters: [] };

test('figures go before a list; a list keeps its order; neither is nothing', () => {
  const ask = { metric: 'event.open', question };
  const figures = query(['metric', 'ask'], ask);
  const open = query(['event', 'open'], { question, sort: 'newest', order: 'asc', limit: 50, offset: 0 });
  expect(exportedBy({ figures, open })).toEqual({ kind: 'figures', asks: [ask] });
  expect(exportedBy({ open })).toEqual({ kind: 'events', isOpen: true, question, sort: 'newest', order: 'asc' });
  expect(exportedBy({ tree: query(['division', 'tree'], undefined), map: { queryKey: ['map', 'x'] } })).toBeNull();
});
