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

/** Page → grid in px for one wall. `size` is what nobody's head blocks. */
export const layoutOf = (page: WallPage, size: Size, unit: number, seams: Seams): Layout => {
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
