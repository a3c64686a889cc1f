import { sql } from 'drizzle-orm';
import type { LinkItem, LinkPost, WallCard } from '@/data/model/cast';
import type { Connection } from '../db/client';
import { townScope } from '../event/testing';
import { type Ear, type Key, registerWall } from './store';

export const card: WallCard = { name: 'Hall', width: 3840, height: 2160, tier: 'L' };

/** Registers a wall of a division of the test town. */
export const hangWall = (connection: Connection, division = 'D'): Promise<Key & Ear> =>
  registerWall(connection, townScope('R0', division, 'big'), { key: null, card });

/** A post of the test town as a lease names it. */
export const postOf = (device: string): LinkPost => ({ device, role: 'R2', division: 'D', place: 'D' });

/** Lets time pass for a lease: what happened in it happened earlier. */
export const passTime = async ({ db }: Connection, wall: string, ms: number): Promise<void> => {
  const back = sql`${`${ms} ms`}::interval`;
  await db.execute(sql`update wall_lease set heard_at = heard_at - ${back}, asked_at = asked_at - ${back},
    revision = revision + 1 where wall_id = ${wall}`);
};

/** Reads a follower in the background; `items` grows until `stop`. */
export const collect = (open: (signal: AbortSignal) => AsyncGenerator<LinkItem, void>) => {
  const stop = new AbortController();
  const items: LinkItem[] = [];
  const read = async () => {
    for await (const item of open(stop.signal)) items.push(item);
  };
  const done = read();
  const end = () => {
    stop.abort();
    return done;
  };
  return { items, stop: end };
};
