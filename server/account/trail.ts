import { eq } from 'drizzle-orm';
import type { AuditAction, SessionEnd } from '@/data/model/audit';
import { keepLook } from '../audit/store';
import type { Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { readInstallation } from '../dictionary/store';
import { account } from './table';

type SessionAction = Extract<AuditAction, `session.${string}`>;

/** What happened to sign-ins: whose (an account's id), who did it, how or why, and how many. */
type Happening = { action: SessionAction; of: string; by: string; why: string; n?: number };

/** The line of what happened to a sign-in. Sign-ins belong to no territory: whoever audits the whole installation reads it. */
export const keepHappening = async (tx: Executor, { action, of, by, why, n = 1 }: Happening): Promise<void> => {
  const { root, rootPath } = await readInstallation(tx);
  const who = { actorId: by, role: '', division: root, path: rootPath, screen: '' };
  await keepLook(tx, who, await clockNow(tx), { action, subject: of, purpose: why, nRows: n });
};

/** The line of sign-ins that ended; none where none did. */
export const keepEnd = async (tx: Executor, of: string, end: { by: string; why: SessionEnd; n: number }) => {
  if (end.n > 0) await keepHappening(tx, { action: 'session.end', of, ...end });
};

/** Nobody is known yet to be at the other end. */
export const stranger = 'public';

/**
 * The line of a wrong or late attempt under a name, and of the lock it led to. A name nobody has stands as `printed`, its
 * keyed hash: it may be a password typed in the wrong field.
 */
export const keepRefusal = (
  db: Executor,
  { username, printed, why, isLocked }: { username: string; printed: string; why: string; isLocked: boolean },
): Promise<void> =>
  db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: account.id })
      .from(account)
      .where(eq(account.username, username.trim().toLowerCase()));
    const line = { of: known?.id ?? `?${printed.slice(0, 12)}`, by: stranger, why };
    await keepHappening(tx, { action: 'session.refuse', ...line });
    if (isLocked) await keepHappening(tx, { action: 'session.lock', ...line });
  });
