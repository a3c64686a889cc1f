import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const port = Number(process.env.GRIDHALL_TEST_PORT ?? 4173);
/** Instant the demo of the tests ends at; tests open screens at it with `?at=`. */
const demoAt = '2026-11-22T10:00:00+08:00';
const size = (width: number, height: number) => ({ viewport: { width, height } });

export default defineConfig({
  testDir: '.',
  testMatch: '{screens,app}/**/*.spec.ts',
  // Software GL: two browsers at once on two cores only slow each other down.
  workers: 1,
  timeout: 240_000,
  // Frames of software GL take seconds when the machine is busy; a test that needs its second try is named in the end.
  retries: 1,
  expect: { timeout: 60_000 },
  snapshotPathTemplate: '{testFileDir}/golden/{arg}{ext}',
  forbidOnly: true,
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: resolve('screens/fonts.conf') },
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--ignore-gpu-blocklist',
        // without a GPU Chromium itself composes pages by the processor; through software GL each frame of a wall takes 0.3 s
        '--disable-gpu-compositing',
        '--force-color-profile=srgb',
        // No network beyond the server: every other name is unknown, as in an isolated hall.
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
      ],
    },
  },
  projects: [
    { name: 'big', testMatch: 'screens/big/**/*.spec.ts', use: size(1920, 1080) },
    { name: 'mid', testMatch: 'screens/mid/**/*.spec.ts', use: size(1920, 1080) },
    { name: 'small', testMatch: 'screens/small/**/*.spec.ts', use: { ...size(1180, 820), hasTouch: true } },
    {
      name: 'rest',
      testMatch: ['app/**/*.spec.ts', 'screens/**/*.spec.ts'],
      testIgnore: 'screens/{big,mid,small}/**',
      use: size(1600, 1000),
    },
  ],
  webServer: {
    command: 'node server/start.mjs',
    url: `http://localhost:${port}/api/health`,
    // Loading the demo takes 80 s; on a machine that does a third of its usual work, six minutes.
    timeout: 1_200_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 6_000 },
    stdout: 'pipe',
    env: {
      PORT: String(port),
      DATABASE_URL: '',
      GRIDHALL_HOME: process.env.GRIDHALL_TEST_HOME ?? join(tmpdir(), 'gridhall-playwright'),
      GRIDHALL_DEMO: process.env.GRIDHALL_TEST_DEMO ?? 'district',
      GRIDHALL_DEMO_AT: demoAt,
      GRIDHALL_LIVE: 'off',
      GRIDHALL_JOBS: 'off',
      GRIDHALL_GALLERY: 'on',
    },
  },
});
