import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';

/** A place: its open events, its workers on duty, and how many events each worker has on hand. */
export type LoadRow = {
  code: string;
  open: Cell;
  onDuty: Cell;
  /** Length of the bar, 0–1 of the heaviest load; 0 where there are events and nobody on duty. */
  share: number;
  /** Events wait and nobody is on duty. */
  isUnmanned: boolean;
};

const zeroAt = (at: Cell['at']): Cell => ({ at, value: 0, numerator: 0, denominator: 1, n: 0 });

/** Places by open events per worker on duty, heaviest first: those without anybody on duty lead, by their events. */
export const loadRows = (open: Answer, onDuty: Answer, dimension: string): LoadRow[] => {
  const byCode = ({ cells }: Answer) => new Map(cells.map((cell) => [cell.at[dimension] ?? noCode, cell]));
  const [events, workers] = [byCode(open), byCode(onDuty)];
  const rows = [...new Set([...events.keys(), ...workers.keys()])]
    .filter((code) => code !== noCode)
    .map((code) => {
      const at = { [dimension]: code };
      const pair = { open: events.get(code) ?? zeroAt(at), onDuty: workers.get(code) ?? zeroAt(at) };
      const [nOpen, nOnDuty] = [pair.open.value ?? 0, pair.onDuty.value ?? 0];
      return { code, ...pair, nOpen, load: nOnDuty > 0 ? nOpen / nOnDuty : null };
    });
  const top = Math.max(0, ...rows.map(({ load }) => load ?? 0));
  const isUnmanned = ({ load, nOpen }: (typeof rows)[number]) => load === null && nOpen > 0;
  return rows
    .sort(
      (a, b) =>
        Number(isUnmanned(b)) - Number(isUnmanned(a)) ||
        (b.load ?? -1) - (a.load ?? -1) ||
        b.nOpen - a.nOpen ||
        (a.code < b.code ? -1 : 1),
    )
    .map((row) => ({
      code: row.code,
      open: row.open,
      onDuty: row.onDuty,
      share: top > 0 ? (row.load ?? 0) / top : 0,
      isUnmanned: isUnmanned(row),
    }));
};
