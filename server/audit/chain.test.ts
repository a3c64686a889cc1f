import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { loadTown, townScope } from '../db/testing-town';
import { createCaller } from '../trpc/root';
import { dropAnchor, keepAnchored, readAnchor } from './anchor';
import { keepLook, verifyLines } from './store';

describe.each(servers())('the chain on %s', (server) => {
  let database: TestDatabase;
  let home = '';
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'gridhall-audit-'));
    vi.stubEnv('GRIDHALL_HOME', home);
    database = await testDatabase({ server });
    await loadTown(database.connection);
    await add(9);
    await dropAnchor(database.connection);
  });
  afterEach(async () => {
    await database.end();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  const add = async (n: number) => {
    for (let i = 0; i < n; i += 1)
      await keepLook(database.connection.db, townScope('R2', 'DP'), new Date(), {
        ...{ action: 'care.card', subject: `of ${i}`, purpose: 'visit', nRows: 1 },
      });
  };
  /** What somebody with the whole database in his hands may do. */
  const forge = (...statements: string[]) =>
    database.connection.sql.begin(async (tx) => {
      await tx`alter table audit_line disable trigger user`;
      for (const statement of statements) await tx.unsafe(statement);
      await tx`alter table audit_line enable trigger user`;
    });
  /** Makes the hashes fit again from a line on. */
  const rehash = (from: number) => `do $$ declare line audit_line; last bytea; begin
    for line in select * from audit_line where seq >= ${from} order by seq loop
      last := coalesce((select hash from audit_line where seq = line.seq - 1), '');
      line.previous := last;
      update audit_line set previous = last, hash = audit_hash(line) where seq = line.seq;
    end loop; end $$`;
  const check = () => verifyLines(database.connection);

  test('whole: the auditor is told so, and up to which line it is noted outside', async () => {
    const { audit } = createCaller({ scope: townScope('R8', 'DP'), connection: database.connection });
    expect(await audit.verify()).toMatchObject({ nLines: 9, brokenAt: null, anchor: { seq: 9 }, nCut: 0 });
    expect(statSync(join(home, 'audit.heads')).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['a word of a line changed', ["update audit_line set purpose = 'check' where seq = 4"], 4],
    ['a line taken out', ['delete from audit_line where seq = 4'], 5],
    [
      'two lines in each other’s place',
      [
        'update audit_line set seq = case seq when 4 then -5 else -4 end where seq in (4, 5)',
        'update audit_line set seq = -seq where seq < 0',
      ],
      4,
    ],
    ['all made anew after a change', ["update audit_line set purpose = 'check' where seq = 4", rehash(4)], 9],
    [
      'a line taken out and the rest made anew',
      [
        'delete from audit_line where seq = 4',
        'update audit_line set seq = 1 - seq where seq > 4',
        'update audit_line set seq = -seq where seq < 0',
        rehash(4),
      ],
      9,
    ],
  ])('%s is found', async (_, statements, brokenAt) => {
    await forge(...statements);
    expect((await check()).brokenAt).toBe(brokenAt);
  });

  test('lines cut off at the end are found, and stay so when new ones grow in their place', async () => {
    await forge('delete from audit_line where seq > 6');
    expect(await check()).toMatchObject({ nLines: 6, brokenAt: 7, nCut: 3 });
    await add(5);
    await dropAnchor(database.connection);
    expect(await check()).toMatchObject({ nLines: 11, brokenAt: 9, nCut: 0, anchor: { seq: 9 } });
  });

  test('all lines gone are found', async () => {
    await forge('delete from audit_line');
    expect(await check()).toMatchObject({ nLines: 0, brokenAt: 1, nCut: 9 });
  });

  test('each committed line is noted while somebody listens, none that was rolled back', async () => {
    await keepAnchored(database.connection);
    await add(2);
    await vi.waitFor(async () => expect((await readAnchor(database.connection))?.seq).toBe(11));
    const lost = database.connection.db.transaction(async (tx) => {
      await keepLook(tx, townScope('R2', 'DP'), new Date(), {
        ...{ action: 'care.card', subject: 'never', purpose: 'visit', nRows: 1 },
      });
      throw new Error('left');
    });
    await expect(lost).rejects.toThrow('left');
    await add(1);
    await vi.waitFor(async () => expect((await readAnchor(database.connection))?.seq).toBe(12));
    expect(await check()).toMatchObject({ brokenAt: null, nCut: 0 });
  });

  test('another database under the same home has an anchor of its own', async () => {
    const other = await testDatabase({ server });
    try {
      expect(await verifyLines(other.connection)).toEqual({ nLines: 0, brokenAt: null, anchor: null, nCut: 0 });
    } finally {
      await other.end();
    }
    rmSync(join(home, 'audit.heads'));
    expect((await check()).anchor).toBeNull();
  });
});
