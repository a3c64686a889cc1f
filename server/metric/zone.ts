import type { Run } from './duck';

/** A change of a zone's offset from UTC: from `at` on local time is `ahead`; both milliseconds, `at` since 1970. */
export type ZoneChange = { at: number; ahead: number };

/** Instants between which offsets are looked up once; outside them ICU is asked for every row. */
const known = { from: Date.UTC(1990, 0, 1), to: Date.UTC(2050, 0, 1) };
/** No zone changes twice within it, and none but at a full minute. */
const probeMs = 6 * 3_600_000;

const aheadSql = (t: string): string => `(epoch_ms(${t}::timestamp) - epoch_ms(${t}))`;

/** Offsets of the connection's zone as ICU has them, in order; the first is that at the beginning of what is known. */
export const readZone = async (run: Run): Promise<ZoneChange[]> => {
  const rows = await run(`
    with probe as (
      select t, ${aheadSql('t')} as ahead
      from (select make_timestamptz(ms * 1000) as t from range(${known.from}, ${known.to}, ${probeMs}) r(ms))
    ),
    turn as (
      select lag(t) over (order by t) as since, lag(ahead) over (order by t) as was, ahead
      from probe
      qualify was <> ahead
    ),
    tick as (
      select since, ahead, since + to_minutes(unnest(range(1, ${probeMs / 60_000 + 1}))) as t
      from turn
    )
    select epoch_ms(min(t))::double as at, ahead::double as ahead
    from tick where ${aheadSql('t')} = ahead
    group by since, ahead
    union all
    select epoch_ms(t)::double, ahead::double from probe where epoch_ms(t) = ${known.from}
    order by 1`);
  return rows.map(({ at, ahead }) => ({ at: Number(at), ahead: Number(ahead) }));
};

const instant = (ms: number): string =>
  `timestamptz '${new Date(ms).toISOString().replace('T', ' ').replace('Z', '+00')}'`;

/** Looks an offset up by halves. */
const lookUp = (changes: readonly ZoneChange[]): string => {
  const [first] = changes;
  if (!first) return 't::timestamp';
  if (changes.length === 1) return `make_timestamp(epoch_us(t) + ${first.ahead * 1000})`;
  const middle = Math.ceil(changes.length / 2);
  const at = instant(changes[middle]?.at ?? 0);
  return `case when t < ${at} then ${lookUp(changes.slice(0, middle))} else ${lookUp(changes.slice(middle))} end`;
};

/**
 * Macro `local_time(t)`: an instant as the clocks of the zone show it. The same as ICU's conversion, which takes most of
 * the time in which facts are made.
 */
export const localTimeSql = (changes: readonly ZoneChange[]): string =>
  `create or replace macro local_time(t) as case when t >= ${instant(known.from)} and t < ${instant(known.to)}
    then ${lookUp(changes)} else t::timestamp end`;
