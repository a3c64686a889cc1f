import type { LngLat } from './geo';

/**
 * Hexagons that pave the Mercator plane, a corner to the north, 540 Mercator metres from flat to flat: 500 m on the ground
 * at 22° N, 430 m at 37°. Code `q_r`: column and row from the point 0°, 0°.
 */
export const hexagonMercatorMetres = 540;

const earthMetres = 6_378_137;
const radius = hexagonMercatorMetres / Math.sqrt(3);

/** Code of the hexagon over a position. */
export const hexagonOf = ([lng, lat]: LngLat): string => {
  const x = (earthMetres * lng * Math.PI) / 180 / hexagonMercatorMetres;
  const y = (earthMetres * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))) / hexagonMercatorMetres;
  const t = 1 - Math.sqrt(3) * y;
  const q = Math.floor((Math.floor(t + x) + Math.floor(2 * x + 1)) / 3);
  const r = -Math.floor((Math.floor(t + x) + Math.floor(t - x)) / 3);
  return `${q}_${r}`;
};

const parts = (code: string): [number, number] => {
  const [q = 0, r = 0] = code.split('_').map(Number);
  return [q, r];
};

const unproject = (x: number, y: number): LngLat => [
  ((x / earthMetres) * 180) / Math.PI,
  (2 * Math.atan(Math.exp(y / earthMetres)) * 180) / Math.PI - 90,
];

const middle = (code: string): [number, number] => {
  const [q, r] = parts(code);
  return [hexagonMercatorMetres * (q + r / 2), 1.5 * radius * r];
};

/** Centre of a hexagon, degrees. */
export const hexagonCenter = (code: string): LngLat => unproject(...middle(code));

/** Closed outline of a hexagon, degrees. */
export const hexagonRing = (code: string): LngLat[] => {
  const [x, y] = middle(code);
  return [0, 1, 2, 3, 4, 5, 0].map((corner) => {
    const angle = Math.PI / 6 + (corner * Math.PI) / 3;
    return unproject(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
};
