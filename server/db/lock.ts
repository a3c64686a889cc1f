import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Linux: an abstract socket, which the kernel frees however the process ends. Elsewhere: a socket file. */
const addressOf = (name: string): string => {
  const id = `gridhall-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  return process.platform === 'linux' ? `\0${id}` : join(tmpdir(), `${id}.sock`);
};

const listen = (path: string): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(path, () => resolve(server.unref()));
  });

/** Removes a socket file whose process died without closing it. */
const clearDead = (path: string): Promise<void> =>
  new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => resolve(void probe.destroy()));
    probe.once('error', () => resolve(rmSync(path, { force: true })));
  });

/** Runs `work` while no other process of this machine holds `name`. A killed holder frees it at once. */
export const withLock = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  const path = addressOf(name);
  let server = await listen(path);
  while (!server) {
    if (!path.startsWith('\0')) await clearDead(path);
    await sleep(100);
    server = await listen(path);
  }
  try {
    return await work();
  } finally {
    server.close();
  }
};
