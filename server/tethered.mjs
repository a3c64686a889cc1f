// Runs a program (argv 2 …) that ends with its parent, even when that is killed with -9: the closed channel tells.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: 'inherit', detached: true });

const end = () => {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
  process.exit(1);
};

process.once('disconnect', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end);
child.once('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
