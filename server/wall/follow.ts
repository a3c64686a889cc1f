import type { LinkItem, LinkState } from '@/data/model/cast';
import { Problem } from '@/data/model/problem';
import type { Connection } from '../db/client';
import { hubOf, tell } from './hub';
import { moveLease } from './lease';
import { touchWall } from './store';

/** Without news a follower looks by itself: requests and silences run out with time alone. */
const lookMs = 1_000;
const touchMs = 8_000;

type Options = {
  wall: string /** The wall itself listens, which says that it is there. */;
  isWall: boolean;
  signal: AbortSignal;
};

/** Tells a wall or a device all that changes, the whole state first; only the newest for a slow one. Ends on abort. */
export async function* followWall(connection: Connection, options: Options): AsyncGenerator<LinkItem, void> {
  const { wall, isWall, signal } = options;
  const hub = hubOf(connection);
  const box = await hub.open(wall);
  const either = AbortSignal.any([signal, hub.ended]);
  let told = '';
  let touchedAt = 0;
  try {
    while (!either.aborted) {
      if (isWall && Date.now() - touchedAt > touchMs) {
        touchedAt = Date.now();
        await touchWall(connection, wall);
      }
      const state: LinkState = await moveLease(connection, wall, { kind: 'time' });
      const text = JSON.stringify(state);
      if (text !== told) yield { kind: 'state', state };
      told = text;
      const mail = await box.take(lookMs);
      if (mail.pointer) yield { kind: 'pointer', ...mail.pointer };
      for (const event of mail.acknowledged) yield { kind: 'acknowledged', event };
    }
  } finally {
    box.close();
  }
  if (hub.ended.aborted) throw new Problem('unavailable', 'The server is stopping.');
}

/** Shows the conductor's pointer on its wall; nothing is kept. */
export const point = async (
  connection: Connection,
  where: { wall: string; device: string; term: number; lng: number; lat: number },
): Promise<void> => {
  const { wall, device, term, lng, lat } = where;
  const state = await moveLease(connection, wall, { kind: 'time' });
  if (state.term !== term || state.conductor?.device !== device)
    throw new Problem('conflict', 'This device does not conduct the wall (any more).', { reason: 'not_conductor' });
  await tell(connection.db, { kind: 'pointer', wall, lng, lat });
};
