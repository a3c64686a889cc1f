import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChannelQuiet } from '@/data/model/notice';
import type { Connection } from '../db/client';
import { notice } from '../db/schema';
import { type TestDatabase, testDatabase } from '../db/testing';
import { townScope } from '../event/testing';
import { dateIn, letBegin, writeSupervisedTown } from '../supervision/testing';
import { changeQuiet, quietHistory, tell } from './store';

let database: TestDatabase;
let connection: Connection;
beforeAll(async () => {
  database = await testDatabase();
  connection = database.connection;
  await writeSupervisedTown(connection);
});
afterAll(() => database.end());

const place = { subdistrict: 'S', community: 'A', grid: 'A1' };
const tellAt = (cause: string, now: Date) =>
  connection.db.transaction((tx) =>
    tell(tx, {
      event: { id: 'E1', number: 'E1', category: 'auto', level: 3, ...place },
      ...{ cause, kind: 'reminder', posts: ['R4:A'], channels: ['sms'], unreadMinutes: null, detail: {}, now },
    }),
  );

it('quiet hours change from a day on: what was told before goes out as it was set, what is told after by the new', async () => {
  const evening = new Date(`${dateIn(0)}T23:00:00+08:00`);
  await tellAt('before', evening);
  const seen = (await quietHistory(connection))[0]?.from ?? '';
  const channels: ChannelQuiet[] = [
    { code: 'sms', quiet: { fromMinute: 0, toMinute: 360 } },
    { code: 'wecom', quiet: null },
    { code: 'push', quiet: { fromMinute: 1320, toMinute: 420 } },
  ];
  await changeQuiet(connection, townScope('R9'), { seen, from: dateIn(2), note: 'as agreed', channels });
  expect((await quietHistory(connection)).map((version) => version.channels[0]?.quiet)).toEqual([
    { fromMinute: 0, toMinute: 360 },
    { fromMinute: 1320, toMinute: 420 },
  ]);
  await letBegin(connection, 'notice-channel');
  await tellAt('after', evening);
  const rows = await connection.db.select().from(notice).orderBy(notice.id);
  expect(rows.map(({ cause, due_at }) => [cause, due_at])).toEqual([
    ['before', new Date(evening.getTime() + 8 * 3_600_000)],
    ['after', evening],
  ]);
});
