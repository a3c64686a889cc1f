import { expect, test } from 'vitest';
import type { Drawing } from './layer';
import { noSeams } from './map-seams';
import { makeNamer } from './use-names';

const area = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [114.4, 22.5],
      [114.5, 22.5],
      [114.5, 22.6],
      [114.4, 22.6],
      [114.4, 22.5],
    ],
  ],
};
const asking = (value: string): Drawing => ({ names: [{ code: 'c', name: '南隆', value, area, isTold: false }] });
const room = { bounds: [114.3, 22.4, 114.7, 22.7] as [number, number, number, number], covers: [] };
const context = { captionPx: 24, zoom: 12, seams: noSeams, palette: () => '#102030', theme: 'dark' as const };

test('names that stand just as before keep their drawing, and with it its picture', () => {
  const name = makeNamer();
  const drawings = [asking('94.5%')];
  const first = name(drawings, room, context);
  expect(name(drawings, { ...room }, context)).toBe(first);
  // asked anew with the same words, as after a refetch
  expect(name([asking('94.5%')], room, context)).toBe(first);
  expect(name([asking('95.1%')], room, context)).not.toBe(first);
  expect(name(drawings, room, { ...context, zoom: 13 })).not.toBe(first);
  expect(name(drawings, room, context)).toBe(first);
});
