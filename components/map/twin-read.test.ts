import { expect, test } from 'vitest';
import { readTwin } from './twin-read';

const answer = { metric: 'event.open', dimensions: ['grid'], cells: [{ at: { grid: 'G' }, value: 3 }] };
const event = { id: 'E', level: 2, stage: 'report', reportedAt: '2026-11-22T00:00:00Z', title: 'x' };

test('figures and events become tables; outlines and totals do not', () => {
  const tables = readTwin([
    { layer: { key: 'fill' }, data: { areas: { type: 'FeatureCollection', features: [] }, answer } },
    { layer: { key: 'label' }, data: { answer } },
    { layer: { key: 'whole' }, data: { answer: { ...answer, dimensions: [] } } },
    { layer: { key: 'events' }, data: { events: { rows: [event], asOf: '' } } },
    { layer: { key: 'rest' }, data: { missing: undefined } },
    { layer: { key: 'waiting' }, data: null },
  ]);
  expect(tables.map(({ layer, kind }) => `${layer} ${kind}`)).toEqual(['fill figures', 'events events']);
});
