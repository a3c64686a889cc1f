import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../db/testing';
import { loadTown } from '../db/testing-town';
import { readInstallation, writeInstallation } from '../dictionary/store';
import { startProvider } from './testing-provider';
import { staff, visitor } from './testing-visitor';

let database: TestDatabase;
let home: string;
let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  database = await testDatabase();
  home = mkdtempSync(join(tmpdir(), 'gridhall-sign-on-'));
  await loadTown(database.connection);
  const { db } = database.connection;
  await writeInstallation(db, { ...(await readInstallation(db)), demo: null });
  const client = {
    id: 'gridhall',
    secret: 'a secret of the test',
    back: 'https://hall.example/api/account/callback/sso',
  };
  provider = await startProvider(client);
  vi.stubEnv('GRIDHALL_HOME', home);
  // behind a proxy: the server itself is reached under another name
  vi.stubEnv('GRIDHALL_URL', 'https://hall.example');
  vi.stubEnv('GRIDHALL_OIDC_ISSUER', provider.issuer);
  vi.stubEnv('GRIDHALL_OIDC_CLIENT', client.id);
  vi.stubEnv('GRIDHALL_OIDC_SECRET', client.secret);
  vi.stubGlobal('gridhallConnection', database.connection);
});
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await provider.stop();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const people = staff(() => database.connection);

/** A browser that came back from the provider as somebody, and where it was sent then. */
const comeBack = async (name: string, change: (address: URL) => void = () => {}, browser = visitor()) => {
  const { body } = await browser.account('sign-on', {});
  const address = new URL(await provider.signIn(body.url ?? '', name));
  change(address);
  const path = address.pathname.replace('/api/account/', '');
  const { status, location } = await browser.account(`${path}${address.search}`);
  return { browser, status, location, address };
};

test('a claim finds the account that is there; its posts are what they were granted here', async () => {
  const { id, username } = await people.make(['R3', '440307009']);
  const { browser, status, location } = await comeBack(username);
  expect([status, location]).toEqual([302, '/sign-in']);
  expect((await browser.call('access.me')).data).toMatchObject({ role: 'R3', division: '440307009', actorId: id });
  const again = await comeBack(username);
  expect((await again.browser.call('access.me')).data).toMatchObject({ actorId: id });
  const admin = await people.make(['R10', 'DP']);
  const other = await comeBack(admin.username);
  expect((await other.browser.call('access.me')).problem).toBe('not_allowed account_factor');
});

test('a browser that signs on ends what it was signed in by before', async () => {
  const [before, now] = [await people.enter(['R2', 'DP']), await people.make(['R3', '440307009'])];
  const thief = visitor(Object.fromEntries(before.browser.jar));
  await comeBack(now.username, undefined, before.browser);
  expect((await before.browser.call('access.me')).data.role).toBe('R3');
  expect((await thief.call('access.me')).data.role).toBe('R7');
});

test('nobody gets an account by signing on', async () => {
  const count = () => database.connection.db.$count(sql`account`);
  const before = await count();
  const { browser, location } = await comeBack('nobody.known');
  expect(location).toMatch(/^\/sign-in\?refused/);
  expect(browser.jar.has('gridhall.session_token')).toBe(false);
  expect((await browser.call('access.me')).data.role).toBe('R7');
  expect(await count()).toBe(before);
});

test('an answer that was not asked for by this browser is refused', async () => {
  const { username } = await staff(() => database.connection)
    .make()
    .catch(() => ({ username: 'worker1' }));
  const forged = await comeBack(username, (address) => address.searchParams.set('state', 'forged'));
  expect(forged.browser.jar.has('gridhall.session_token')).toBe(false);
  const { address } = await comeBack(username);
  const victim = visitor();
  await victim.account(`callback/sso${address.search}`);
  expect(victim.jar.has('gridhall.session_token')).toBe(false);
});
