import { resolve } from 'node:path';
import { type OpenDatabase, openDatabase } from './db/migrate';
import { isInstalled, seedDemo } from './db/seed';
import { type Env, readEnv } from './env';
import { buildWeb, isBuilt } from './web/build';
import { listenEarly, type Web } from './web/listen';
import { startSimulator } from './web/simulator';

const say = (line: string): void => console.log(line);
const complain = (error: unknown): void =>
  console.error(error instanceof Error && error.name === 'Problem' ? error.message : error);

/** Opens the database and loads the demo into an empty one. */
const prepareData = async (env: Env): Promise<OpenDatabase> => {
  say(env.DATABASE_URL ? 'opening the database …' : 'starting the embedded database …');
  const database = await openDatabase({ home: resolve(env.GRIDHALL_HOME), databaseUrl: env.DATABASE_URL });
  process.env.DATABASE_URL = database.url;
  if (await isInstalled(database.connection)) return database;
  if (env.GRIDHALL_DEMO === 'off') {
    say('the database is empty and GRIDHALL_DEMO=off: load data with `npm run import -- --help`');
    return database;
  }
  say(`loading the demo (${env.GRIDHALL_DEMO}) …`);
  const at = env.GRIDHALL_DEMO_AT ? new Date(env.GRIDHALL_DEMO_AT) : new Date();
  const log = (line: string) => say(`  ${line}`);
  const loaded = await seedDemo(database.connection, { size: env.GRIDHALL_DEMO, at, log });
  if (loaded) say(`demo loaded: ${loaded.rows.toLocaleString('en')} rows, ${loaded.seconds.toFixed(1)} s`);
  return database;
};

const prepareWeb = async (isDev: boolean): Promise<void> => {
  if (isDev || isBuilt()) return;
  say('building the pages …');
  say(`pages built, ${(await buildWeb()).toFixed(0)} s`);
};

/** Stops all that this process started, in this order, within three seconds. */
const stopAll = async (parts: { web: Web; database: OpenDatabase | null; stopSimulator: () => void }) => {
  parts.stopSimulator();
  await parts.web.close();
  if ((await parts.database?.stop()) === 'left') say('the embedded database stays: another process uses it');
};

const main = async (): Promise<void> => {
  const env = readEnv();
  const isDev = env.NODE_ENV === 'development';
  const web = await listenEarly(env.PORT);
  let database: OpenDatabase | null = null;
  let stopSimulator = (): void => {};
  let isStopping = false;
  const stop = async (code: number) => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(code), 2_800).unref();
    await stopAll({ web, database, stopSimulator }).catch(complain);
    process.exit(code);
  };
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  try {
    const opening = prepareData(env).then((opened) => {
      database = opened;
      return opened;
    });
    const [opened] = await Promise.all([opening, prepareWeb(isDev)]);
    await web.serve(isDev);
    if (env.GRIDHALL_LIVE === 'on') stopSimulator = await startSimulator(opened.connection, say);
    if (await isInstalled(opened.connection)) await web.untilHealthy(say);
    say(`ready http://localhost:${env.PORT}`);
  } catch (error) {
    complain(error);
    await stop(1);
  }
};

main().catch((error: unknown) => {
  complain(error);
  process.exit(1);
});
