import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Connection, Executor } from '../db/client';
import { beyondScope } from '../db/scoped';

/** Channel of the walls; the lease in the database is the truth, this only wakes. */
export const wallChannel = 'gridhall_wall';

const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), wall: z.string() }),
  z.object({ kind: z.literal('pointer'), wall: z.string(), lng: z.number(), lat: z.number() }),
  z.object({ kind: z.literal('acknowledged'), wall: z.string(), event: z.string() }),
]);
/** What goes from process to process. */
export type Message = z.infer<typeof Message>;

/** Tells every process; inside a transaction, at its commit. */
export const tell = async (db: Executor, message: Message): Promise<void> => {
  await db.execute(sql`select pg_notify(${wallChannel}, ${JSON.stringify(message)})`);
};

/** What waits for one subscriber: never more than the newest of each, however slow it is. */
export type Mail = { isChanged: boolean; pointer: { lng: number; lat: number } | null; acknowledged: string[] };

/** Acknowledgements kept for a subscriber that does not take them. */
const mostAcknowledged = 50;

type Box = {
  put: (message: Message) => void;
  /** The mail once there is some, or when `ms` have passed. */
  take: (ms: number) => Promise<Mail>;
};

const makeBox = (): Box => {
  const empty = (): Mail => ({ isChanged: false, pointer: null, acknowledged: [] });
  let mail = empty();
  let wake: (() => void) | null = null;
  return {
    put: (message) => {
      if (message.kind === 'changed') mail.isChanged = true;
      else if (message.kind === 'pointer') mail.pointer = { lng: message.lng, lat: message.lat };
      else mail.acknowledged = [...mail.acknowledged, message.event].slice(-mostAcknowledged);
      wake?.();
    },
    take: async (ms) => {
      if (!mail.isChanged && !mail.pointer && mail.acknowledged.length === 0)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      wake = null;
      const taken = mail;
      mail = empty();
      return taken;
    },
  };
};

/** The ear of this process for the walls of one database. */
export type Hub = {
  open: (wall: string) => Promise<{ take: Box['take']; close: () => void }>;
  /** Aborts when the server stops: clients come again, to another one. */
  ended: AbortSignal;
  end: () => void;
};

const createHub = ({ sql: pool }: Connection): Hub => {
  const boxes = new Map<Box, string>();
  const ended = new AbortController();
  let listening: Promise<unknown> | null = null;
  const wakeAll = () => {
    for (const [box, wall] of boxes) box.put({ kind: 'changed', wall });
  };
  const hear = (text: string) => {
    const message = Message.safeParse(JSON.parse(text)).data;
    if (!message) return;
    for (const [box, wall] of boxes) if (message.wall === wall) box.put(message);
  };
  const listen = () => {
    // Subscribers also look by themselves: a process that cannot listen now is late, not deaf.
    listening ??= pool.listen(wallChannel, hear, wakeAll).catch(() => {
      listening = null;
    });
    return listening;
  };
  return {
    open: async (wall) => {
      const box = makeBox();
      boxes.set(box, wall);
      await listen();
      return { take: box.take, close: () => void boxes.delete(box) };
    },
    ended: ended.signal,
    end: () => {
      ended.abort();
      wakeAll();
    },
  };
};

const shared = globalThis as { gridhallHubs?: Map<Connection['sql'], Hub> };

/** The one hub of this process for a database. */
export const hubOf = (asked: Connection): Hub => {
  // One ear for all walls of the process.
  const connection = beyondScope(asked);
  if (!shared.gridhallHubs) {
    const made = new Map<Connection['sql'], Hub>();
    shared.gridhallHubs = made;
    process.prependOnceListener('SIGTERM', () => {
      for (const hub of made.values()) hub.end();
      if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
    });
  }
  const known = shared.gridhallHubs.get(connection.sql) ?? createHub(connection);
  shared.gridhallHubs.set(connection.sql, known);
  return known;
};
