import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import postgres from 'postgres';
import { type Cluster, findCluster, initialise, start, stopCluster } from './cluster';
import { withLock } from './lock';

const user = 'gridhall';

/** A running embedded server. `stop` leaves it to others who still use it. */
export type EmbeddedServer = { url: string; isAdopted: boolean; stop: () => Promise<'stopped' | 'left'> };

/** Port and password of a home, kept in `postgres.url`, readable by its owner only. */
type Access = { port: number; password: string };

const urlOf = ({ port, password }: Access, database: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

const readAccess = (file: string): Access | null => {
  if (!existsSync(file)) return null;
  const match = /^postgres:\/\/\w+:(\w+)@127\.0\.0\.1:(\d+)\/\w+\s*$/.exec(readFileSync(file, 'utf8'));
  return match?.[1] && match[2] ? { password: match[1], port: Number(match[2]) } : null;
};

const writeAccess = (file: string, access: Access): void => {
  writeFileSync(file, `${urlOf(access, 'gridhall')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
};

const freePort = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', () => (wanted === 0 ? reject(new Error('No free port.')) : resolve(freePort(0))));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const open = (access: Access, name: string) =>
  postgres(urlOf(access, 'postgres'), {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: name },
  });

/** Whether the server on that port is this home's own. */
const answers = async (access: Access, cluster: Cluster): Promise<boolean> => {
  const sql = open(access, 'gridhall-probe');
  try {
    const [row] = await sql<{ path: string }[]>`select current_setting('data_directory') as path`;
    return row?.path === realpathSync(cluster.data);
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
};

const startLocked = async (cluster: Cluster, file: string): Promise<{ access: Access; isAdopted: boolean }> => {
  const known = readAccess(file);
  if (known && (await answers(known, cluster))) return { access: known, isAdopted: true };
  await stopCluster(cluster, 'immediate');
  const password = known?.password ?? randomBytes(18).toString('hex');
  const access = { password, port: await freePort(known?.port ?? 0) };
  writeAccess(file, access);
  await initialise(cluster, { user, password });
  await start(cluster, access.port);
  return { access, isAdopted: false };
};

/**
 * The embedded PostgreSQL of a home: made when absent, started, or adopted when it already runs.
 * `bin` = another PostgreSQL's programs, for tests.
 */
export const startEmbedded = async (home: string, options: { bin?: string } = {}): Promise<EmbeddedServer> => {
  mkdirSync(home, { recursive: true });
  const lock = `postgres ${realpathSync(home)}`;
  const file = join(home, 'postgres.url');
  const cluster = findCluster(realpathSync(home), options.bin);
  const { access, isAdopted } = await withLock(lock, () => startLocked(cluster, file));
  // Held for as long as this process needs the server: whoever ends last finds nobody else and stops it.
  const keeper = open(access, 'gridhall-keeper');
  await keeper`select 1`;
  const stop = () =>
    withLock(lock, async () => {
      const others = await keeper`
        select pid from pg_stat_activity
        where application_name like 'gridhall%' and pid <> pg_backend_pid() and backend_type = 'client backend'`;
      await keeper.end({ timeout: 1 });
      if (others.length > 0) return 'left' as const;
      await stopCluster(cluster, 'fast');
      return 'stopped' as const;
    });
  return { url: urlOf(access, 'gridhall'), isAdopted, stop };
};
