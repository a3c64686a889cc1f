import { randomFor } from '@/data/demo/random';
import reasons from '@/data/demo/world/reason.json';
import type { Scope } from '@/data/model/scope';
import type { TicketRow, WhistleLine, WhistleMove, WhistleRow } from '@/data/model/supervision';
import type { Connection } from '../db/client';
import { listTickets, listWhistles, moveTicket, moveWhistle } from './store';

/** Posts that answer and press in the demo. */
export type Answering = { handler: Scope; supervisor: Scope };

const hour = 3_600_000;
const everything = { division: null, at: null };

/** Whether somebody who takes this share of a span, the same at every look, has come to its end by now. */
const isDone = (seed: string, from: string, due: string, now: Date, most: number): boolean => {
  const share = randomFor(seed).between(0.2, most);
  return now.getTime() >= Date.parse(from) + (Date.parse(due) - Date.parse(from)) * share;
};

const replyOf = (seed: string, now: Date): WhistleMove['reply'] => ({
  acceptedAt: now.toISOString(),
  contacted: reasons.contacted,
  measure: randomFor(seed).pick(reasons.measure),
  limitAt: new Date(now.getTime() + 24 * hour).toISOString(),
});

/** The next step of a department, once its time has come. */
const lineMove = (row: WhistleRow, line: WhistleLine, now: Date): WhistleMove | null => {
  const [step] = line.moves;
  const seed = `${row.id} ${line.department} ${step}`;
  const due = line.limits.find(({ clock }) => clock === step)?.dueAt ?? line.limits.at(-1)?.dueAt ?? row.blownAt;
  if (step === undefined || step === 'score' || !isDone(seed, row.blownAt, due, now, 1.1)) return null;
  const reply = step === 'reply' ? replyOf(seed, now) : null;
  const move = { id: row.id, department: line.department, version: line.version, note: '', score: null };
  return { ...move, step: step as WhistleMove['step'], reply };
};

/** A reply when its time has come, and the ticket closed some hours after. */
const pressTicket = async (connection: Connection, { handler, supervisor }: Answering, row: TicketRow, now: Date) => {
  const random = randomFor(`words ${row.id}`);
  const move = { id: row.id, version: row.version, deadlineAt: null };
  if (row.repliedAt === null) {
    if (isDone(`reply ${row.id}`, row.openedAt, row.deadlineAt, now, 1.2))
      await moveTicket(connection, handler, { ...move, step: 'reply', note: random.pick(reasons.reply) });
    return;
  }
  if (now.getTime() > Date.parse(row.repliedAt) + random.between(1, 12) * hour)
    await moveTicket(connection, supervisor, { ...move, step: 'close', note: random.pick(reasons.result) });
};

/** Departments answer their whistles and tickets, supervisors close them, as in the demo's past. */
export const answerSupervision = async (connection: Connection, posts: Answering, now: Date): Promise<void> => {
  for (const row of await listWhistles(connection, posts.handler, everything))
    for (const line of row.lines) {
      const move = lineMove(row, line, now);
      if (move) await moveWhistle(connection, posts.handler, move);
    }
  for (const row of await listTickets(connection, posts.supervisor, everything))
    await pressTicket(connection, posts, row, now);
};
