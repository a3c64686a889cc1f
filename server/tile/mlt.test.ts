import { decodeTile } from '@maplibre/mlt';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodePolygons, type Ring } from './mlt';

const at = fc.integer({ min: -64, max: 4160 });
const feature = fc.record({
  ring: fc.array(fc.tuple(at, at), { minLength: 3, maxLength: 9 }),
  number: fc.nat(),
  serial: fc.nat(),
  word: fc.option(fc.constantFrom('', '甲', 'block 7', '44030700900101')),
});

it('is read back by the map library as it was written: rings, numbers, words and where there are none', () => {
  fc.assert(
    fc.property(fc.array(feature, { minLength: 1, maxLength: 40 }), (features) => {
      const tile = encodePolygons({
        name: 'layer',
        extent: 4096,
        rings: features.map(({ ring }) => ring),
        columns: [
          { name: 'number', numbers: features.map(({ number }) => number) },
          { name: 'serial', serials: features.map(({ serial }) => serial) },
          { name: 'word', words: features.map(({ word }) => word) },
        ],
      });
      const [layer] = decodeTile(tile);
      expect([layer?.name, layer?.extent]).toEqual(['layer', 4096]);
      const read = layer?.getFeatures().map(({ geometry, properties }) => ({
        ring: geometry.coordinates[0]?.slice(0, -1).map(({ x, y }): Ring[number] => [x, y]),
        number: properties?.number,
        serial: properties?.serial,
        word: properties?.word ?? null,
      }));
      expect(read).toEqual(features);
    }),
  );
});
