import {
  bearingOf,
  ell,
  extentOf,
  type Frame,
  fits,
  frameAlong,
  inset,
  type Plan,
  place,
  rectangle,
  stepped,
  yard,
} from './footprint';
import { isInRing, type Metres, ringArea, ringCenter } from './plane';
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

type Build = { ring: Metres[]; random: Random; frame: Frame; pattern: Pattern; shells: Shell[] };
type Kind = { houseType: string; storeys: number; units?: number; nDwellings: number; built: [number, number] };

const raise = (build: Build, plan: Plan, u: number, v: number, kind: Kind): boolean => {
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
const inRows = (build: Build, w: number, d: number, put: (u: number, v: number) => void): void => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  const [nu, nv] = [Math.floor((u1 - u0) / w), Math.floor((v1 - v0) / d)];
  const [pu, pv] = [(u1 - u0 - nu * w) / 2, (v1 - v0 - nv * d) / 2];
  for (let j = 0; j < nv; j++) for (let i = 0; i < nu; i++) put(u0 + pu + (i + 0.5) * w, v0 + pv + (j + 0.5) * d);
};

const houses = (build: Build): void => {
  const { random } = build;
  const [w, d] = [random.between(14, 16.8), random.between(14.6, 17.6)];
  const tall = random.between(-0.7, 0.9);
  inRows(build, w, d, (u, v) => {
    if (random.has(0.07)) return;
    const [pw, pd] = [w - random.between(1.8, 4), d - random.between(2.6, 5.2)];
    const plan = random.has(0.14) && pw > 9 ? ell(pw, pd, pw * 0.55) : rectangle(pw, pd);
    const storeys = Math.max(2, Math.min(8, Math.round(4.2 + tall + random.normal() * 1.1)));
    const nDwellings = random.has(0.45) ? 1 : Math.max(1, Math.round((storeys - 1) * random.between(0.35, 0.95)));
    raise(build, plan, u + random.between(-0.6, 0.6), v, { houseType: '12', storeys, nDwellings, built: [1988, 2016] });
  });
};

const old = (build: Build): void => {
  const { random } = build;
  const [w, d] = [random.between(10.2, 12), random.between(12.2, 14.4)];
  inRows(build, w, d, (u, v) => {
    if (random.has(0.16)) return;
    const heritage = random.has(0.05);
    raise(build, rectangle(w - random.between(0.8, 1.6), d - random.between(2.2, 4.2)), u, v, {
      houseType: heritage ? '45' : '12',
      storeys: random.whole(1, 2),
      nDwellings: random.has(0.72) && !heritage ? 1 : 0,
      built: heritage ? [1760, 1911] : [1952, 1990],
    });
  });
};

const compound = (build: Build): void => {
  const { random } = build;
  const storeys = random.pick([18, 18, 18, 20, 22, 24, 26, 28, 32, 33]);
  const perFloor = random.pick([2, 2, 2, 2, 3]);
  const isSlab = random.has(0.5);
  const plan = isSlab ? rectangle(34, 14) : stepped(25, 21);
  const built: [number, number] = [random.whole(2004, 2018), 2023];
  inRows(
    build,
    isSlab ? 38 : 31,
    isSlab ? 30 : 31,
    (u, v) =>
      void raise(build, plan, u, v, {
        houseType: '11',
        storeys,
        units: isSlab ? 2 : 1,
        nDwellings: Math.round(storeys * perFloor * 0.92),
        built,
      }),
  );
  if (build.shells.length === 0) slabs(build);
};

const slabs = (build: Build): void => {
  const { random } = build;
  const storeys = random.whole(6, 9);
  inRows(build, random.between(38, 44), random.between(24, 28), (u, v) => {
    const units = random.whole(2, 3);
    raise(build, rectangle(units * 12, 12.5), u, v, {
      houseType: random.has(0.12) ? '14' : '11',
      storeys,
      units,
      nDwellings: storeys * units * 2,
      built: [1992, 2012],
    });
  });
};

/** Whether a plan meets a building that stands already: a corner of one inside the other. */
const isTaken = (build: Build, plan: Metres[]): boolean =>
  build.shells.some(
    ({ ring }) => plan.some(([x, y]) => isInRing(x, y, ring)) || ring.some(([x, y]) => isInRing(x, y, plan)),
  );

/** A closed row of shop-houses along every street side. */
const shops = (build: Build): void => {
  const { random, ring } = build;
  for (let i = 0; i < ring.length; i++) {
    const [a, b] = [ring[i], ring[(i + 1) % ring.length]];
    if (!a || !b) continue;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const frame = frameAlong(Math.atan2(b[1] - a[1], b[0] - a[0]));
    const [u0, v0] = frame.toFrame(a[0], a[1]);
    const depth = random.between(12, 15);
    for (let u = i % 2 === 0 ? 1 : depth + 2; u + 13 < length - (i % 2 === 0 ? 1 : depth + 2); ) {
      const w = random.between(12, 19);
      if (u + w > length) break;
      const storeys = random.whole(4, 9);
      const isShop = random.has(0.5);
      const inward = { ...build, frame };
      if (isTaken(build, place(rectangle(w, depth), frame, u0 + u + w / 2, v0 + depth / 2 + 0.3))) {
        u += w;
        continue;
      }
      raise(inward, rectangle(w - 0.8, depth), u0 + u + w / 2, v0 + depth / 2 + 0.3, {
        houseType: isShop ? '32' : random.has(0.06) ? '31' : '12',
        storeys,
        nDwellings: 2 + Math.round((storeys - 1) * random.between(0.8, 1.7)),
        built: [1990, 2015],
      });
      u += w;
    }
  }
};

const works = (build: Build): void => {
  const { random } = build;
  const [w, d] = [random.between(54, 84), random.between(28, 42)];
  inRows(build, w, d, (u, v) => {
    const isStore = random.has(0.22);
    const plan = random.has(0.25)
      ? ell(w - 10, d - 8, (d - 8) * 0.5)
      : rectangle(w - random.between(8, 14), d - random.between(8, 12));
    raise(build, plan, u, v, {
      houseType: isStore ? '22' : '21',
      storeys: isStore ? random.whole(1, 3) : random.whole(2, 6),
      nDwellings: random.whole(1, 5),
      built: [1991, 2019],
    });
  });
};

const quarters = (build: Build): void => {
  const { random } = build;
  inRows(build, 44, 26, (u, v) => {
    const storeys = random.whole(5, 8);
    raise(build, rectangle(38, 14), u, v, {
      houseType: '13',
      storeys,
      nDwellings: storeys * random.whole(4, 6),
      built: [1993, 2017],
    });
  });
};

const single = (build: Build, plans: Plan[], kind: Kind): boolean => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  return plans.some((plan) => raise(build, plan, (u0 + u1) / 2, (v0 + v1) / 2, kind));
};

const school = (build: Build): void => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  const [w, d] = [u1 - u0, v1 - v0];
  const kind: Kind = { houseType: '41', storeys: build.random.whole(3, 6), nDwellings: 1, built: [1985, 2021] };
  const put = (plan: Plan, v: number) => raise(build, plan, (u0 + u1) / 2, v, kind);
  if (!put(yard(w * 0.8, d * 0.46, 11), v0 + d * 0.32)) put(rectangle(w * 0.6, d * 0.25), v0 + d * 0.35);
  put(rectangle(w * 0.3, d * 0.16), v0 + d * 0.8);
};

const civic = (build: Build): void => {
  const kind: Kind = {
    houseType: build.random.has(0.6) ? '43' : '44',
    storeys: build.random.whole(3, 9),
    nDwellings: 2,
    built: [1990, 2020],
  };
  single(build, [ell(48, 40, 16), ell(36, 30, 13), rectangle(26, 16)], kind);
};

const office = (build: Build): void => {
  const storeys = build.random.whole(9, 22);
  const kind: Kind = { houseType: '31', storeys, nDwellings: storeys * 2, built: [2001, 2022] };
  inRows(build, 46, 40, (u, v) => void raise(build, rectangle(34, 24), u, v, kind));
};

const hotel = (build: Build): void => {
  const storeys = build.random.whole(5, 16);
  const kind: Kind = { houseType: '33', storeys, nDwellings: storeys, built: [1998, 2021] };
  single(build, [ell(52, 42, 16), ell(40, 32, 13), rectangle(30, 15)], kind);
};

const guest = (build: Build): void => {
  const { random } = build;
  const [w, d] = [random.between(14.5, 17), random.between(15.5, 18)];
  inRows(build, w, d, (u, v) => {
    if (random.has(0.13)) return;
    const isHome = random.has(0.42);
    const storeys = random.whole(2, 5);
    const plan = random.has(0.2)
      ? ell(w - 3, d - 4, (w - 3) * 0.55)
      : rectangle(w - random.between(2, 5), d - random.between(3, 6));
    raise(build, plan, u, v, {
      houseType: isHome ? '12' : '34',
      storeys,
      nDwellings: isHome ? random.whole(1, 3) : random.whole(1, 2),
      built: [1989, 2020],
    });
  });
};

const hamlet = (build: Build): void => {
  const { random } = build;
  let left = random.whole(2, 11);
  const [w, d] = [random.between(12, 15), random.between(13, 17)];
  inRows(build, w, d, (u, v) => {
    if (left <= 0 || random.has(0.45)) return;
    left--;
    const isHut = random.has(0.28);
    raise(build, rectangle(w - random.between(2, 5), d - random.between(4, 6)), u, v, {
      houseType: isHut ? '52' : '12',
      storeys: isHut ? 1 : random.whole(1, 4),
      nDwellings: isHut ? 0 : 1,
      built: [1975, 2014],
    });
  });
};

const few = (build: Build, most: number, houseType: string, plan: () => Plan): void => {
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
  hospital: (build) =>
    void single(build, [yard(54, 44, 15), ell(44, 36, 14), rectangle(30, 18)], {
      houseType: '42',
      storeys: build.random.whole(5, 11),
      nDwellings: 1,
      built: [1988, 2020],
    }),
  civic,
  office,
  hotel,
  guest,
  market: (build) =>
    void single(build, [rectangle(52, 38), rectangle(38, 28), rectangle(26, 18)], {
      houseType: '35',
      storeys: build.random.whole(2, 4),
      nDwellings: 14,
      built: [1990, 2016],
    }),
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
