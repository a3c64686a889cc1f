import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Connection } from '../../db/client';

/** Milliseconds of one tick of `/proc/PID/stat`: Linux counts a hundred a second everywhere. */
const tickMs = 10;

type Stat = { parent: number; own: number; reaped: number };

/** Parent of a process, and ticks used by itself and by children that have ended; null where there is none. */
const readStat = (pid: number | string): Stat | null => {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // The name before the last bracket may hold anything.
  const [, parent, ...rest] = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, userReaped = 0, systemReaped = 0] = rest.slice(9);
  return { parent: parent ?? 0, own: user + system, reaped: userReaped + systemReaped };
};

/** Milliseconds of CPU that all processes of a database on this machine have used. */
export const databaseCpu = async ({ sql }: Connection): Promise<() => number> => {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const server = readStat(row?.pid ?? 0)?.parent ?? 0;
  return () => {
    const top = readStat(server);
    const children = readdirSync('/proc').map((name) => (/^\d+$/.test(name) ? readStat(name) : null));
    const ticks = children.reduce((sum, one) => (one?.parent === server ? sum + one.own : sum), 0);
    return (ticks + (top ? top.own + top.reaped : 0)) * tickMs;
  };
};
