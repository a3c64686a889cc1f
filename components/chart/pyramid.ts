import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

/** One age band of a pyramid (人口金字塔); a cell is null where nobody is counted. */
export type PyramidBand = { code: string; left: Cell | null; right: Cell | null };

const fromOf = (code: string): number => Number.parseInt(code, 10);

/** Age bands from the oldest, men (`1`) left and women (`2`) right, and the longest side of all, by which both are drawn. */
export const pyramidOf = (answer: Answer): { bands: PyramidBand[]; longest: Cell | null } => {
  const bands = new Map<string, PyramidBand>();
  for (const cell of answer.cells) {
    const code = cell.at.ageBand;
    if (!code || code === noCode) continue;
    const band = bands.get(code) ?? { code, left: null, right: null };
    if (cell.at.sex === '1') band.left = cell;
    if (cell.at.sex === '2') band.right = cell;
    bands.set(code, band);
  }
  const all = [...bands.values()].sort((a, b) => fromOf(b.code) - fromOf(a.code));
  const sides = all.flatMap(({ left, right }) => [left ?? [], right ?? []].flat());
  const longest = sides.reduce<Cell | null>(
    (most, side) => ((side.value ?? 0) > (most?.value ?? 0) ? side : most),
    null,
  );
  return { bands: all, longest };
};
