import { resolve } from 'node:path';
import { Problem } from '@/data/model/problem';
import type { Connection } from '../db/client';
import { openDatabase } from '../db/migrate';
import { seedDemo } from '../db/seed';
import { readInstallation } from '../dictionary/store';
import { readEnv } from '../env';
import { buildWeb } from '../web/build';

/** Loads the demo into an empty database. */
const seed = async (): Promise<void> => {
  const env = readEnv();
  if (env.GRIDHALL_DEMO === 'off') throw new Error('GRIDHALL_DEMO=off: there is nothing to load.');
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  const at = env.GRIDHALL_DEMO_AT ? new Date(env.GRIDHALL_DEMO_AT) : new Date();
  const log = (line: string) => console.log(`  ${line}`);
  const loaded = await seedDemo(database.connection, { size: env.GRIDHALL_DEMO, at, log });
  if (loaded) console.log(`demo loaded: ${loaded.rows.toLocaleString('en')} rows, ${loaded.seconds.toFixed(1)} s`);
  else console.log('the database holds an installation already');
  await database.stop();
};

/** Reports and moves events through the real procedures until it is told to stop; `simulate 20` = 20 times as often. */
const simulate = async (): Promise<void> => {
  const { runSimulator } = await import('../event/simulate');
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(signal, () => stop.abort());
  await runSimulator(stop.signal, { rate: Number(process.argv[3] ?? 1) || 1 });
};

/** Builds the pages unless they are built from the present sources. */
const build = async (): Promise<void> => {
  const seconds = await buildWeb();
  console.log(seconds === 0 ? 'the pages are built' : `pages built, ${seconds.toFixed(0)} s`);
};

/** Removes what nobody needs any more from the change log, and erases by the retention rules what is due now. */
const purge = async (): Promise<void> => {
  const { purgeLog } = await import('../live/purge');
  const env = readEnv();
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  console.log(`change log purged: ${(await purgeLog(database.connection.sql)).toLocaleString('en')} lines`);
  const { purgeTurns } = await import('../intake/turn');
  await purgeTurns(database.connection);
  const { purgeVerifications } = await import('../account/session');
  await purgeVerifications(database.connection);
  const { runNight } = await import('../retention/run');
  for (const [rule, n] of await runNight(database.connection)) console.log(`${rule}: ${n.toLocaleString('en')} rows`);
  await database.stop();
};

// A job started by the product ends with it, however that ended.
process.once('disconnect', () => setTimeout(() => process.exit(1), 1_000).unref());

/** Works on the database of this installation. */
const onDatabase = async (work: (connection: Connection, words: string[]) => Promise<void>): Promise<void> => {
  const env = readEnv();
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  await work(database.connection, process.argv.slice(3));
  await database.stop();
};

/** `key <name> 04,07` makes a key of a sending system and shows it once; `key revoke <id>` ends one. */
const key = () =>
  onDatabase(async (connection, [name = '', sources = '']) => {
    const { makeKey, revokeKey } = await import('../push/store');
    if (name === 'revoke') return console.log((await revokeKey(connection, sources)) ? 'revoked' : 'no such key');
    if (name === '' || !/^\d\d(,\d\d)*$/.test(sources)) throw new Problem('invalid', 'key <name> <sources, as 04,07>');
    console.log(await makeKey(connection, name, sources.split(',')));
  });

/** `device <id> <kind> <lng> <lat> <key id> <name>` registers a device that sends readings. */
const device = () =>
  onDatabase(async (connection, [id = '', kind = '', lng, lat, keyId = '', ...name]) => {
    const { registerDevice } = await import('../sensor/store');
    const position: [number, number] = [Number(lng), Number(lat)];
    await registerDevice(connection, { id, kind, name: name.join(' ') || id, position, keyId });
    console.log(`device ${id} is registered`);
  });

/** `account create <user name> <name>` shows a one-time password; `account grant <user name> <role> <division> [department]`; `account unlock <user name>`. */
const account = () =>
  onDatabase(async (connection, [act = '', user = '', ...words]) => {
    const store = await import('../account/store');
    const { AccountName, GrantedPost, Username } = await import('@/data/model/account');
    const { parse } = await import('../trpc/plain');
    const asked = Username.safeParse(user);
    if (!asked.success)
      throw new Problem('invalid', 'account create | grant | unlock <user name: 3–30 of a–z 0–9 . - _> …');
    const [scope, username] = [await store.terminalScope(connection), asked.data];
    if (act === 'unlock') return store.unlock(connection, scope, `@${username}`);
    if (act === 'grant') {
      const [role, division, department = null] = words;
      return store.grantPost(connection, scope, `@${username}`, parse(GrantedPost, { role, division, department }));
    }
    if (act !== 'create') throw new Problem('invalid', 'account create | grant | unlock <user name> …');
    const name = parse(AccountName, words.join(' ') || username);
    console.log(`one-time password: ${(await store.createAccount(connection, scope, { username, name })).password}`);
  });

/** `recut <file.geojson> [--preview]` tells what a proposal of new boundaries would do, and without `--preview` carries it out. */
const recut = () =>
  onDatabase(async (connection, [file = '', option]) => {
    const { readProposal, showPreview } = await import('../division/recut-file');
    const { adoptRecut, previewRecut } = await import('../division/recut');
    const { root, rootPath } = await readInstallation(connection.db);
    const centre = { division: root, path: rootPath, level: 'district', role: 'R2', screen: 'mid' } as const;
    const scope = { ...centre, post: root, actorId: `R2:${root}` };
    const proposal = await readProposal(file);
    for (const line of showPreview(await previewRecut(connection, scope, proposal))) console.log(line);
    if (option === '--preview') return;
    const { id, nMoved } = await adoptRecut(connection, scope, proposal);
    console.log(`adopted as ${id}: ${nMoved.toLocaleString('en')} records placed anew`);
  });

/** Seals identities with a new version of their key; killed, it goes on when it is run again. */
const rotate = () =>
  onDatabase(async (connection) => {
    const { rotateKey } = await import('../person/key');
    const say = (n: number) => console.log(`  ${n.toLocaleString('en')} rows`);
    console.log(`sealed anew: ${(await rotateKey(connection, { onRows: say })).toLocaleString('en')} rows`);
  });

const jobs: Record<string, () => Promise<void>> = { account, build, device, key, purge, recut, rotate, seed, simulate };

const job = jobs[process.argv[2] ?? ''];
if (!job) {
  console.error(`npm run job -- ${Object.keys(jobs).join(' | ')}`);
  process.exit(2);
}
job().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Problem ? error.message : error);
    process.exit(1);
  },
);
