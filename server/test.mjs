import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { checkNode, ensureInstalled, root, runShown } from './prepare.mjs';

checkNode();
process.chdir(root);
await ensureInstalled();

const reports = mkdtempSync(join(tmpdir(), 'gridhall-npm-test-'));
// The database server of the browser tests has a user of its own when all runs as root.
chmodSync(reports, 0o755);
const total = { passed: 0, failed: 0, skipped: 0 };

const add = (name, { passed, failed, skipped = 0 }, started) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`── ${name}: ${failed === 0 ? 'ok' : 'FAILED'} (${passed} passed, ${failed} failed, ${seconds} s)\n`);
};

/** A step that is one test: it passes when its program ends with 0. */
const step = async (name, command, args, env = {}) => {
  console.log(`── ${name}`);
  const started = Date.now();
  const code = await runShown(command, args, env);
  add(name, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, started);
  return code === 0;
};

/** A step with tests of its own, counted from its JSON report. A broken run counts as one failure at least. */
const suite = async (name, { command, args, env = {}, report, count }) => {
  console.log(`── ${name}`);
  const started = Date.now();
  const code = await runShown(command, args, env);
  const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 };
  add(name, code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted, started);
};

const units = join(reports, 'units.json');
const screens = join(reports, 'screens.json');

await step('data', 'npx', ['tsx', 'data/check.ts']);
await step('lint', 'npx', ['biome', 'check', '--error-on-warnings']);
await step('imports', 'npx', ['depcruise', '--no-progress', 'app', 'components', 'data', 'screens', 'server']);
await step('dead code', 'npx', ['knip', '--no-progress']);
await step('types', 'npx', ['tsc', '--noEmit']);
await suite('units', {
  command: 'npx',
  args: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`],
  report: units,
  count: ({ numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped }) => ({
    passed,
    failed,
    skipped,
  }),
});
const isBuilt = await step('build', 'npx', ['tsx', 'server/job/run.ts', 'build']);
const browser = isBuilt ? await findBrowser() : null;
if (browser)
  await suite('screens', {
    command: 'npx',
    args: ['playwright', 'test', '--reporter=list,json'],
    env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: screens, GRIDHALL_TEST_HOME: join(reports, 'home') },
    report: screens,
    count: ({ stats }) => {
      if (stats.flaky > 0) console.log(`${stats.flaky} passed at the second try`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    },
  });
else add('screens', { passed: 0, failed: 1 }, Date.now());

rmSync(reports, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);
