import { type ChildProcess, fork } from 'node:child_process';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';

const quietMs = 2_000;

/** Runs the live simulator beside a demo, again when it falls; returns the way to stop it. */
export const startSimulator = async (connection: Connection, say: (line: string) => void): Promise<() => void> => {
  const installation = await readInstallation(connection.db).catch(() => null);
  if (!installation?.demo) return () => {};
  let child: ChildProcess | null = null;
  let isStopped = false;
  const run = () => {
    child = fork('server/job/run.ts', ['simulate'], { execArgv: ['--import', 'tsx'] });
    child.once('exit', (code) => {
      if (isStopped) return;
      say(`simulator ended (${code}), starting it again`);
      setTimeout(() => !isStopped && run(), quietMs);
    });
  };
  run();
  say('live simulator on');
  return () => {
    isStopped = true;
    child?.kill('SIGTERM');
    setTimeout(() => child?.kill('SIGKILL'), 1_000).unref();
  };
};
