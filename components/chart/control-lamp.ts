import type { ControlPart, ControlRow, ControlState } from '@/data/model/control';
import { type Lamp, lamps } from '@/data/model/event';
import { spanLamp } from './ticket-order';

/** A clock of a part: of its receipt, then of its feedback; `minutesLeft` null = done. */
export type PartClock = { lamp: Lamp; minutesLeft: number | null };

const clockOf = (fromAt: string, dueAt: string, doneAt: string | null, now: number): PartClock => ({
  lamp: spanLamp(fromAt, dueAt, doneAt, now),
  minutesLeft: doneAt === null ? (Date.parse(dueAt) - now) / 60_000 : null,
});

/** The clock of a part's receipt (签收); null = the top, which gives none. */
export const signClock = (part: ControlPart, now: number): PartClock | null =>
  part.parent === null ? null : clockOf(part.passedAt, part.signDueAt, part.signedAt, now);

/** The clock of a part's feedback (反馈); the top's ends when it closes. */
export const reportClock = (part: ControlPart, now: number): PartClock =>
  clockOf(part.passedAt, part.dueAt, part.reportedAt, now);

/** The clock a part stands at; null = it owes nothing. */
export const runningClock = (part: ControlPart, now: number): PartClock | null => {
  if (part.reportedAt !== null) return null;
  return part.signedAt === null ? signClock(part, now) : reportClock(part, now);
};

/** State a row stands in for its post: closed for all once the top has closed it. */
export const rowState = ({ closedAt, own }: ControlRow): ControlState => (closedAt === null ? own.state : 'closed');

/** The worst lamp of the post's own part and of those right below it. */
export const rowLamp = (row: ControlRow, now: number): Lamp => {
  if (row.closedAt !== null) return 'grey';
  const found = [row.own, ...row.below].map((part) => runningClock(part, now)?.lamp ?? 'grey');
  return lamps.filter((lamp) => lamp !== 'grey').findLast((lamp) => found.includes(lamp)) ?? 'grey';
};

/** Filters of the list; null = all. */
export type ControlFilter = { source: string | null; level: string | null; state: string | null; lamp: string | null };

export const filterControls = (rows: readonly ControlRow[], filter: ControlFilter, now: number): ControlRow[] =>
  rows.filter(
    (row) =>
      (filter.source === null || row.source === filter.source) &&
      (filter.level === null || String(row.level) === filter.level) &&
      (filter.state === null || rowState(row) === filter.state) &&
      (filter.lamp === null || rowLamp(row, now) === filter.lamp),
  );

/** How deep a part stands in the tree that is shown. */
export const depthOf = (parts: readonly ControlPart[], part: ControlPart): number => {
  const above = parts.find(({ division }) => division === part.parent);
  return above ? depthOf(parts, above) + 1 : 0;
};
