import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Answer } from '../model/answer';
import { areaPicture } from './area-picture';
import { paperColour } from './paper-colour';

const square = (code: string, x: number) => ({
  properties: { code, center: [x + 0.005, 22.505] },
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [x, 22.5],
        [x + 0.01, 22.5],
        [x + 0.01, 22.51],
        [x, 22.51],
        [x, 22.5],
      ],
    ],
  },
});
const cell = (code: string, value: number | null) => ({
  at: { community: code },
  value,
  numerator: value,
  denominator: 1,
  n: value,
});
const answer = {
  ...{
    metric: 'event.reported',
    code: null,
    unit: 'event',
    kind: 'count',
    polarity: 'neutral',
    decimals: 0,
    revision: 1,
  },
  ...{ dimensions: ['community'], asOf: '', from: null, to: '', snapshot: '', freshSeconds: 1, target: null },
  cells: [...[3, 8, 20, 41].map((value, i) => cell(`C${i}`, value)), cell('C4', null)],
} as unknown as Answer;

test('areas have the class their value lies in; what is not told is hatched and said so; strangers are left out', () => {
  const outlines = { features: [0, 1, 2, 3, 4, 9].map((i) => square(`C${i}`, 114 + i * 0.01)) };
  const { areas, legend, width, height } = areaPicture(answer, outlines, { lang: 'zh', none: '无' });
  expect(areas.map(({ code }) => code)).toEqual(['C0', 'C1', 'C2', 'C3', 'C4']);
  const tokens = legend.map(({ token }) => token);
  for (const { code, token } of areas) expect(tokens, code).toContain(token);
  const at = areas.slice(0, 4).map(({ token }) => tokens.indexOf(token));
  expect([...at].sort((a, b) => a - b)).toEqual(at);
  expect(legend.at(-1)).toEqual({ token: null, words: '无' });
  for (const [x, y] of areas.flatMap(({ path }) =>
    [...path.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, ...xy]) => xy.map(Number)),
  )) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(width);
    expect(y).toBeLessThanOrEqual(height);
  }
});

test('colours of files are those of the light theme', () => {
  const [, light = ''] = readFileSync('components/base/tokens.css', 'utf8').split('[data-theme="light"]');
  for (const [token, colour] of Object.entries(paperColour)) expect(light).toContain(`--${token}: ${colour};`);
});
