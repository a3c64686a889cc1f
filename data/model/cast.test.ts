import { expect, test } from 'vitest';
import { sceneOf, wallPageOf } from './cast';

test.each([
  ['overview', 'overview'],
  ['desk', 'event'],
  ['explorer', 'explorer'],
  ['explorer.month.level.stacked', 'explorer'],
  ['story-force', 'force'],
  ['nowhere', null],
  [null, null],
] as const)('page %s is cast as scene %s', (page, scene) => {
  expect(sceneOf(page)).toBe(scene);
});

test('the explorer is cast with what it shows, and with no word of its own', () => {
  expect(wallPageOf('explorer.month.level.per-source.a5.stacked.share')).toBe(
    'explorer.month.level.per-source.a5.stacked.share',
  );
  expect(wallPageOf('explorer.王小明.month')).toBe('explorer.month');
  expect(wallPageOf('desk')).toBe('event');
});
