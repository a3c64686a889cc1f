import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

/** A place: its open events with what each worker on duty has on hand, its workers on duty and missing. */
export type LoadRow = {
  code: string;
  open: Cell;
  onDuty: Cell;
  absent: Cell;
  /** Events wait and nobody is on duty. */
  isUnmanned: boolean;
};

const zeroAt = (at: Cell['at']): Cell => ({ at, value: 0, numerator: 0, denominator: 1, n: 0 });

/** End of the scale of loads: the heaviest of the rows, at least 1. */
export const topLoad = (rows: readonly LoadRow[]): number =>
  Math.max(1, ...rows.map(({ open }) => open.perWorker ?? 0));

/** Answers by one dimension: open events and what each worker has of them, workers on duty, workers missing. */
type Loads = { open: Answer; onDuty: Answer; absent: Answer };

/**
 * Places by workers missing, then by open events per worker on duty; those without anybody on
 * duty before others. What lies in no place is listed where somebody is missing there.
 */
export const loadRows = ({ open, onDuty, absent }: Loads, dimension: string): LoadRow[] => {
  const byCode = ({ cells }: Answer) => new Map(cells.map((cell) => [cell.at[dimension] ?? noCode, cell]));
  const [events, workers, missing] = [byCode(open), byCode(onDuty), byCode(absent)];
  const nAbsent = (code: string) => missing.get(code)?.value ?? 0;
  const rows = [...new Set([...events.keys(), ...workers.keys(), ...missing.keys()])]
    .filter((code) => code !== noCode || nAbsent(code) > 0)
    .map((code) => {
      const at = { [dimension]: code };
      const present = workers.get(code) ?? zeroAt(at);
      const isManned = (present.value ?? 0) > 0;
      const own = events.get(code) ?? { ...zeroAt(at), perWorker: isManned ? 0 : null };
      const isUnmanned = !isManned && (own.value ?? 0) > 0;
      return { code, open: own, onDuty: present, absent: missing.get(code) ?? zeroAt(at), isUnmanned };
    });
  return rows.sort(
    (a, b) =>
      nAbsent(b.code) - nAbsent(a.code) ||
      Number(b.isUnmanned) - Number(a.isUnmanned) ||
      (b.open.perWorker ?? -1) - (a.open.perWorker ?? -1) ||
      (b.open.value ?? 0) - (a.open.value ?? 0) ||
      (a.code < b.code ? -1 : 1),
  );
};
