import { sql } from 'drizzle-orm';
import { divisionLevels } from '@/data/model/division';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import { resolveScope } from '../access/store';
import type { Connection } from '../db/client';
import { createCaller } from '../trpc/root';

/** First row of a question to the demo. */
export const one = async <T extends Record<string, unknown>>(
  { db }: Connection,
  query: ReturnType<typeof sql>,
): Promise<T> => {
  const [row] = await db.execute(query);
  if (!row) throw new Error('The demo has none.');
  return row as T;
};

/** The grid where most vehicles are kept. */
export const busiestGrid = async (connection: Connection): Promise<string> => {
  const query = sql`select b.grid_code as grid from vehicle v join building b on b.code = v.building_code
    group by 1 order by count(*) desc, 1 limit 1`;
  return (await one<{ grid: string }>(connection, query)).grid;
};

/** The theme searches of a post on a screen. */
export const themeCaller = async (connection: Connection, role: Role, division: string, screen: ScreenKey = 'mid') => {
  const open = await resolveScope(connection, { badge: undefined, screen });
  const { path, level } = await one<{ path: string; level: number }>(
    connection,
    sql`select path, level from division where code = ${division}`,
  );
  const place = { division, path, level: divisionLevels[level - 1] as Scope['level'] };
  const scope = { ...open, ...place, role, actorId: `${role}:${division}` };
  return createCaller({ scope, connection }).theme;
};

/** What came of a call: `TOLD`, or the code it was refused with. */
export const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'TOLD',
    (error: { code: string }) => error.code,
  );

export const look = { purpose: 'visit' as const };
