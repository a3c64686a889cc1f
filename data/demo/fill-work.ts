import { ell, extentOf, type Plan, rectangle, yard } from './footprint';
import { type Build, inRows, type Kind, raise, single } from './shell';

/** Factory sheds and stores. */
export const works = (build: Build): void => {
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

/** A school around its yard, with a hall. */
export const school = (build: Build): void => {
  const [u0, v0, u1, v1] = extentOf(build.ring, build.frame);
  const [w, d] = [u1 - u0, v1 - v0];
  const kind: Kind = { houseType: '41', storeys: build.random.whole(3, 6), nDwellings: 1, built: [1985, 2021] };
  const put = (plan: Plan, v: number) => raise(build, plan, (u0 + u1) / 2, v, kind);
  if (!put(yard(w * 0.8, d * 0.46, 11), v0 + d * 0.32)) put(rectangle(w * 0.6, d * 0.25), v0 + d * 0.35);
  put(rectangle(w * 0.3, d * 0.16), v0 + d * 0.8);
};

/** A public building or a culture venue. */
export const civic = (build: Build): void => {
  const kind: Kind = {
    houseType: build.random.has(0.6) ? '43' : '44',
    storeys: build.random.whole(3, 9),
    nDwellings: 2,
    built: [1990, 2020],
  };
  single(build, [ell(48, 40, 16), ell(36, 30, 13), rectangle(26, 16)], kind);
};

/** Office towers. */
export const office = (build: Build): void => {
  const storeys = build.random.whole(9, 22);
  const kind: Kind = { houseType: '31', storeys, nDwellings: storeys * 2, built: [2001, 2022] };
  inRows(build, 46, 40, (u, v) => void raise(build, rectangle(34, 24), u, v, kind));
};

/** A hotel. */
export const hotel = (build: Build): void => {
  const storeys = build.random.whole(5, 16);
  const kind: Kind = { houseType: '33', storeys, nDwellings: storeys, built: [1998, 2021] };
  single(build, [ell(52, 42, 16), ell(40, 32, 13), rectangle(30, 15)], kind);
};
