import { sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import { version } from '@/package.json';
import { readInstallation } from '../dictionary/store';
import { connection } from './client';

/** Health of this process (健康检查): database, replica, version; 503 with the reason when it cannot answer. */
export const readHealth = async (): Promise<{ status: number; body: Record<string, unknown> }> => {
  try {
    const { db } = connection();
    const started = performance.now();
    const [row] = await db.execute<{ v: string }>(sql`select current_setting('server_version') as v`);
    await readInstallation(db);
    const database = { version: row?.v, answerMs: Math.round(performance.now() - started) };
    return { status: 200, body: { status: 'ok', database, replica: null, version } };
  } catch (error) {
    const reason = error instanceof Problem ? error.message : 'The database does not answer.';
    return { status: 503, body: { status: 'unavailable', reason, version } };
  }
};
