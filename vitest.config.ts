import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    // Identities of the template that test files copy are sealed with one key.
    env: { GRIDHALL_KEY: `1:${Buffer.alloc(32, 7).toString('base64')}` },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Test files share one PostgreSQL server, where a transaction of one database holds the log window of all back.
    retry: 1,
    // Written for bundlers: its own imports name no file endings.
    server: { deps: { inline: ['@maplibre/mlt'] } },
    projects: [
      // What has no state of its own may share modules: half of what these files took was loading them.
      {
        extends: true,
        test: { name: 'plain', include: ['{components,screens,data}/**/*.test.{ts,tsx}'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['{app,server}/**/*.test.{ts,tsx}'],
          globalSetup: ['server/db/testing-setup.ts'],
        },
      },
    ],
  },
});
