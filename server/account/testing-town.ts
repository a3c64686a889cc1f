import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { type TestDatabase, type TestServer, testDatabase } from '../db/testing';
import { loadTown } from '../db/testing-town';
import { readInstallation, writeInstallation } from '../dictionary/store';

/** The town as an installation of real data, with a home of its own, for the tests of a file. */
export const realTown = (server: TestServer) => {
  let database: TestDatabase;
  let home: string;
  beforeAll(async () => {
    database = await testDatabase({ server });
    home = mkdtempSync(join(tmpdir(), 'gridhall-account-'));
    await loadTown(database.connection);
    const { db } = database.connection;
    await writeInstallation(db, { ...(await readInstallation(db)), demo: null });
    vi.stubEnv('GRIDHALL_HOME', home);
    vi.stubGlobal('gridhallConnection', database.connection);
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    vi.unstubAllEnvs();
    await database.end();
    rmSync(home, { recursive: true, force: true });
  });
  return {
    get connection() {
      return database.connection;
    },
    get home() {
      return home;
    },
  };
};
