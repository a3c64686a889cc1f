import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

/** A place: its open events, its workers on duty and missing, and how many events each worker has on hand. */
export type LoadRow = {
  code: string;
  open: Cell;
  onDuty: Cell;
  absent: Cell;
  /** Length of the bar, 0–1 of the heaviest load; 0 where there are events and nobody on duty. */
  share: number;
  /** Events wait and nobody is on duty. */
  isUnmanned: boolean;
};

const zeroAt = (at: Cell['at']): Cell => ({ at, value: 0, numerator: 0, denominator: 1, n: 0 });

/** Answers by one dimension: open events, workers on duty, workers missing. */
type Loads = { open: Answer; onDuty: Answer; absent: Answer };

/**
 * Places by workers missing, as the map beside it, then by open events per worker on duty; those without anybody on
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
      const [own, present] = [events.get(code) ?? zeroAt(at), workers.get(code) ?? zeroAt(at)];
      const [nOpen, nOnDuty] = [own.value ?? 0, present.value ?? 0];
      return {
        code,
        open: own,
        onDuty: present,
        absent: missing.get(code) ?? zeroAt(at),
        nOpen,
        load: nOnDuty > 0 ? nOpen / nOnDuty : null,
      };
    });
  const top = Math.max(0, ...rows.map(({ load }) => load ?? 0));
  const isUnmanned = ({ load, nOpen }: (typeof rows)[number]) => load === null && nOpen > 0;
  return rows
    .sort(
      (a, b) =>
        nAbsent(b.code) - nAbsent(a.code) ||
        Number(isUnmanned(b)) - Number(isUnmanned(a)) ||
        (b.load ?? -1) - (a.load ?? -1) ||
        b.nOpen - a.nOpen ||
        (a.code < b.code ? -1 : 1),
    )
    .map((row) => ({
      code: row.code,
      open: row.open,
      onDuty: row.onDuty,
      absent: row.absent,
      share: top > 0 ? (row.load ?? 0) / top : 0,
      isUnmanned: isUnmanned(row),
    }));
};
