import { compound, guest, hamlet, houses, old, quarters, shops, slabs } from './fill-home';
import { civic, hotel, office, school, works } from './fill-work';
import { bearingOf, ell, frameAlong, inset, rectangle, yard } from './footprint';
import { type Metres, ringArea } from './plane';
import type { Random } from './random';
import { type Build, few, type Pattern, type Shell, single } from './shell';

const hospital = (build: Build): void => {
  const storeys = build.random.whole(5, 11);
  single(build, [yard(54, 44, 15), ell(44, 36, 14), rectangle(30, 18)], {
    houseType: '42',
    storeys,
    nDwellings: 1,
    built: [1988, 2020],
  });
};

const market = (build: Build): void => {
  const storeys = build.random.whole(2, 4);
  single(build, [rectangle(52, 38), rectangle(38, 28), rectangle(26, 18)], {
    houseType: '35',
    storeys,
    nDwellings: 14,
    built: [1990, 2016],
  });
};

const builders: Record<Pattern, (build: Build) => void> = {
  houses,
  old,
  compound,
  slabs,
  shops: (build) => {
    shops(build);
    if (build.shells.length < 3) houses(build);
  },
  works,
  quarters,
  school,
  hospital,
  civic,
  office,
  hotel,
  guest,
  market,
  site: (build) => few(build, 3, '53', () => rectangle(build.random.between(24, 32), build.random.between(14, 20))),
  hamlet,
  huts: (build) =>
    few(build, 2, build.random.has(0.8) ? '52' : '99', () =>
      rectangle(build.random.between(6, 12), build.random.between(5, 8)),
    ),
  kiosk: (build) =>
    few(build, 3, build.random.has(0.6) ? '52' : '99', () =>
      rectangle(build.random.between(5, 9), build.random.between(4, 6)),
    ),
  park: (build) => few(build, 1, '44', () => rectangle(10, 8)),
  none: () => {},
};

/** Builds a block over. `ring` = the block's outline, `back` = metres kept free on every side for its streets. */
export const fillBlock = (ring: readonly Metres[], pattern: Pattern, back: number, random: Random): Shell[] => {
  const ground = inset(ring, back);
  if (ground.length < 3 || Math.abs(ringArea(ground)) < 60) return [];
  const build: Build = { ring: ground, random, frame: frameAlong(bearingOf(ring)), pattern, shells: [] };
  builders[pattern](build);
  return build.shells;
};
