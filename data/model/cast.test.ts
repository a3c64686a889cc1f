import { expect, test } from 'vitest';
import { sceneOf } from './cast';

test.each([
  ['overview', 'overview'],
  ['desk', 'event'],
  ['explorer', 'trend'],
  ['explorer.month.level.stacked', 'trend'],
  ['story-force', 'force'],
  ['nowhere', null],
  [null, null],
] as const)('page %s is cast as scene %s', (page, scene) => {
  expect(sceneOf(page)).toBe(scene);
});
