import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import { metricByKey } from '@/data/metrics';
import {
  type AssessLevel,
  Cycle,
  codeOfDay,
  faultOf,
  type OfflineDraft,
  type Plan,
  type PlanDraft,
  planFor,
} from '@/data/model/assessment';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { localDay } from '../metric/period';
import { assessment_appeal, assessment_offline, assessment_plan } from './table';

/** Every version of the plan of a level, oldest first (考核方案). */
export const listPlans = async (db: Executor, level: AssessLevel): Promise<Plan[]> => {
  const rows = await db
    .select({
      cycle: assessment_plan.cycle,
      version: assessment_plan.version,
      validFrom: assessment_plan.valid_from,
      items: assessment_plan.items,
      note: assessment_plan.note,
      actor: assessment_plan.actor_id,
      recordedAt: assessment_plan.recorded_at,
    })
    .from(assessment_plan)
    .where(eq(assessment_plan.level, level))
    .orderBy(asc(assessment_plan.version));
  return rows.map((row) => ({
    ...row,
    level,
    cycle: Cycle.parse(row.cycle),
    recordedAt: row.recordedAt.toISOString(),
  }));
};

const today = async (db: Executor): Promise<string> => localDay(new Date(), (await readInstallation(db)).timeZone);

/** Appends a version: of tomorrow at the earliest once there is one, so that no period that has begun is touched. */
export const appendPlan = async ({ db }: Connection, scope: Scope, draft: PlanDraft): Promise<Plan[]> => {
  const { rootPath } = await readInstallation(db);
  if (!rootPath.startsWith(scope.path)) throw new Problem('not_allowed', 'Plans are made for the whole installation.');
  const fault = faultOf(draft.items);
  if (fault) throw new Problem('invalid', `The items make no plan: ${fault}.`, { fault });
  const plans = await listPlans(db, draft.level);
  const current = plans.at(-1)?.version ?? 0;
  if (current !== draft.version)
    throw new Problem('conflict', `The plan is at version ${current}.`, { version: current });
  if (current > 0 && draft.validFrom <= (await today(db)))
    throw new Problem('invalid', 'A new version is valid from tomorrow at the earliest.', { fault: 'validFrom' });
  const added = await db
    .insert(assessment_plan)
    .values({
      level: draft.level,
      version: current + 1,
      cycle: draft.cycle,
      valid_from: draft.validFrom,
      items: draft.items,
      note: draft.note,
      actor_id: scope.actorId,
    })
    .onConflictDoNothing()
    .returning({ version: assessment_plan.version });
  if (added.length === 0) throw new Problem('conflict', `The plan is beyond version ${current}.`, { version: current });
  return listPlans(db, draft.level);
};

/** A score by hand as it is shown: who entered it, when and why. */
export type OfflineEntry = Omit<OfflineDraft, 'level' | 'period'> & { actor: string; recordedAt: string };

type PeriodKey = { level: AssessLevel; period: string };

/** Scores entered by hand for a period up to an instant, oldest first: the last of an item and subject stands. */
export const listOffline = async (
  db: Executor,
  { level, period }: PeriodKey,
  until: Date | null,
): Promise<OfflineEntry[]> => {
  const { subject, item, points, note, actor_id: actor, recorded_at } = assessment_offline;
  const rows = await db
    .select({ subject, item, points, note, actor, recordedAt: recorded_at })
    .from(assessment_offline)
    .where(
      and(
        eq(assessment_offline.level, level),
        eq(assessment_offline.period, period),
        until ? lte(recorded_at, until) : undefined,
      ),
    )
    .orderBy(asc(assessment_offline.id));
  return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
};

/** Appends a score by hand; one's own place is scored from above. */
export const appendOffline = async (
  { db }: Connection,
  scope: Scope,
  { level, ...draft }: OfflineDraft,
  path: string,
): Promise<void> => {
  if (!path.startsWith(scope.path) || (path === scope.path && level !== 'department'))
    throw new Problem('not_allowed', 'Only what lies below your own post is scored by you.');
  const plan = planFor(await listPlans(db, level), draft.period);
  if (!plan?.items.some(({ kind, key }) => kind === 'offline' && key === draft.item))
    throw new Problem('not_found', `The plan of ${draft.period} has no offline item ${draft.item}.`);
  if (draft.period > codeOfDay(await today(db), plan.cycle))
    throw new Problem('invalid', `${draft.period} has not begun.`);
  await db.insert(assessment_offline).values({ level, ...draft, actor_id: scope.actorId });
};

type NewAppeal = typeof assessment_appeal.$inferInsert;

/** Appends an appeal with the rows it pins. */
export const appendAppeal = async ({ db }: Connection, appeal: NewAppeal): Promise<number> => {
  const [row] = await db.insert(assessment_appeal).values(appeal).returning({ id: assessment_appeal.id });
  return row?.id ?? 0;
};

/** Appeals of a subject in a period, newest first; its rows are counted, not listed. */
export const listAppeals = async (
  db: Executor,
  scope: Scope,
  { level, period, subject }: PeriodKey & { subject: string },
) => {
  const t = assessment_appeal;
  const rows = await db
    .select({
      id: t.id,
      item: t.item,
      reason: t.reason,
      planVersion: t.plan_version,
      asOf: t.as_of,
      snapshot: t.snapshot,
      numerator: t.numerator,
      denominator: t.denominator,
      nRows: sql<number>`jsonb_array_length(${t.rows})`,
      actor: t.actor_id,
      recordedAt: t.recorded_at,
    })
    .from(t)
    .where(
      and(eq(t.level, level), eq(t.period, period), eq(t.subject, subject), sql`starts_with(${t.path}, ${scope.path})`),
    )
    .orderBy(desc(t.id));
  return rows.map((row) => ({ ...row, asOf: row.asOf.toISOString(), recordedAt: row.recordedAt.toISOString() }));
};

/** An appeal with its question and its rows as they stood; `not_found` outside the caller's territory. */
export const readAppeal = async (db: Executor, scope: Scope, id: number) => {
  const t = assessment_appeal;
  const [row] = await db
    .select({ id: t.id, question: t.question, snapshot: t.snapshot, rows: t.rows })
    .from(t)
    .where(and(eq(t.id, id), sql`starts_with(${t.path}, ${scope.path})`));
  if (!row) throw new Problem('not_found', `No appeal ${id} in your territory.`, { id });
  return { ...row, fact: metricByKey.get(row.question.metric)?.fact ?? 'event' };
};
