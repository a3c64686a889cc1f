import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that change what is the whole process's: its environment, its globals, its replica of the facts. */
const apart = ['app', 'server'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.test\.tsx?$/.test(path))
    .map((path) => join(root, path))
    .filter((file) => /\bvi\.(stub|mock)|\breplica\(\)/.test(readFileSync(file, 'utf8'))),
);
const globalSetup = ['server/db/testing-setup.ts'];

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // Identities of the template that test files copy are sealed with one key.
    env: { GRIDHALL_KEY: `1:${Buffer.alloc(32, 7).toString('base64')}` },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What is polled for comes by itself, on a busy machine later.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
    // Test files share one PostgreSQL server, where a transaction of one database holds the log window of all back.
    retry: 1,
    // Written for bundlers: its own imports name no file endings.
    server: { deps: { inline: ['@maplibre/mlt'] } },
    projects: [
      // Half of what files took was loading modules, which those of one worker may share.
      {
        extends: true,
        test: { name: 'plain', include: ['{components,screens,data}/**/*.test.{ts,tsx}'], isolate: false },
      },
      {
        extends: true,
        test: {
          ...{ name: 'server', include: ['{app,server}/**/*.test.{ts,tsx}'], exclude: apart, isolate: false },
          globalSetup,
        },
      },
      { extends: true, test: { name: 'apart', include: apart, globalSetup } },
    ],
  },
});
