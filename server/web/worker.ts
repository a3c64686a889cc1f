import { build } from 'esbuild';

/** Where the browser finds the service worker: `/service-worker.js`. */
export const workerFile = 'public/service-worker.js';

/** Bundles the service worker; Next.js builds pages alone. */
export const buildWorker = async (): Promise<void> => {
  await build({
    entryPoints: ['components/feed/service-worker.ts'],
    outfile: workerFile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
  });
};
