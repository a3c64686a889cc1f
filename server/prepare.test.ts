import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

test.runIf(process.platform === 'linux')('what a killed start was running ends with it', async () => {
  const script = `import('./server/prepare.mjs').then((p) => p.runShown('sh', ['-c', 'echo $$; sleep 60; true']))`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const shell = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
  expect(isAlive(shell)).toBe(true);
  parent.kill('SIGKILL');
  for (let waited = 0; waited < 5_000 && isAlive(shell); waited += 50) await sleep(50);
  expect(isAlive(shell)).toBe(false);
});

test('a program’s exit code comes back; one that does not exist is 127', async () => {
  const code = (command: string, args: string) =>
    new Promise((resolve) => {
      const script = `import('./server/prepare.mjs').then((p) => p.runShown(${JSON.stringify(command)}, ${args})).then((c) => process.exit(c))`;
      spawn(process.execPath, ['-e', script], { stdio: 'ignore' }).once('exit', resolve);
    });
  expect(await code('sh', '["-c","exit 3"]')).toBe(3);
  expect(await code('true', '[]')).toBe(0);
  expect(await code('no-such-program', '[]')).toBe(127);
});
