import type { Lamp } from '@/data/model/event';
import type { TicketRow, WhistleLimit } from '@/data/model/supervision';

type Times = Pick<TicketRow, 'id' | 'openedAt' | 'deadlineAt' | 'repliedAt'>;

/** A ticket by what it owes: minutes left until its reply is due, negative = over by that much (欠时); null = replied. */
export type OwedTicket<T extends Times> = { row: T; minutesLeft: number | null; lamp: Lamp };

const nearShare = 0.8;

/** Lamp of a span at an instant (epoch ms): yellow from 80 % on, red once it is over; one done in time is grey. */
export const spanLamp = (fromAt: string, dueAt: string, doneAt: string | null, now: number): Lamp => {
  const [from, due] = [Date.parse(fromAt), Date.parse(dueAt)];
  const at = doneAt === null ? now : Date.parse(doneAt);
  if (at > due) return 'red';
  if (doneAt !== null) return 'grey';
  return at - from >= (due - from) * nearShare ? 'yellow' : 'green';
};

/** Replies expected first, the soonest due first; then those owed, the longest debt first; then those replied. */
export const ticketOrder = <T extends Times>(rows: readonly T[], now: number): OwedTicket<T>[] => {
  const owed = rows.map((row) => ({
    row,
    minutesLeft: row.repliedAt === null ? (Date.parse(row.deadlineAt) - now) / 60_000 : null,
    lamp: row.repliedAt === null ? spanLamp(row.openedAt, row.deadlineAt, null, now) : ('grey' as const),
  }));
  const rank = ({ minutesLeft }: OwedTicket<T>) => (minutesLeft === null ? 2 : minutesLeft < 0 ? 1 : 0);
  return owed.sort(
    (a, b) => rank(a) - rank(b) || (a.minutesLeft ?? 0) - (b.minutesLeft ?? 0) || (a.row.id < b.row.id ? -1 : 1),
  );
};

/** The clock a department stands at: the first step not done; null = all were. */
export const runningLimit = (limits: readonly WhistleLimit[]): WhistleLimit | null =>
  limits.find(({ doneAt }) => doneAt === null) ?? null;
