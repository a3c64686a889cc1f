import { sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { version } from '@/package.json';
import { readInstallation } from '../dictionary/store';
import { replicaStatus } from '../metric/replica';
import { connection } from './client';

/** Health of this process (健康检查): 200 when it can answer things and numbers; 503 with the reason otherwise. */
export const readHealth = async (): Promise<{ status: 200 | 503; body: Record<string, unknown> }> => {
  try {
    const { db } = connection();
    const started = performance.now();
    const [row] = await db.execute<{ v: string }>(sql`select current_setting('server_version') as v`);
    await readInstallation(db);
    const database = { version: row?.v, answerMs: Math.round(performance.now() - started) };
    const { watermark, asOf, error } = replicaStatus();
    if (watermark === null) throw new Problem('unavailable', error ?? 'The facts are being loaded.');
    return { status: 200, body: { status: 'ok', database, replica: { watermark, asOf, error }, version } };
  } catch (error) {
    const reason = error instanceof Problem ? error.message : 'The database does not answer.';
    return { status: 503, body: { status: 'unavailable', reason, version } };
  }
};
