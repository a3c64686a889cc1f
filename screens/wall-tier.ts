import type { Seams } from '@/components/base/seams';
import type { Layout } from './place';

/** Content tier of a wall: what fits at readable size. A portrait totem has its own arrangement. */
export type Tier = 'XL' | 'L' | 'S' | 'portrait';
export type Size = { width: number; height: number };

/** Tier by the angle the wall fills, in arc-minutes. Content drops a tier, type never shrinks. */
export const tierOf = ({ width, height }: Size, unit: number): Tier => {
  if (height > width) return 'portrait';
  const [wide, high] = [width / unit, height / unit];
  if (high < 850 || wide < 1800) return 'S';
  return wide >= 3200 ? 'XL' : 'L';
};

/** Two wings beside the map of a low wall are read from this width on, arc-minutes; a narrower one has room for one. */
const leastBand = 2800;

/** Whether a wall of tier S is too narrow for two wings. */
export const isNarrow = (size: Size, unit: number): boolean =>
  tierOf(size, unit) === 'S' && size.width / unit < leastBand;

/** Smallest words on a wall, arc-minutes of the em: Han faces reach 24′, digits 18.9′. */
export const captionMinutes = 26;
/** Least height of the header, arc-minutes. */
const headerMinutes = 62;

/** A wall page before it is measured: shares of the whole page, header first; `least` in arc-minutes. */
export type WallPage = {
  header: number;
  columns: readonly number[];
  rows: readonly { share: number; least?: number }[];
  areas: readonly string[];
  panels: Readonly<Record<string, string>>;
};

/** A border moved onto a seam that lies within 4 % of it, so that no seam cuts through text beside it. */
export const snapTo = (at: number, seams: readonly number[], total: number): number => {
  const near = seams.filter((seam) => Math.abs(seam - at) <= total * 0.04);
  return near.length > 0 ? near.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a)) : at;
};

/** Sizes of tracks in px: shares, raised to their least, the others giving way; borders snapped to seams. */
export const tracks = (
  shares: readonly { share: number; least?: number }[],
  total: number,
  unit: number,
  seams: readonly number[],
): number[] => {
  const least = shares.map((track) => (track.least ?? 0) * unit);
  const isRaised = shares.map((track, i) => track.share * total < (least[i] ?? 0));
  const fixed = least.reduce((sum, size, i) => sum + (isRaised[i] ? size : 0), 0);
  const free = shares.reduce((sum, track, i) => sum + (isRaised[i] ? 0 : track.share), 0);
  let edge = 0;
  let from = 0;
  return shares.map((track, i) => {
    edge += isRaised[i] ? (least[i] ?? 0) : (track.share / free) * (total - fixed);
    const to = i === shares.length - 1 ? total : Math.round(snapTo(edge, seams, total));
    const size = to - from;
    from = to;
    return size;
  });
};

/** Least width of a wing that gives way to seams, arc-minutes: what its panels were made for on the narrowest wall of a tier. */
const leastWing = (tier: Tier): number => ({ XL: 800, L: 420, S: 600, portrait: Number.POSITIVE_INFINITY })[tier];

/** Areas that belong to the map: what stands in their columns may have a seam run through it. */
const ofMap = ['map', 'side', 'strip'];

/**
 * The page as the heads of a wall want it. Where a border between a wing and the map lies on no seam, the wings stand
 * side by side on the first heads, up to the seam nearest to their own width, and the map on the others; unless they would be too narrow.
 */
export const alongSeams = (
  page: WallPage,
  { width, height }: Size,
  unit: number,
  seams: readonly number[],
): WallPage => {
  const rows = page.areas.map((row) => row.split(' '));
  const isMap = page.columns.map((_, i) => rows.some((row) => ofMap.includes(row[i] ?? '')));
  const ends = page.columns.map((_, i) => page.columns.slice(0, i + 1).reduce((sum, share) => sum + share, 0) * width);
  const borders = ends.filter((_, i) => i + 1 < ends.length && isMap[i] !== isMap[i + 1]);
  const isOnSeams = borders.every((at) => seams.includes(snapTo(at, seams, width)));
  if (seams.length === 0 || borders.length === 0 || isOnSeams) return page;
  const order = [...isMap.keys()].toSorted((a, b) => Number(isMap[a]) - Number(isMap[b]));
  const all = (which: boolean) => page.columns.reduce((sum, share, i) => sum + (isMap[i] === which ? share : 0), 0);
  const apart = (seam: number) => Math.abs(seam - all(false) * width);
  const edge = seams.reduce((best, seam) => (apart(seam) < apart(best) ? seam : best));
  const own = { wings: edge / width / all(false), map: (1 - edge / width) / all(true) };
  const least = leastWing(tierOf({ width, height }, unit)) * unit;
  const isNarrow = page.columns.some((share, i) => !isMap[i] && share * own.wings * width < least);
  if (isNarrow) return page;
  return {
    ...page,
    columns: order.map((i) => (page.columns[i] ?? 0) * (isMap[i] ? own.map : own.wings)),
    areas: rows.map((row) => order.map((i) => row[i]).join(' ')),
  };
};

/** Page → grid in px for one wall. `size` is what nobody's head blocks. */
export const layoutOf = (written: WallPage, size: Size, unit: number, seams: Seams): Layout => {
  const page = alongSeams(written, size, unit, seams.x);
  const columns = tracks(
    page.columns.map((share) => ({ share })),
    size.width,
    unit,
    seams.x,
  );
  const header = { share: page.header, least: headerMinutes };
  const rest = page.rows.reduce((sum, row) => sum + row.share, 0);
  const rows = tracks(
    [header, ...page.rows.map((row) => ({ ...row, share: (row.share / rest) * (1 - header.share) }))],
    size.height,
    unit,
    seams.y,
  );
  const px = (sizes: number[]) => sizes.map((track) => `${track}px`).join(' ');
  return {
    grid: {
      columns: px(columns),
      rows: px(rows),
      areas: [page.columns.map(() => 'header').join(' '), ...page.areas],
    },
    panels: page.panels,
  };
};
