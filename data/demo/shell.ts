import { extentOf, type Frame, fits, type Plan, place } from './footprint';
import { type Metres, ringArea, ringCenter } from './plane';
import type { Random } from './random';

/** How a block is built over. */
export type Pattern =
  | 'houses'
  | 'old'
  | 'compound'
  | 'slabs'
  | 'shops'
  | 'works'
  | 'quarters'
  | 'school'
  | 'hospital'
  | 'civic'
  | 'office'
  | 'hotel'
  | 'guest'
  | 'market'
  | 'site'
  | 'park'
  | 'hamlet'
  | 'huts'
  | 'kiosk'
  | 'none';

/** A building before it has a code: outline in metres, list codes of its type, homes or rooms to let in it. */
export type Shell = {
  ring: Metres[];
  x: number;
  y: number;
  houseType: string;
  storeys: number;
  units: number;
  nDwellings: number;
  builtYear: number | null;
  areaSqm: number;
  pattern: Pattern;
};

/** A block being built over: its ground inside the streets, and what stands on it so far. */
export type Build = { ring: Metres[]; random: Random; frame: Frame; pattern: Pattern; shells: Shell[] };
/** What a building is: list codes, storeys, entrances, homes, first and last year it may date from. */
export type Kind = { houseType: string; storeys: number; units?: number; nDwellings: number; built: [number, number] };

/** Puts up a building where its plan fits the ground; says whether it did. */
export const raise = (build: Build, plan: Plan, u: number, v: number, kind: Kind): boolean => {
  const ring = place(plan, build.frame, u, v);
  if (!fits(ring, build.ring)) return false;
  const [x, y] = ringCenter(ring);
  build.shells.push({
    ring,
    x,
    y,
    houseType: kind.houseType,
    storeys: kind.storeys,
    units: kind.units ?? 1,
    nDwellings: kind.nDwellings,
    builtYear: build.random.whole(...kind.built),
    areaSqm: Math.round(ringArea(ring) * kind.storeys),
    pattern: build.pattern,
  });
  return true;
};

/** Rows of plots over the block, first row on the street; `put` builds one plot. */
export const inRows = (build: Build, w: number, d: number, put: (u: number, v: number) => void): void => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  const [nu, nv] = [Math.floor((u1 - u0) / w), Math.floor((v1 - v0) / d)];
  const [pu, pv] = [(u1 - u0 - nu * w) / 2, (v1 - v0 - nv * d) / 2];
  for (let j = 0; j < nv; j++) for (let i = 0; i < nu; i++) put(u0 + pu + (i + 0.5) * w, v0 + pv + (j + 0.5) * d);
};

/** Puts up the first of the plans that fits, in the middle of the block. */
export const single = (build: Build, plans: Plan[], kind: Kind): boolean => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  return plans.some((plan) => raise(build, plan, (u0 + u1) / 2, (v0 + v1) / 2, kind));
};

/** Puts up at most `most` small buildings here and there. */
export const few = (build: Build, most: number, houseType: string, plan: () => Plan): void => {
  const { random } = build;
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  for (let k = random.whole(1, most); k > 0; k--)
    raise(build, plan(), random.between(u0, u1), v0 + ((v1 - v0) * (k - 0.5)) / most, {
      houseType,
      storeys: 1,
      nDwellings: 0,
      built: [1985, 2022],
    });
};
