import { desc, lt, sql } from 'drizzle-orm';
import type { AuditAction, AuditCheck, AuditLine } from '@/data/model/audit';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { headOf, readAnchor } from './anchor';
import { audit_line } from './table';

/** What is kept of one look. `subject` names no one: a division and group, or the id of a register. */
export type Look = { action: AuditAction; subject: string; purpose: string; nRows: number };

/** Who looks; role and screen are empty where there is no post yet. */
export type Looker = Pick<Scope, 'actorId' | 'division' | 'path'> & { role: string; screen: string };

/** Adds a line inside the caller's transaction: what is told and that it was told are kept together. */
export const keepLook = async (tx: Executor, who: Looker, at: Date, look: Look): Promise<void> => {
  await tx.insert(audit_line).values({
    ...{ at, actor_id: who.actorId, role: who.role, division_code: who.division, path: who.path },
    ...{ screen: who.screen, action: look.action, subject: look.subject, purpose: look.purpose, n_rows: look.nRows },
    // the trigger writes these
    ...{ seq: 0, previous: Buffer.alloc(0), hash: Buffer.alloc(0) },
  });
};

const pageSize = 200;

/** Lines of the audit below `before` (null = from the newest), the newest first, 200 at a time. */
export const listLines = async ({ db }: Connection, before: number | null): Promise<AuditLine[]> => {
  const rows = await db
    .select()
    .from(audit_line)
    .where(before === null ? undefined : lt(audit_line.seq, before))
    .orderBy(desc(audit_line.seq))
    .limit(pageSize);
  return rows.map((row) => ({
    ...{ seq: row.seq, at: row.at.toISOString(), role: row.role, division: row.division_code, screen: row.screen },
    ...{ action: row.action as AuditAction, subject: row.subject, purpose: row.purpose, nRows: row.n_rows },
  }));
};

const brokenIn = async ({ db }: Connection): Promise<number | null> => {
  const [broken] = await db.execute<{ seq: string }>(sql`
    select seq
    from (
      select seq, hash = audit_hash(line) and seq = row_number() over by_seq
        and previous = coalesce(lag(hash) over by_seq, ''::bytea) as is_sound
      from audit_line line
      window by_seq as (order by seq)
    ) checked
    where not is_sound
    order by seq
    limit 1`);
  return broken ? Number(broken.seq) : null;
};

/**
 * Reads the whole chain once more: numbers without a gap, each line's own hash and that of the line before, and the line
 * that is noted outside the database. That one tells lines that were cut off, and a chain that was made anew.
 */
export const verifyLines = async (connection: Connection): Promise<AuditCheck> => {
  const anchor = await readAnchor(connection);
  const broken = await brokenIn(connection);
  const nLines = (await headOf(connection))?.seq ?? 0;
  const told = { nLines, anchor: anchor && { seq: anchor.seq, at: anchor.at }, nCut: 0 };
  if (!anchor) return { ...told, brokenAt: broken };
  const held = await headOf(connection, anchor.seq);
  const isHeld = held?.hash === anchor.hash;
  const lost = isHeld ? null : Math.min(anchor.seq, nLines + 1);
  const brokenAt = Math.min(broken ?? Number.POSITIVE_INFINITY, lost ?? Number.POSITIVE_INFINITY);
  return {
    ...told,
    brokenAt: Number.isFinite(brokenAt) ? brokenAt : null,
    nCut: Math.max(0, anchor.seq - nLines),
  };
};
