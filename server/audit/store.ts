import { desc, lt, sql } from 'drizzle-orm';
import type { AuditAction, AuditCheck, AuditLine } from '@/data/model/audit';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { audit_line } from './table';

/** What is kept of one look. `subject` names no one: a division and group, or the id of a register. */
export type Look = { action: AuditAction; subject: string; purpose: string; nRows: number };

/** Adds a line inside the caller's transaction: what is told and that it was told are kept together. */
export const keepLook = async (tx: Executor, scope: Scope, at: Date, look: Look): Promise<void> => {
  await tx.insert(audit_line).values({
    ...{ at, actor_id: scope.actorId, role: scope.role, division_code: scope.division, path: scope.path },
    ...{ screen: scope.screen, action: look.action, subject: look.subject, purpose: look.purpose, n_rows: look.nRows },
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

/** Reads the whole chain once more: numbers without a gap, each line's own hash, and that of the line before. */
export const verifyLines = async ({ db }: Connection): Promise<AuditCheck> => {
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
  const [last] = await db.select({ seq: audit_line.seq }).from(audit_line).orderBy(desc(audit_line.seq)).limit(1);
  return { nLines: last?.seq ?? 0, brokenAt: broken ? Number(broken.seq) : null };
};
