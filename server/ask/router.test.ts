import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OwnDraft } from '@/data/metrics/own';
import type { Scope } from '@/data/model/scope';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { appendOwn } from '../metric/store';
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

  test('an indicator of the customer is known by its name, to sentences and to the search', async () => {
    const told = { zh: '夜间噪声', en: 'Night noise' };
    const own: OwnDraft = {
      ...{ slug: 'night_noise', fact: 'event', kind: 'count', numerator: "category = '0401'", denominator: null },
      ...{ time: 'reported_at', unit: 'event', polarity: 'down_good', leastN: 0, decimals: 0, version: 0 },
      ...{ name: told, meaning: told },
    };
    expect(await parse('北街道昨天夜间噪声')).toMatchObject({ metric: null, unknown: ['夜间'] });
    await appendOwn(database.connection.db, townScope('R9', 'DP'), own, new Date('2026-01-01T00:00:00+08:00'));
    expect(await parse('北街道昨天夜间噪声按社区')).toMatchObject({
      metric: 'own.night_noise',
      dimensions: ['community'],
      unknown: [],
    });
    const { search } = createCaller({ scope: townScope('R2', 'DP'), connection: database.connection });
    for (const text of ['夜间噪声', 'yjzs', 'night no'])
      expect(await search.find({ text, at: null })).toMatchObject([{ kind: 'metric', code: 'own.night_noise' }]);
  });

  test('a division outside the territory of the caller is an unknown word', async () => {
    const south = townScope('R3', '440307010');
    expect(await parse('南街道在办', south)).toMatchObject({ view: { division: '440307010' }, unknown: [] });
    expect(await parse('北街道在办', south)).toMatchObject({ view: {}, unknown: ['北街道'] });
  });
});
