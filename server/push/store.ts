import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { EventStatus } from '@/data/model/event';
import { type PushEvent, refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { systemScope } from '../access/store';
import type { Connection } from '../db/client';
import { event, event_transition } from '../db/schema';
import { reportEvent } from '../event/store';
import { push_key } from './table';

/** A sending system that showed its key. */
export type Sender = { id: string; sources: string[] };

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Makes a key `gk.<id>.<secret>`; its secret is shown here and kept nowhere. */
export const makeKey = async ({ db }: Connection, name: string, sources: string[]): Promise<string> => {
  const [id, secret] = [randomBytes(6).toString('hex'), randomBytes(32).toString('base64url')];
  await db.insert(push_key).values({ id, name, sources, hash: hashOf(secret).toString('hex') });
  return `gk.${id}.${secret}`;
};

/** Ends a key; whether there was one. */
export const revokeKey = async ({ db }: Connection, id: string): Promise<boolean> => {
  const rows = await db
    .update(push_key)
    .set({ revoked_at: sql`now()` })
    .where(and(eq(push_key.id, id), isNull(push_key.revoked_at)))
    .returning({ id: push_key.id });
  return rows.length > 0;
};

/** The sender of `authorization: Bearer gk.<id>.<secret>`; `not_allowed` for none, a wrong or a revoked one. */
export const senderOf = async ({ db }: Connection, header: string | null): Promise<Sender> => {
  const [, id = '', secret = ''] = /^Bearer gk\.([0-9a-f]{12})\.([\w-]{43})$/.exec(header ?? '') ?? [];
  const [key] = await db
    .select()
    .from(push_key)
    .where(and(eq(push_key.id, id), isNull(push_key.revoked_at)));
  if (!key || !timingSafeEqual(hashOf(secret), Buffer.from(key.hash, 'hex')))
    throw refuse('push_key', 'The key is missing, wrong or revoked.');
  return { id: key.id, sources: key.sources };
};

/** Key under which a sender's own id stands in `event.client_key`. */
const clientKeyOf = (sender: Sender, id: string): string => `push:${sender.id}:${id}`;

const findPushed = async ({ db }: Connection, sender: Sender, id: string) => {
  const [row] = await db
    .select()
    .from(event)
    .where(eq(event.client_key, clientKeyOf(sender, id)));
  return row ?? null;
};

export type Taken = { receipt: string; isRepeated: boolean };

const checkSource = (sender: Sender, { source, isPoliceCase }: PushEvent): void => {
  if (!sender.sources.includes(source)) throw refuse('push_source', `This key may not send source ${source}.`);
  if (source === '13' && isPoliceCase !== false)
    throw refuse('police_case', 'Source 13 takes calls that are no police case: say isPoliceCase: false.');
};

/**
 * Takes one event of a sending system (推送). The sender's id makes it idempotent: the same content again answers the
 * same receipt, other content under a used id is a conflict.
 */
export const takePushed = async (connection: Connection, sender: Sender, sent: PushEvent): Promise<Taken> => {
  checkSource(sender, sent);
  const { id, isPoliceCase: _, ...report } = sent;
  let isRepeated = true;
  const { number } = await reportEvent(
    connection,
    await systemScope(connection),
    { ...report, clientKey: clientKeyOf(sender, id), buildingCode: null, dwellingCode: null },
    {
      actorId: `push:${sender.id}`,
      role: 'partner',
      alongside: async () => {
        isRepeated = false;
      },
    },
  );
  if (!isRepeated) return { receipt: number, isRepeated };
  const first = await findPushed(connection, sender, id);
  const isSame =
    first?.title === sent.title &&
    first.description === sent.description &&
    first.source_code === sent.source &&
    first.lng === sent.position[0] &&
    first.lat === sent.position[1];
  if (!isSame) throw refuse('key_used', `The id ${id} was used for another event.`, { id });
  return { receipt: number, isRepeated };
};

export type PushProgress = {
  id: string;
  receipt: string;
  status: EventStatus;
  steps: { status: EventStatus; at: string }[];
  dueAt: string | null;
  closedAt: string | null;
};

/** How far an event of this sender has come; nothing of who handles it. */
export const pushProgress = async (connection: Connection, sender: Sender, id: string): Promise<PushProgress> => {
  const row = await findPushed(connection, sender, id);
  if (!row) throw new Problem('not_found', `You sent no event ${id}.`, { id });
  const steps = await connection.db
    .select({ status: event_transition.to_status, at: event_transition.at })
    .from(event_transition)
    .where(eq(event_transition.event_id, row.id))
    .orderBy(asc(event_transition.seq));
  return {
    id,
    receipt: row.number,
    status: row.status,
    steps: steps.map(({ status, at }) => ({ status, at: at.toISOString() })),
    dueAt: row.handle_due_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
  };
};
