import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

const order = ['force', 'base', 'key_part', 'key_area'];

/** A group of forces and places, or one type within it, and the place that has the fewest of it per head. */
export type ForceRow = { group: string; type: string | null; cell: Cell; least: Cell | null };

/** Of cells by a place and a group, that with the fewest per ten thousand residents; null = nobody's residents are told. */
const leastOf = ({ cells, dimensions }: Answer, group: string): Cell | null => {
  const place = dimensions.find((key) => key !== 'assetGroup') ?? '';
  const told = cells.filter(
    ({ at, perTenThousand }) => at.assetGroup === group && at[place] !== noCode && perTenThousand != null,
  );
  return told.toSorted((a, b) => (a.perTenThousand ?? 0) - (b.perTenThousand ?? 0))[0] ?? null;
};

/**
 * Groups in their own order, each followed by its commonest types as far as `room` lines go, as many for one as for another.
 * `types` are cells by group and type, `places` by a place and group.
 */
export const forceRows = (groups: Answer, types: Answer, places: Answer, room: number): ForceRow[] => {
  const sorted = groups.cells.toSorted(
    (a, b) => order.indexOf(a.at.assetGroup ?? '') - order.indexOf(b.at.assetGroup ?? ''),
  );
  const nTypes = Math.max(0, Math.floor((room - sorted.length) / Math.max(1, sorted.length)));
  return sorted.slice(0, Math.max(1, room)).flatMap((cell) => {
    const group = cell.at.assetGroup ?? '';
    const common = types.cells
      .filter(({ at }) => at.assetGroup === group && at.assetType !== noCode)
      .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
      .slice(0, nTypes);
    return [
      { group, type: null, cell, least: leastOf(places, group) },
      ...common.map((one) => ({ group, type: one.at.assetType ?? '', cell: one, least: null })),
    ];
  });
};
