import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scope } from '@/data/model/scope';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { createCaller } from '../trpc/root';

let database: TestDatabase;
const at = '2026-11-22T10:00:00+08:00';

describe.each(servers())('ask.parse on %s', (server) => {
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    await loadTerms(database.connection.db);
  });
  afterAll(() => database.end());
  const parse = (text: string, scope: Scope = townScope('R2', 'DP')) =>
    createCaller({ scope, connection: database.connection }).ask.parse({ text, at });

  test('words of the lists, the catalogue and the divisions make a question, at the local day of the instant', async () => {
    expect(await parse('北街道昨天消防安全上报数按社区')).toMatchObject({
      metric: 'event.reported',
      dimensions: ['community'],
      view: {
        division: '440307009',
        period: '2026-11-21/2026-11-22',
        filters: [{ field: 'categoryL1', values: ['01'] }],
      },
      unknown: [],
      missing: [],
    });
  });

  test('a division outside the territory of the caller is an unknown word', async () => {
    const south = townScope('R3', '440307010');
    expect(await parse('南街道在办', south)).toMatchObject({ view: { division: '440307010' }, unknown: [] });
    expect(await parse('北街道在办', south)).toMatchObject({ view: {}, unknown: ['北街道'] });
  });
});
