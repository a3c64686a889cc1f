import sharp from 'sharp';

type Lab = [number, number, number];

const linear = (byte: number): number => {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** OKLab of an sRGB colour, bytes. */
const labOf = (red: number, green: number, blue: number): Lab => {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

const labOfHex = (hex: string): Lab => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return labOf(r, g, b);
};

/** Colour difference within which a pixel counts as the alert's own, OKLab ΔE × 100; alerts lie ≥ 13 apart. */
const nearby = 5;

/** Share of a picture's pixels, 0–1, that stand in one of the given colours (`#rrggbb`). */
export const shareOf = async (picture: Buffer, colours: readonly string[]): Promise<number> => {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const alerts = colours.map(labOfHex);
  const known = new Map<number, boolean>();
  let n = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    const key = (r << 16) | (g << 8) | b;
    let isAlert = known.get(key);
    if (isAlert === undefined) {
      const [l, a, c] = labOf(r, g, b);
      isAlert = alerts.some((one) => 100 * Math.hypot(one[0] - l, one[1] - a, one[2] - c) < nearby);
      known.set(key, isAlert);
    }
    if (isAlert) n++;
  }
  return n / (info.width * info.height);
};
