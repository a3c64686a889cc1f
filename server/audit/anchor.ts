import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Connection } from '../db/client';
import { withLock } from '../db/lock';
import { findOwnKey, replaceOwnKey } from '../file/own-key';
import { audit_line } from './table';

/** A line of the chain as it is noted outside the database: it vouches for itself and for every line before it. */
export type Anchor = { seq: number; hash: string; at: string };

const file = 'audit.heads';
const Anchors = z.record(z.string(), z.object({ seq: z.number(), hash: z.string(), at: z.string() }));

/** Which database: the cluster and the database in it, so that a home with another database keeps both apart. */
const nameOf = async ({ db }: Connection): Promise<string> => {
  const [row] = await db.execute<{ name: string }>(sql`
    select c.system_identifier || '/' || d.oid as name
    from pg_control_system() c, pg_database d where d.datname = current_database()`);
  return row?.name ?? '';
};

const readAll = async (): Promise<Record<string, Anchor>> => {
  const text = await findOwnKey(file);
  return text ? Anchors.parse(JSON.parse(text.toString())) : {};
};

/** The line that is noted in this installation's home; null = none yet. */
export const readAnchor = async (connection: Connection): Promise<Anchor | null> =>
  (await readAll())[await nameOf(connection)] ?? null;

/** Number and hash of the newest line, or of one; null = there is none. */
export const headOf = async ({ db }: Connection, seq?: number): Promise<Pick<Anchor, 'seq' | 'hash'> | null> => {
  const [row] = await db
    .select({ seq: audit_line.seq, hash: audit_line.hash })
    .from(audit_line)
    .where(seq === undefined ? undefined : eq(audit_line.seq, seq))
    .orderBy(desc(audit_line.seq))
    .limit(1);
  return row ? { seq: row.seq, hash: Buffer.from(row.hash).toString('hex') } : null;
};

/**
 * Notes the newest line in `audit.heads` under GRIDHALL_HOME. A chain that no longer holds the line noted before is not
 * followed: that one stays, and tells the verifier.
 */
export const dropAnchor = (connection: Connection): Promise<void> =>
  withLock(file, async () => {
    const head = await headOf(connection);
    if (!head) return;
    const [all, name] = [await readAll(), await nameOf(connection)];
    const before = all[name];
    if (before?.seq === head.seq) return;
    if (before && (await headOf(connection, before.seq))?.hash !== before.hash) return;
    const noted = { ...head, at: new Date().toISOString() };
    await replaceOwnKey(file, Buffer.from(JSON.stringify({ ...all, [name]: noted })));
  });

/** Channel on which the chain tells that a line was committed. */
const channel = 'gridhall_audit';

/** Notes each newest line as it is committed, and at once what was while nobody heard. Ends with the pool. */
export const keepAnchored = async (connection: Connection): Promise<void> => {
  let [isBusy, isBehind] = [false, false];
  const follow = async () => {
    isBehind = true;
    if (isBusy) return;
    isBusy = true;
    while (isBehind) {
      isBehind = false;
      await dropAnchor(connection).catch((error: unknown) => console.error('audit.heads:', error));
    }
    isBusy = false;
  };
  await connection.sql.listen(
    channel,
    () => void follow(),
    () => void follow(),
  );
};
