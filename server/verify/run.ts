import { desc, eq, type SQL, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { type DoubtRule, fieldOf, type VerifyDraft } from '@/data/model/verify';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';

import { type NewJob, putJobs } from '../job/store';
import type { JobHandlers } from '../job/worker';
import { appendChanges } from '../live/append';
import { localDay } from '../metric/period';
import { frameSql, keyColumn, stampSql } from './frame';
import { conditionOf, searches } from './rules';
import { doubt, verify_batch, verify_chunk } from './table';

const findKind = 'verify-find';
const refreshKind = 'verify-refresh';
const hourMs = 3_600_000;
/** Records whose change is told one by one; more of them at once are a bulk. */
const mostLines = 5_000;

/** The job that runs the rules of a batch. */
export const findJob = (id: string, dueAt: Date): NewJob => ({
  ...{ kind: findKind, key: id, subject: `verify:${id}`, payload: { id }, dueAt },
});

/** Figures over people and places take corrections over once an hour, as often as they say they do. */
export const putRefresh = async (tx: Executor, at: Date): Promise<void> => {
  const hour = new Date((Math.floor(at.getTime() / hourMs) + 1) * hourMs);
  await putJobs(tx, [{ kind: refreshKind, key: hour.toISOString(), subject: 'verify', dueAt: hour }]);
};

/** Tells that doubtful records changed, those of a bulk all at once. */
export const tellDoubts = async (tx: Executor, changed: readonly { id: string; version: number }[]): Promise<void> =>
  appendChanges(
    tx,
    changed.length > mostLines
      ? [{ kind: 'reload', id: '*', op: 'put', version: 1, path: null }]
      : changed.map(({ id, version }) => ({ kind: 'doubt' as const, id, op: 'put' as const, version, path: null })),
  );

/** Rows placed inside a path by any level of theirs; those placed nowhere belong to the root of the installation. */
const insidePath = async (tx: Executor, path: string, alias: string): Promise<SQL> => {
  const { rootPath } = await readInstallation(tx);
  if (rootPath.startsWith(path)) return sql`true`;
  const codes = sql`(select code from division where starts_with(path, ${path}))`;
  const column = (name: string) => sql.raw(`${alias}.${name}`);
  return sql`(${column('grid_code')} in ${codes} or ${column('community_code')} in ${codes}
    or ${column('subdistrict_code')} in ${codes})`;
};

type Batch = Pick<typeof verify_batch.$inferSelect, 'id' | 'path'>;

/**
 * Runs one rule over the records of a batch's territory and writes what it finds. Left out: what an earlier batch found
 * and nobody has seen to yet, and what somebody confirmed and says the same still.
 */
const findDoubts = async (tx: Executor, batch: Batch, rule: DoubtRule, at: Date, day: string) => {
  let nSeen = 0;
  const found: { id: string; version: number }[] = [];
  for (const search of searches[rule]) {
    const { kind } = search;
    const key = sql.raw(`r.${keyColumn[kind]}`);
    const frame = frameSql[kind](day);
    const inside = await insidePath(tx, batch.path, 'r');
    nSeen += await tx.$count(sql`(${frame}) r`, inside);
    const last = await tx.$count(doubt, eq(doubt.batch_id, batch.id));
    const condition = await conditionOf(tx, search, day, key);
    const rows = await tx.execute<{ id: string }>(sql`
      with record as (${frame})
      insert into doubt (id, batch_id, rule, field, kind, record_id, building_code, subdistrict_code, community_code,
        grid_code, stamp, found_at)
      select ${`${batch.id}:`} || (${last}::int + row_number() over (order by ${key})), ${batch.id}::uuid, ${rule},
        ${fieldOf(rule)}, ${kind}, ${key}::text, r.building_code, r.subdistrict_code, r.community_code, r.grid_code,
        ${stampSql(kind, 'r')}, ${at.toISOString()}::timestamptz
      from record r
      where ${inside} and (${condition}) and not exists (
        select from doubt k where k.record_id = ${key}::text and k.rule = ${rule} and k.kind = ${kind}
          and (k.done_at is null or (k.state = 'confirmed' and k.stamp = ${stampSql(kind, 'r')})))
      returning id`);
    found.push(...rows.map(({ id }) => ({ id, version: 1 })));
  }
  await tellDoubts(tx, found);
  return { nSeen, nFound: found.length };
};

const lastSeq = async (tx: Executor, id: string): Promise<number> => {
  const [last] = await tx
    .select({ seq: verify_chunk.seq })
    .from(verify_chunk)
    .where(eq(verify_chunk.batch_id, id))
    .orderBy(desc(verify_chunk.seq))
    .limit(1);
  return last?.seq ?? 0;
};

/**
 * Runs the rules of a batch: one a turn, what it finds and its line of progress in one transaction, so that whoever goes
 * on after a kill begins with the next rule.
 */
export const verifyJobs: JobHandlers = {
  [findKind]: {
    effect: async (tx, { payload, now }) => {
      const [batch] = await tx
        .select()
        .from(verify_batch)
        .where(eq(verify_batch.id, String(payload.id)))
        .for('update');
      if (!batch) return undefined;
      const { id, rules } = batch;
      const nRun = await tx.$count(verify_chunk, sql`batch_id = ${id} and rule is not null`);
      const rule = rules[nRun];
      if (!rule) return undefined;
      const day = localDay(now, (await readInstallation(tx)).timeZone);
      const { nSeen, nFound } = await findDoubts(tx, batch, rule, now, day);
      const seq = (await lastSeq(tx, id)) + 1;
      await tx.insert(verify_chunk).values({ batch_id: id, seq, rule, n_seen: nSeen, n_found: nFound, at: now });
      return nRun + 1 < rules.length ? { putOffTo: now } : undefined;
    },
    bury: async (tx, { payload, now }) => {
      const id = String(payload.id);
      const seq = (await lastSeq(tx, id)) + 1;
      await tx.insert(verify_chunk).values({ batch_id: id, seq, rule: null, n_seen: 0, n_found: 0, at: now });
    },
  },
  [refreshKind]: {
    effect: async (tx) => {
      await appendChanges(tx, [{ kind: 'reload', id: '*', op: 'put', version: 1, path: null }]);
      return undefined;
    },
  },
};

/** Opens a batch and puts its rules into the queue, once for an id. */
export const openBatch = ({ db }: Connection, scope: Scope, draft: VerifyDraft): Promise<{ id: string }> =>
  db.transaction(async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.code, draft.division));
    if (!place?.path.startsWith(scope.path))
      throw new Problem('not_found', `No division ${draft.division} in your territory.`, { code: draft.division });
    const at = await clockNow(tx);
    const { id, name } = draft;
    const written = await tx
      .insert(verify_batch)
      .values({
        ...{ id, name, rules: [...new Set(draft.rules)], division_code: place.code, path: place.path, at },
        ...{ actor_id: scope.actorId, actor_role: scope.role },
      })
      .onConflictDoNothing()
      .returning({ id: verify_batch.id });
    if (written.length > 0) await putJobs(tx, [findJob(id, at)]);
    return { id };
  });

/** Sends the records of a batch to their grids. `conflict`: its rules still run, or it was sent. */
export const sendBatch = ({ db }: Connection, scope: Scope, id: string): Promise<{ nSent: number }> =>
  db.transaction(async (tx) => {
    const [batch] = await tx.select().from(verify_batch).where(eq(verify_batch.id, id)).for('update');
    if (!batch?.path.startsWith(scope.path))
      throw new Problem('not_found', `No batch ${id} in your territory.`, { id });
    const nRun = await tx.$count(verify_chunk, sql`batch_id = ${id} and rule is not null`);
    if (batch.sent_at || nRun < batch.rules.length)
      throw new Problem('conflict', `Batch ${id} was sent, or its rules still run.`, { id });
    const at = await clockNow(tx);
    await tx.update(verify_batch).set({ sent_at: at, sent_by: scope.actorId }).where(eq(verify_batch.id, id));
    const sent = await tx
      .update(doubt)
      .set({ state: 'sent', sent_at: at })
      .where(sql`${doubt.batch_id} = ${id} and ${doubt.state} = 'found'`)
      .returning({ id: doubt.id, version: doubt.version });
    await tellDoubts(tx, sent);
    return { nSent: sent.length };
  });
