import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skyOf } from '@/data/demo/weather-air';
import { renewAlert } from '../alert/simulate';
import { servers, type TestDatabase, testDatabase, testNow } from '../db/testing';
import { addWeatherHours } from '../weather/simulate';
import { addBeachHour } from './simulate';
import { readBeach, readBeaches } from './store';

const hourMs = 3_600_000;
const scope = (division: string, path: string, level: 'district' | 'subdistrict' | 'community') =>
  ({ division, path, level, role: 'R2', screen: 'mid', post: division, actorId: division }) as const;
const root = scope('DP', '/44/4403/DP/', 'district');

describe.each(servers())('beaches and the next hour on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server, demo: 'tiny' });
  });
  afterAll(() => database.end());

  test('visitors are those of the last full hour, with the week before beside them', async () => {
    const { connection } = database;
    for (const minutes of [0, 30, 59]) {
      const at = new Date(testNow.getTime() + minutes * 60_000 - hourMs);
      const { countedAt, beaches } = await readBeaches(connection, root, { at, division: null });
      const full = new Date(Math.floor(at.getTime() / hourMs) * hourMs);
      const counted = await connection.sql`
        select h.beach_id, h.n_visitors, w.n_visitors as before from beach_hour h
        left join beach_hour w on w.beach_id = h.beach_id and w.counted_at = h.counted_at - interval '7 days'
        where h.counted_at = ${full.toISOString()}::timestamptz`;
      expect(beaches.map(({ id }) => id).toSorted()).toEqual(counted.map(({ beach_id }) => beach_id).toSorted());
      expect(counted.length).toBeGreaterThan(2);
      expect(countedAt).toBe(full.toISOString());
      for (const row of counted)
        expect(beaches.find(({ id }) => id === row.beach_id)).toMatchObject({
          visitors: row.n_visitors,
          weekBefore: row.before,
        });
    }
  });

  test('are cut to the territory and to a division in it; nothing is counted long after', async () => {
    const { connection } = database;
    const { beaches: all } = await readBeaches(connection, root, { at: testNow, division: null });
    const communities = [...new Set(all.map(({ community }) => community ?? ''))];
    for (const code of communities) {
      const own = all.filter(({ community }) => community === code).map(({ id }) => id);
      const inside = scope(code, `/44/4403/DP/440307009/${code}/`, 'community');
      const seen = [
        await readBeaches(connection, inside, { at: testNow, division: null }),
        await readBeaches(connection, root, { at: testNow, division: code }),
      ];
      for (const { beaches } of seen) expect(beaches.map(({ id }) => id).toSorted()).toEqual(own.toSorted());
    }
    const late = await readBeaches(connection, root, { at: new Date(testNow.getTime() + hourMs), division: null });
    expect(late).toMatchObject({ countedAt: testNow.toISOString(), beaches: all });
    const later = await readBeaches(connection, root, { at: new Date(testNow.getTime() + 3 * hourMs), division: null });
    expect(later.beaches.map(({ visitors, load }) => [visitors, load])).toEqual(all.map(() => [null, null]));
  });

  test('one beach brings its day, hour by hour, to those whose territory it lies in', async () => {
    const { connection } = database;
    const [first] = (await readBeaches(connection, root, { at: testNow, division: null })).beaches;
    const found = await readBeach(connection, root, { id: first?.id ?? '', at: testNow });
    expect(found?.beach).toEqual(first);
    expect(found?.hours).toHaveLength(24);
    expect(found?.hours.at(-1)).toEqual({ countedAt: testNow.toISOString(), visitors: first?.visitors });
    const elsewhere = scope('440307010', '/44/4403/DP/440307010/', 'subdistrict');
    expect(await readBeach(connection, elsewhere, { id: first?.id ?? '', at: testNow })).toBeNull();
  });

  test('the next hour is added once, as the seed would have told it, with a line in the log', async () => {
    const { connection } = database;
    const sky = skyOf(testNow.getTime());
    const now = new Date(testNow.getTime() + hourMs + 60_000);
    const added = [await addWeatherHours(connection, sky, now), await addBeachHour(connection, sky, now)];
    const [counts] =
      await connection.sql`select (select count(*)::int from weather_station) as stations, (select count(*)::int from beach) as beaches,
      (select count(*)::int from change where kind = 'weather') as weather,
      (select count(*)::int from change where kind = 'beach') as beach`;
    expect(added).toEqual([counts?.stations, counts?.beaches]);
    expect(counts).toMatchObject({ weather: counts?.stations, beach: counts?.beaches });
    expect([await addWeatherHours(connection, sky, now), await addBeachHour(connection, sky, now)]).toEqual([0, 0]);
  });

  test('a warning that runs out is renewed once, its chain kept', async () => {
    const { connection } = database;
    expect(await renewAlert(connection, testNow)).toBe(0);
    const later = new Date(testNow.getTime() + 60 * hourMs);
    expect([await renewAlert(connection, later), await renewAlert(connection, later)]).toEqual([1, 0]);
    const [newest] = await connection.sql`select * from alert order by sent_at desc limit 1`;
    expect(newest).toMatchObject({ warning_code: '11B06-blue', status: 'Actual', msg_type: 'Alert', ended_at: null });
    const areas =
      await connection.sql`select division_code from alert_area where alert_id = ${newest?.id} order by seq`;
    expect(areas.map(({ division_code }) => division_code)).toEqual(['440307009', null]);
  });
});
