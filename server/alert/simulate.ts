import { and, desc, eq, gte, isNull, or, sql } from 'drizzle-orm';
import { hourName } from '@/data/demo/weather-air';
import type { Connection, Executor } from '../db/client';
import { appendChanges } from '../live/append';
import { isInForce, isWarning } from './store';
import { alert, alert_area } from './table';

const hourMs = 3_600_000;
/** A warning is renewed when it would run out sooner than this; it then holds for `holdsMs`. */
const aheadMs = hourMs / 2;
const holdsMs = 12 * hourMs;

/** The newest mild warning of land: what a demo goes on warning of. */
const readMild = async (tx: Executor) => {
  const isMild = or(isNull(alert.level), gte(alert.level, 3));
  const isOnLand = sql`exists (select from ${alert_area} where ${alert_area.alert_id} = ${alert.id}
    and ${alert_area.division_code} is not null)`;
  const [row] = await tx
    .select()
    .from(alert)
    .where(and(isWarning, isMild, isOnLand))
    .orderBy(desc(alert.sent_at))
    .limit(1);
  return row;
};

/** Renews the mild warning of a demo when none would be in force any more; returns how many messages were sent. */
export const renewAlert = async ({ db }: Connection, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const later = new Date(now.getTime() + aheadMs);
    const standing = await tx.select({ id: alert.id }).from(alert).where(isInForce(later)).limit(1);
    const before = standing.length > 0 ? undefined : await readMild(tx);
    if (!before) return 0;
    const isRunning = before.expires_at > now && before.ended_at === null;
    const name = hourName(now.getTime());
    const sent = {
      ...{ ...before, id: `al-${name}`, identifier: `${before.identifier.split('_')[0]}_${name}_renewed` },
      ...{ sent_at: now, effective_at: now, expires_at: new Date(now.getTime() + holdsMs), ended_at: null },
      ...{ msg_type: isRunning ? 'Update' : 'Alert', refers_to: isRunning ? before.identifier : null },
    };
    const added = await tx.insert(alert).values(sent).onConflictDoNothing().returning({ id: alert.id });
    if (added.length === 0) return 0;
    const areas = await tx.select().from(alert_area).where(eq(alert_area.alert_id, before.id));
    await tx.insert(alert_area).values(areas.map((area) => ({ ...area, alert_id: sent.id })));
    if (isRunning) await tx.update(alert).set({ ended_at: now }).where(eq(alert.id, before.id));
    const ids = isRunning ? [sent.id, before.id] : [sent.id];
    await appendChanges(
      tx,
      ids.map((id) => ({ kind: 'alert', id, op: 'put', version: id === sent.id ? 1 : 2, path: null })),
    );
    return 1;
  });
