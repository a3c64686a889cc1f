import { type ChildProcess, fork } from 'node:child_process';

/** A job (server/job/run.ts) in a process of its own, which ends with this one. Its output is shown. */
const startJob = (name: string): ChildProcess => fork('server/job/run.ts', [name], { execArgv: ['--import', 'tsx'] });

const endOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

/** A running child: `stop` ends it, politely first. */
export type Running = { ended: Promise<number>; stop: () => Promise<void> };

const politeMs = 1_000;

const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = endOf(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), politeMs);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
};

/** Runs a job once. */
export const runJob = (name: string): Running => {
  const child = startJob(name);
  return { ended: endOf(child), stop: () => stopChild(child) };
};

const quietMs = 2_000;

/** Keeps a job running: starts it again when it falls. Returns the way to stop it. */
export const keepRunning = (name: string, say: (line: string) => void): (() => Promise<void>) => {
  let isStopped = false;
  let child: ChildProcess;
  const run = () => {
    child = startJob(name);
    child.once('exit', (code) => {
      if (isStopped) return;
      say(`${name} ended (${code}), starting it again`);
      setTimeout(() => !isStopped && run(), quietMs);
    });
  };
  run();
  return () => {
    isStopped = true;
    return stopChild(child);
  };
};
