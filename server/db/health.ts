import { eq, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { version } from '@/package.json';
import { readInstallation } from '../dictionary/store';
import { type ReplicaStatus, replicaStatus } from '../metric/replica';
import { connection } from './client';
import { job } from './schema';

/** Seconds the facts may lie behind before numbers count as out of date. */
const maxLagSeconds = 30;

/** Why numbers cannot be trusted now; null when they can. */
export const replicaTrouble = ({ watermark, lagSeconds, error }: ReplicaStatus): string | null => {
  if (error !== null) return `The facts do not follow the database: ${error}`;
  if (watermark === null || lagSeconds === null) return 'The facts are being loaded.';
  if (lagSeconds > maxLagSeconds) return `The facts are ${lagSeconds} s behind the database.`;
  return null;
};

/** Build the pages of this process come from, set when it starts to serve. */
const shared = globalThis as { gridhallBuild?: string | null };

/** Health of this process (健康检查): 200 when it can answer things and numbers; 503 with the reason otherwise. */
export const readHealth = async (): Promise<{ status: 200 | 503; body: Record<string, unknown> }> => {
  try {
    const { db } = connection();
    const started = performance.now();
    const [row] = await db.execute<{ v: string }>(sql`select current_setting('server_version') as v`);
    await readInstallation(db);
    const database = { version: row?.v, answerMs: Math.round(performance.now() - started) };
    // What was given up waits for somebody; the house goes on.
    const jobs = { dead: await db.$count(job, eq(job.state, 'dead')) };
    const replica = replicaStatus();
    const trouble = replicaTrouble(replica);
    if (trouble !== null) throw new Problem('unavailable', trouble);
    return {
      status: 200,
      body: { status: 'ok', database, replica, jobs, version, build: shared.gridhallBuild ?? null },
    };
  } catch (error) {
    const reason = error instanceof Problem ? error.message : 'The database does not answer.';
    return { status: 503, body: { status: 'unavailable', reason, version } };
  }
};
