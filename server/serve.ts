import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@/data/model/problem';
import { keepAnchored } from './audit/anchor';
import type { Connection } from './db/client';
import { type OpenDatabase, openDatabase } from './db/migrate';
import { isInstalled, isWhole } from './db/seed';
import { addNewWords } from './dictionary/seed';
import { readInstallation } from './dictionary/store';
import { type Env, readEnv } from './env';
import { jobHandlers } from './job/handlers';
import { startJobs } from './job/worker';
import { ensureKey } from './person/key';
import { putNight } from './retention/run';
import { putSweep } from './supervision/climb';
import { buildWeb, isBuilt, readBuild } from './web/build';
import { keepRunning, type Running, runJob } from './web/child';
import { listenEarly, type Web } from './web/listen';

const say = (line: string): void => console.log(line);
const complain = (error: unknown): void => console.error(error instanceof Problem ? error.message : error);

/** What this process has running, for the way out. */
type Parts = {
  web: Web;
  opening: Promise<OpenDatabase> | null;
  seeding: Running | null;
  stopSimulator: () => Promise<void>;
  stopJobs: () => Promise<void>;
};

const openData = async (env: Env): Promise<OpenDatabase> => {
  say(env.DATABASE_URL ? 'opening the database …' : 'starting the embedded database …');
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  process.env.DATABASE_URL = database.url;
  await ensureKey(database.connection);
  await keepAnchored(database.connection);
  return database;
};

/**
 * Loads the demo into an empty database, or goes on with one whose load was cut short; in a process of its own: making a
 * city keeps a core busy.
 */
const fillData = async (env: Env, parts: Parts, { connection }: OpenDatabase): Promise<void> => {
  if (await isWhole(connection)) return;
  if (env.GRIDHALL_DEMO === 'off') {
    if (await isInstalled(connection)) return;
    return say('the database is empty and GRIDHALL_DEMO=off: load data with `npm run import -- --help`');
  }
  say(`loading the demo (${env.GRIDHALL_DEMO}) …`);
  parts.seeding = runJob('seed');
  if ((await parts.seeding.ended) !== 0) throw new Problem('unavailable', 'The demo was not loaded: see above.');
};

const prepareWeb = async (isDev: boolean): Promise<void> => {
  if (isDev || isBuilt()) return;
  say('building the pages …');
  say(`pages built, ${(await buildWeb()).toFixed(0)} s`);
};

const shared = globalThis as { gridhallBuild?: string | null };

/** Stops all that this process started, within three seconds. */
const stopAll = async ({ web, opening, seeding, stopSimulator, stopJobs }: Parts): Promise<void> => {
  await Promise.all([stopSimulator(), stopJobs(), seeding?.stop(), web.close()]);
  const database = await Promise.race([opening?.catch(() => null), sleep(1_000)]);
  if ((await database?.stop()) === 'left') say('the embedded database stays: another process uses it');
};

/** Works on what falls due; whatever fell due while nobody did comes first. */
const runQueue = async (env: Env, connection: Connection): Promise<() => Promise<void>> => {
  await addNewWords(connection.db);
  await putSweep(connection.db, new Date());
  await putNight(connection.db, new Date());
  return startJobs(connection, jobHandlers(resolve(env.GRIDHALL_HOME))).stop;
};

const prepare = async (env: Env, parts: Parts): Promise<void> => {
  const isDev = env.NODE_ENV === 'development';
  parts.opening = openData(env);
  const filling = parts.opening.then((database) => fillData(env, parts, database));
  await Promise.all([filling, prepareWeb(isDev)]);
  shared.gridhallBuild = isDev ? null : readBuild();
  await parts.web.serve(isDev);
  const { connection } = await parts.opening;
  const installation = await readInstallation(connection.db).catch(() => null);
  if (installation && env.GRIDHALL_JOBS === 'on') parts.stopJobs = await runQueue(env, connection);
  if (installation?.demo && env.GRIDHALL_LIVE === 'on') parts.stopSimulator = keepRunning('simulate', say);
  if (installation) await parts.web.untilHealthy(say);
};

const main = async (): Promise<void> => {
  const env = readEnv();
  const web = await listenEarly(env.PORT);
  const parts: Parts = { web, opening: null, seeding: null, stopSimulator: async () => {}, stopJobs: async () => {} };
  let isStopping = false;
  const stop = async (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(code), 2_800).unref();
    await stopAll(parts).catch(complain);
    process.exit(code);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      say(`${signal}: stopping`);
      stop(0);
    });
  try {
    await prepare(env, parts);
    say(`ready http://localhost:${env.PORT}`);
  } catch (error) {
    if (!isStopping) complain(error);
    await stop(1);
  }
};

main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
