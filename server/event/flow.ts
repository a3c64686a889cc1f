import { sql } from 'drizzle-orm';
import type { Scope } from '@/data/model/scope';
import type { Question } from '@/data/model/view';
import type { Connection } from '../db/client';
import { localHour } from '../metric/period';
import { tally } from '../metric/tally';
import { imageSource, periodCondition, questionCondition } from './filter';
import { readClock } from './store';

/** Events of one community handled by workers whose home is another (事件流向). */
export type EventFlow = { origin: string; home: string; n: number };

/** `hour` = local hour of the day they were reported in, null = all day; `asOf` = the clock of the question. */
export type EventFlows = { flows: EventFlow[]; hour: number | null; asOf: string };

/** Flows a map can hold without becoming a tangle. */
export const maxFlows = 12;

/**
 * The largest flows among the events of the question's period: from the community an event lies in to the home of the
 * worker who had signed for it by the clock. Within a community nothing flows. `isByHour` = only events reported in the
 * clock's own hour of the day.
 */
export const eventFlows = async (
  connection: Connection,
  scope: Scope,
  question: Question,
  isByHour: boolean,
): Promise<EventFlows> => {
  const { db } = connection;
  const { moment, clock, timeZone } = await readClock(connection, question);
  const at = clock.toISOString();
  const hour = isByHour ? localHour(clock, timeZone) : null;
  const inHour =
    hour === null ? sql`true` : sql`extract(hour from e.reported_at at time zone ${timeZone}::text) = ${hour}::int`;
  const flows = await db.execute<EventFlow>(sql`
    select e.community_code as origin, w.community_code as home, ${tally} as n
    from ${imageSource(moment)}
    join event r on r.id = e.id
    join worker w on w.id = r.worker_id
    where ${await questionCondition(db, scope, question)} and ${periodCondition(question.period, moment.at, timeZone)}
      and r.signed_at <= ${at}::timestamptz and ${inHour}
      and e.community_code is not null and w.community_code <> e.community_code
    group by 1, 2 order by n desc, 1, 2 limit ${maxFlows}`);
  return { flows: [...flows].map(({ origin, home, n }) => ({ origin, home, n })), hour, asOf: at };
};
