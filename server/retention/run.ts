import { eq, sql } from 'drizzle-orm';
import { timerCodes } from '@/data/model/retention';
import { systemScope } from '../access/store';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { readInstallation, wordOf } from '../dictionary/store';
import { putJobs } from '../job/store';
import { type JobHandlers, runDueJobs } from '../job/worker';
import { fromWall, localDay } from '../metric/period';
import { retention_lot } from './table';
import { dueBefore, takeLot } from './timers';

const kind = 'retention';

/** Rows a transaction takes at most. */
export const lotRows = 2_000;
const dayMs = 86_400_000;
/** Time of the night on the installation's clock. */
const startsAtMs = 2.5 * 3_600_000;

/** The next 02:30 behind an instant, and its local date. */
export const nightAfter = (at: Date, timeZone: string): { night: string; dueAt: Date } => {
  const of = (day: string) => ({ night: day, dueAt: fromWall(Date.parse(`${day}T00:00:00Z`) + startsAtMs, timeZone) });
  const today = localDay(at, timeZone);
  const tonight = of(today);
  return tonight.dueAt > at
    ? tonight
    : of(new Date(Date.parse(`${today}T00:00:00Z`) + dayMs).toISOString().slice(0, 10));
};

type Lot = { night: string; seq: number; rule: number };

const putLot = (tx: Executor, { night, seq, rule }: Lot, dueAt: Date): Promise<void> =>
  putJobs(tx, [{ kind, key: `${night}/${seq}`, subject: kind, payload: { night, seq, rule }, dueAt }]);

/** Puts the next night's run into the queue: one a night, whoever asks for it. */
export const putNight = async (tx: Executor, at: Date): Promise<void> => {
  const { night, dueAt } = nightAfter(at, (await readInstallation(tx)).timeZone);
  await putLot(tx, { night, seq: 0, rule: 0 }, dueAt);
};

/** Rows a night took, by rule. */
const takenIn = async (tx: Executor, night: string): Promise<Map<string, number>> => {
  const lots = await tx.select().from(retention_lot).where(eq(retention_lot.night, night));
  const taken = new Map<string, number>();
  for (const { rule, n_rows } of lots) taken.set(rule, (taken.get(rule) ?? 0) + n_rows);
  return taken;
};

/** Ends a night: its line in the audit, with what it took by rule, and the night after. */
const endNight = async (tx: Executor, night: string, at: Date): Promise<void> => {
  const taken = [...(await takenIn(tx, night))];
  const scope = { ...(await systemScope({ db: tx })), role: 'R9' as const };
  await keepLook(tx, scope, at, {
    ...{ action: 'retention.run', subject: night, purpose: taken.map((line) => line.join(' ')).join(', ') },
    nRows: taken.reduce((sum, [, n]) => sum + n, 0),
  });
  await putNight(tx, at);
};

/**
 * Takes one lot of what a rule says is due, and puts the next into the queue: of the same rule while there is more, else of
 * the one behind it. Each is one transaction, so that a run that was cut short goes on where it was.
 */
export const retentionJobs: JobHandlers = {
  [kind]: {
    effect: async (tx, { payload, now }) => {
      const [night, seq, rule] = [String(payload.night), Number(payload.seq), Number(payload.rule)];
      const code = timerCodes[rule];
      if (!code) {
        await endNight(tx, night, now);
        return undefined;
      }
      const days = Number((await wordOf(tx, kind, code, now))?.attrs.days);
      const due = days > 0 ? dueBefore(code, new Date(now.getTime() - days * dayMs)) : null;
      const nRows = due ? await takeLot(tx, due, lotRows) : 0;
      if (nRows > 0) await tx.insert(retention_lot).values({ night, seq, rule: code, n_rows: nRows, at: now });
      await putLot(tx, { night, seq: seq + 1, rule: nRows < lotRows ? rule + 1 : rule }, now);
      return undefined;
    },
  },
};

/** Runs now what the next night would, to its end; rows taken by rule. */
export const runNight = async (connection: Connection): Promise<Map<string, number>> => {
  const { db } = connection;
  const at = await clockNow(db);
  const night = `${localDay(at, (await readInstallation(db)).timeZone)}`;
  const [{ n: done = 0 } = {}] = await db.execute<{ n: number }>(sql`
    select coalesce(max((payload ->> 'seq')::int), -1) + 1 as n from job where kind = ${kind} and payload ->> 'night' = ${night}`);
  const before = await takenIn(db, night);
  await putLot(db, { night, seq: Number(done), rule: 0 }, at);
  await runDueJobs(connection, retentionJobs);
  return new Map([...(await takenIn(db, night))].map(([rule, n]) => [rule, n - (before.get(rule) ?? 0)]));
};
