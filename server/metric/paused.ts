import { type SQL, sql } from 'drizzle-orm';
import { given_back } from '@/data/dictionaries/event-transitions.json';

const pausedList = sql.join(
  given_back.map((status) => sql`${status}`),
  sql`, `,
);

/**
 * Minutes that moves after an instant added to the limit of event `r`: what they say, or as long as the pause took that
 * they ended. `clock` = the instant a move `n` counts from: when it
 * happened, or when it was recorded.
 */
export const pausedAfter = (instant: SQL, clock: SQL): SQL => sql`coalesce((
  select sum(coalesce(n.added_minutes, greatest(0, round(extract(epoch from n.at - p.at) / 60))))::int
  from event_transition n join event_transition p on p.event_id = n.event_id and p.seq = n.seq - 1
  where n.event_id = r.id and p.to_status in (${pausedList}) and ${clock} > ${instant}), 0)`;
