import { createHmac, randomBytes } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import type { Connection } from '../db/client';
import { readOwnKey } from '../file/own-key';
import { intake_turn } from './table';

/** Calls one sender may make in an hour, by what is called. */
export const turnsAnHour = { report: 20, photo: 60, look: 240, push: 6_000, sign: 300, slip: 20, pass: 600 } as const;
export type Turn = keyof typeof turnsAnHour;

/** Address of who sends: set by the server itself, never taken from what was sent (server/web/address.ts). */
export const addressOf = (request: Request): string => request.headers.get('x-gridhall-address') ?? 'local';

/** A sender as a hash nobody without `sender.key` can guess back. */
const keyedHash = async (sender: string): Promise<string> =>
  createHmac('sha256', await readOwnKey('sender.key', () => randomBytes(32)))
    .update(sender)
    .digest('hex')
    .slice(0, 32);

/** Takes one of the sender's turns of this hour; `busy` when they are used up. */
export const takeTurn = async ({ db }: Connection, what: Turn, sender: string): Promise<void> => {
  const [row] = await db
    .insert(intake_turn)
    .values({ sender: `${what}:${await keyedHash(sender)}`, window_at: sql`date_trunc('hour', now())`, turns: 1 })
    .onConflictDoUpdate({
      target: [intake_turn.sender, intake_turn.window_at],
      set: { turns: sql`${intake_turn.turns} + 1` },
    })
    .returning({ turns: intake_turn.turns });
  if ((row?.turns ?? 0) > turnsAnHour[what]) throw refuse('rate', 'Too many calls from here: try again in an hour.');
};

/** Forgets the turns of hours that are over. */
export const purgeTurns = async ({ db }: Connection): Promise<void> => {
  await db.delete(intake_turn).where(lt(intake_turn.window_at, sql`now() - interval '2 hours'`));
};
