import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';
import { readChain } from './store';
import { alert, alert_area } from './table';

const [north, south] = ['440307009', '440307010'] as const;
const sea = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [114.6, 22.5],
      [114.7, 22.5],
      [114.7, 22.6],
      [114.6, 22.5],
    ],
  ],
};
const local = (time: string) => new Date(`2026-11-${time}+08:00`);

type Message = {
  id: string;
  sent: string;
  effective?: string;
  ended?: string;
  level?: number | null;
  status?: string;
  message?: string;
  refersTo?: string;
  places: (string | null)[];
};

/** A warning of two steps in the north, one of the whole district called off, one at sea, an exercise everywhere. */
const messages: Message[] = [
  { id: 'N1', sent: '20T08:00', ended: '20T12:00', level: 4, places: [north] },
  { id: 'N2', sent: '20T12:00', level: 3, message: 'Update', refersTo: 'N1', places: [north, null] },
  { id: 'D1', sent: '19T08:00', ended: '19T20:00', level: 2, places: ['DP'] },
  { id: 'D2', sent: '19T20:00', level: 2, message: 'Cancel', refersTo: 'D1', places: ['DP'] },
  { id: 'S1', sent: '20T10:00', level: null, places: [null] },
  { id: 'X1', sent: '20T09:00', level: 1, status: 'Exercise', places: ['DP'] },
  { id: 'F1', sent: '18T06:00', effective: '18T12:00', ended: '18T13:00', level: 4, places: [south] },
  { id: 'C1', sent: '20T11:00', level: 4, places: [`${south}001`] },
];

const load = async ({ connection: { db } }: TestDatabase): Promise<void> => {
  await loadTown({ db } as TestDatabase['connection']);
  await db.insert(alert).values(
    messages.map(
      ({ id, sent, effective = sent, ended, level = null, status = 'Actual', message = 'Alert', refersTo = null }) => ({
        ...{ id, identifier: `cap-${id}`, sender: 'test', sent_at: local(sent), status, msg_type: message },
        ...{ refers_to: refersTo && `cap-${refersTo}`, warning_code: '11B06-blue', level },
        ...{ headline: id, headline_en: id, effective_at: local(effective), expires_at: local('22T00:00') },
        ended_at: ended ? local(ended) : null,
      }),
    ),
  );
  await db.insert(alert_area).values(
    messages.flatMap(({ id, places }) =>
      places.map((division_code, seq) => ({
        ...{ alert_id: id, seq, name: division_code ?? 'sea', name_en: division_code ?? 'sea', division_code },
        geometry: division_code ? null : (sea as never),
      })),
    ),
  );
};

describe.each(servers())('warnings on %s', (server) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ server });
    await load(database);
  });
  afterAll(() => database.end());

  const caller = (code = 'DP', screen: 'big' | 'mid' = 'mid') =>
    createCaller({ scope: townScope('R2', code, screen), connection: database.connection });
  const idsAt = async (time: string, code?: string) =>
    (await caller(code).alert.inForce({ at: local(time).toISOString() })).alerts.map(({ id }) => id);

  test('stand from the instant they begin until they end, are replaced or called off', async () => {
    expect(await idsAt('19T07:59:59.999')).toEqual([]);
    expect(await idsAt('19T08:00')).toEqual(['D1']);
    expect(await idsAt('19T19:59:59.999')).toEqual(['D1']);
    expect(await idsAt('19T20:00')).toEqual([]);
    expect(await idsAt('20T11:30')).toEqual(['C1', 'N1', 'S1']);
    expect(await idsAt('20T12:00')).toEqual(['N2', 'C1', 'S1']);
    expect(await idsAt('22T00:00')).toEqual([]);
  });

  test('are told with an end only once it has come', async () => {
    const [before] = (await caller().alert.inForce({ at: local('20T09:00').toISOString() })).alerts;
    expect(before).toMatchObject({ id: 'N1', endedAt: null, level: 4, areas: [{ division: north }] });
    const sent = (await caller().alert.history({ at: local('20T13:00').toISOString() })).alerts;
    expect(sent.find(({ id }) => id === 'N1')?.endedAt).toBe(local('20T12:00').toISOString());
  });

  test('leave word of when the last one ended', async () => {
    const quiet = await caller().alert.inForce({ at: local('20T07:00').toISOString() });
    expect(quiet).toMatchObject({ alerts: [], quietSince: local('19T20:00').toISOString() });
    const southern = await caller(south).alert.inForce({ at: local('20T10:30').toISOString() });
    expect(southern).toMatchObject({ alerts: [], quietSince: local('19T20:00').toISOString() });
    const later = await caller(`${south}001`).alert.inForce({ at: local('22T01:00').toISOString() });
    expect(later).toMatchObject({ alerts: [], quietSince: local('22T00:00').toISOString() });
    expect((await caller().alert.inForce({ at: local('18T07:00').toISOString() })).quietSince).toBeNull();
  });

  test('are told where they touch the territory, those at sea to the whole installation', async () => {
    expect(await idsAt('20T13:00', north)).toEqual(['N2']);
    expect(await idsAt('20T13:00', `${north}015`)).toEqual(['N2']);
    expect(await idsAt('20T13:00', south)).toEqual(['C1']);
    expect(await idsAt('19T09:00', `${south}00101`)).toEqual(['D1']);
    const { areas } = await caller(`${north}015`).alert.areas({ at: local('20T13:00').toISOString() });
    const outlines = await caller().division.tree();
    expect(areas.map(({ alert: id, division }) => [id, division])).toEqual([
      ['N2', north],
      ['N2', null],
    ]);
    expect(outlines.length).toBeGreaterThan(0);
  });

  test('practice is in no list in force, and in no list of a wall', async () => {
    const at = local('20T13:00').toISOString();
    const sent = async (screen: 'big' | 'mid') =>
      (await caller('DP', screen).alert.history({ at })).alerts.map(({ id }) => id);
    expect(await sent('mid')).toContain('X1');
    expect(await sent('big')).not.toContain('X1');
    expect(await idsAt('20T13:00')).not.toContain('X1');
  });

  test('a message brings its chain as known by then, and nothing beyond the territory', async () => {
    const chainAt = async (id: string, time: string, code = 'DP', screen: 'big' | 'mid' = 'mid') => {
      const scope = townScope('R2', code, screen);
      return (await readChain(database.connection, scope, { id, at: local(time) }))?.chain.map((row) => row.id);
    };
    expect(await chainAt('N1', '20T11:00')).toEqual(['N1']);
    expect(await chainAt('N1', '20T13:00')).toEqual(['N1', 'N2']);
    expect(await chainAt('D2', '20T13:00')).toEqual(['D1', 'D2']);
    expect(await chainAt('N2', '20T11:00')).toBeUndefined();
    expect(await chainAt('N1', '20T13:00', south)).toBeUndefined();
    expect(await chainAt('X1', '20T13:00')).toEqual(['X1']);
    expect(await chainAt('X1', '20T13:00', 'DP', 'big')).toBeUndefined();
  });

  test('reading writes nothing', async () => {
    const { sql } = database.connection;
    const read = () => sql`select md5(string_agg(a::text, '|' order by id)) as alerts,
      (select md5(string_agg(r::text, '|' order by alert_id, seq)) from alert_area r) as areas,
      (select max(seq) from change) as seq from alert a`;
    const before = await read();
    for (const code of ['DP', north]) {
      await idsAt('20T13:00', code);
      await caller(code).alert.history({ at: local('20T13:00').toISOString() });
      await caller(code).alert.areas({ at: local('20T13:00').toISOString() });
    }
    expect(await read()).toEqual(before);
  });
});
