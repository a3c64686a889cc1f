import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { keepBatch, purgeBatches } from './batch';
import { type Facts, openFacts } from './follower';
import { loadTown } from './testing';
import { catchUp, inFacts, inStore, put } from './testing-follow';

describe.each(servers())('imports are taken over from %s', (server) => {
  let database: TestDatabase;
  let facts: Facts;

  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
    facts = await openFacts(database.connection, { file: null });
  });
  afterAll(async () => {
    facts?.close();
    await database?.end();
  });

  test('an import of events is read by its batch, to the same facts as a load has', async () => {
    const { sql } = database.connection;
    const loads = facts.loads();
    await sql.begin(async (tx) => {
      await put(tx, 'batch0', 1);
      await tx`
        insert into event (id, number, title, category_code, category_l1, level, source_code, status, reported_at,
          status_at, grid_code, batch_id)
        select 'batch' || n, 'batch' || n, 'b', '02' || n, '02', 3, '09', 'S61', timestamptz '2019-03-01 08:00+08',
          timestamptz '2019-03-02 08:00+08', 'T1101', 7 from generate_series(1, 9) n`;
      await tx`
        insert into event_transition (event_id, seq, from_status, to_status, at, actor_id, actor_role)
        select 'batch' || n, m.seq, m.from_status, m.to_status, timestamptz '2019-03-01 08:00+08' + interval '1 day' * m.seq,
          'import:7', 'R9'
        from generate_series(1, 9) n, (values (1, null, 'S40'), (2, 'S40', 'S61')) m (seq, from_status, to_status)`;
      await tx`
        insert into event_correction (event_id, seq, from_category, to_category, from_category_l1, to_category_l1,
          from_level, to_level, at, actor_id, actor_role)
        values ('batch1', 1, '0301', '021', '03', '02', 2, 3, '2019-03-01 09:00+08', 'import:7', 'R9')`;
      expect(await keepBatch(tx, 7, 9)).toBe(true);
      await tx`insert into change (kind, id, op, version) values ('batch', '7', 'put', 9)`;
    });
    await catchUp(facts, sql);
    expect(facts.loads()).toBe(loads);
    expect(facts.meta().firstAt).toEqual(new Date('2019-03-01T08:00:00+08:00'));
    const fresh = await openFacts(database.connection, { file: null });
    for (const table of ['event', 'event_span', 'event_label']) {
      const rows = `select columns(c -> not ends_with(c, '_no'))::varchar from ${table} order by all`;
      const wanted = await fresh.query(rows);
      expect(wanted.length).toBeGreaterThan(0);
      expect(await facts.query(rows)).toEqual(wanted);
    }
    fresh.close();
    const coded =
      'select e.id from event e join code c on c.list = $list and c.n = e.source_no where c.code <> e.source';
    expect(await facts.query(coded, { list: 'source' })).toEqual([]);
  });

  test('an import never overwrites an event that is known in a later version', async () => {
    const { sql } = database.connection;
    await sql.begin((tx) => put(tx, 'batch2', 5, 'S40'));
    await catchUp(facts, sql);
    await sql.begin(async (tx) => {
      await tx`update event set version = 1, status = 'S10', batch_id = 8 where id = 'batch2'`;
      await tx`update event set status = 'S21', batch_id = 8 where id = 'batch3'`;
      await keepBatch(tx, 8, 2);
      await tx`update event set version = 5, status = 'S40' where id = 'batch2'`;
      await tx`insert into change (kind, id, op, version) values ('batch', '8', 'put', 2)`;
    });
    await catchUp(facts, sql);
    expect(await inFacts(facts)).toEqual(await inStore(sql));
    expect(await facts.query("select status, batch from event where id = 'batch3'")).toEqual([
      { status: 'S21', batch: 8 },
    ]);
  });

  test('an import whose rows are gone is read with everything else', async () => {
    const { sql } = database.connection;
    const loads = facts.loads();
    expect(await purgeBatches(sql)).toBe(0);
    await sql`delete from batch_rows`;
    await sql.begin(async (tx) => {
      await tx`update event set status = 'S30' where id = 'batch3'`;
      await tx`insert into change (kind, id, op, version) values ('batch', '8', 'put', 1)`;
    });
    await catchUp(facts, sql);
    expect(facts.loads()).toBe(loads + 1);
    expect(await inFacts(facts)).toEqual(await inStore(sql));
  });
});
