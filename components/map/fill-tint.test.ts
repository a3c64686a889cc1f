import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTinted, tint } from './fill-tint';
import { rgbaOf } from './palette';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const byte = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(byte, byte, byte).map((rgb) => `#${rgb.map((n) => n.toString(16).padStart(2, '0')).join('')}`);

/** A pixel as the map draws it: ground, a fill over it, something over that; alpha tells the last one's cover. */
const drawn = (pixel: { ground: string; over: string; cover: number }, fill: string, opacity: number): number[] => {
  const cover = Math.round(pixel.cover * 255) / 255;
  const channels = ([0, 1, 2] as const).map((i) => {
    const filled = rgbaOf(fill)[i] * opacity + rgbaOf(pixel.ground)[i] * (1 - opacity);
    return Math.round(rgbaOf(pixel.over)[i] * cover + filled * (1 - cover));
  });
  return [...channels, Math.round(cover * 255)];
};

test('areas in other colours are what the map would have drawn', () => {
  const pixel = fc.record({ ground: colour, over: colour, cover: share, area: fc.constantFrom(-1, 0, 1) });
  fc.assert(
    fc.property(
      fc.array(pixel, { minLength: 1, maxLength: 12 }),
      share,
      fc.array(fc.tuple(colour, colour), { minLength: 2, maxLength: 4 }),
      (pixels, opacity, rounds) => {
        const codes = ['a', 'b'];
        const paint = (colours: readonly [string, string] | readonly string[]) =>
          pixels.flatMap((each) => drawn(each, each.area < 0 ? each.ground : (colours[each.area] ?? ''), opacity));
        const first = rounds[0] ?? ['#000000', '#000000'];
        const copy = { width: pixels.length, height: 1, pixels: Uint8ClampedArray.from(paint(first)), opacity };
        const owner = pixels.map(({ area }) => area);
        const tinted = makeTinted(
          copy,
          owner,
          codes,
          new Map([
            ['a', first[0]],
            ['b', first[1]],
          ]),
        );
        for (const [a, b] of rounds) {
          tint(
            tinted,
            new Map([
              ['a', a],
              ['b', b],
            ]),
          );
          const wanted = paint([a, b]);
          for (const [at, value] of tinted.data.entries())
            if (at % 4 === 3) expect(value).toBe(255);
            else expect(Math.abs(value - (wanted[at] ?? 0))).toBeLessThanOrEqual(1.01);
        }
      },
    ),
  );
});

test('an area that is not told a colour keeps its own', () => {
  const copy = { width: 2, height: 1, pixels: Uint8ClampedArray.from([10, 20, 30, 0, 10, 20, 30, 0]), opacity: 1 };
  const tinted = makeTinted(
    copy,
    [0, 1],
    ['a', 'b'],
    new Map([
      ['a', '#0a141e'],
      ['b', '#0a141e'],
    ]),
  );
  tint(tinted, new Map([['b', '#ffffff']]));
  expect([...tinted.data]).toEqual([10, 20, 30, 255, 255, 255, 255, 255]);
});
