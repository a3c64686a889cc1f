import { ell, frameAlong, place, rectangle, stepped } from './footprint';
import { isInRing, type Metres } from './plane';
import { type Build, inRows, raise } from './shell';

/** Self-built houses of a town or village, tight, three to six storeys. */
export const houses = (build: Build): void => {
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

/** Old village rows of one or two storeys, a few of them heritage. */
export const old = (build: Build): void => {
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

/** Estates of high slabs or towers. */
export const compound = (build: Build): void => {
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

/** Estates of six to nine storeys. */
export const slabs = (build: Build): void => {
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
export const shops = (build: Build): void => {
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

/** Staff quarters of a factory. */
export const quarters = (build: Build): void => {
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

/** Guesthouses and homes near a beach. */
export const guest = (build: Build): void => {
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

/** A few houses in the fields. */
export const hamlet = (build: Build): void => {
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
