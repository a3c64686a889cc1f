import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findCluster, stopCluster } from './cluster';

declare module 'vitest' {
  interface ProvidedContext {
    /** Directory of this run's servers, one home each. */
    testHome: string;
  }
}

const shared = globalThis as { gridhallTestHome?: string };

/**
 * Gives the run a directory for its servers, which tests start when they first need one; ends and removes them. Projects of
 * one run share it.
 */
const setup = (project: TestProject) => {
  if (shared.gridhallTestHome) {
    project.provide('testHome', shared.gridhallTestHome);
    return undefined;
  }
  const home = mkdtempSync(join(tmpdir(), 'gridhall-test-'));
  // Run as root, the server has a user of its own, who must be able to enter.
  chmodSync(home, 0o755);
  shared.gridhallTestHome = home;
  project.provide('testHome', home);
  return async () => {
    for (const kind of readdirSync(home)) await stopCluster(findCluster(join(home, kind)), 'immediate');
    rmSync(home, { recursive: true, force: true });
  };
};
export default setup;
