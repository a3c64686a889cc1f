import { expect, test } from 'vitest';
import { replicaTrouble } from './health';

const well = { watermark: '7', asOf: '2026-11-22T02:00:00.000Z', lagSeconds: 1, error: null };

test('a replica that follows is no trouble, up to thirty seconds behind', () => {
  expect(replicaTrouble(well)).toBeNull();
  expect(replicaTrouble({ ...well, lagSeconds: 30 })).toBeNull();
});

test('a replica that stands still, lags or has not loaded says so', () => {
  expect(replicaTrouble({ ...well, lagSeconds: 31 })).toContain('31 s behind');
  expect(replicaTrouble({ ...well, error: 'no space left' })).toContain('no space left');
  expect(replicaTrouble({ watermark: null, asOf: null, lagSeconds: null, error: null })).toContain('loaded');
});
