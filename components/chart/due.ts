import type { EventRow } from '@/data/model/event';
import { lampAt } from './lamp';

/** An event near or over its limit; negative minutes = over by that much (欠时). */
export type DueRow = { row: EventRow; minutesLeft: number };

/** Events near their limit, the soonest first, then those over it, the longest debt first (预计超期在前，超期按欠时). */
export const dueOrder = (rows: readonly EventRow[], now: number): DueRow[] => {
  const near = rows.flatMap((row) => {
    const { used, limit, lamp } = lampAt(row, now);
    return limit !== null && (lamp === 'yellow' || lamp === 'red') ? [{ row, minutesLeft: limit - used }] : [];
  });
  return near.sort(
    (a, b) =>
      Number(a.minutesLeft < 0) - Number(b.minutesLeft < 0) ||
      a.minutesLeft - b.minutesLeft ||
      (a.row.id < b.row.id ? -1 : 1),
  );
};
