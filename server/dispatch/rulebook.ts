import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { DispatchRule, RuleDraft, RuleFault } from '@/data/model/dispatch';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { event, rule_change, term } from '../db/schema';
import { readInstallation, wordsIn } from '../dictionary/store';
import { localDay, midnightOf } from '../metric/period';
import { attrsAfter, faultOfRule, type RuleRow, ruleOf } from './rules';

const list = 'event-category';

const columns = {
  code: term.code,
  parent: term.parent,
  attrs: term.attrs,
  validFrom: term.valid_from,
  validTo: term.valid_to,
};

/** A category's rule as it is shown: the row valid now, and the one to come, if there is one. */
export type Rule = DispatchRule & {
  parent: string | null;
  closeCondition: string;
  nRows: number;
  next: DispatchRule | null;
};

const isNow = (at: SQL = sql`now()`): SQL =>
  sql`${term.valid_from} <= ${at} and (${term.valid_to} is null or ${term.valid_to} > ${at})`;

/** Refuses who may not keep the rules: they are of the whole installation; a commander does in a demo only. */
const checkKeeper = async (db: Executor, scope: Scope): Promise<{ timeZone: string }> => {
  const { rootPath, demo, timeZone } = await readInstallation(db);
  if (!rootPath.startsWith(scope.path))
    throw new Problem('not_allowed', 'Rules are kept for the whole installation, by a post of its root.');
  if (scope.role !== 'R9' && !(scope.role === 'R2' && demo))
    throw new Problem('not_allowed', 'Rules are kept by the system administrator (R9).');
  return { timeZone };
};

/** Whether the caller may change rules (规则维护). */
export const mayKeep = async (db: Executor, scope: Scope): Promise<boolean> =>
  checkKeeper(db, scope).then(
    () => scope.screen !== 'big',
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'not_allowed') return false;
      throw error;
    },
  );

/** The rule of every category valid now (分拨规则), in the order of the list. */
export const listRules = async ({ db }: Connection): Promise<Rule[]> => {
  const rows = await db
    .select({ ...columns, isNow: sql<boolean>`${isNow()}`, isNext: sql<boolean>`${term.valid_from} > now()` })
    .from(term)
    .where(eq(term.list, list))
    .orderBy(asc(term.code), asc(term.valid_from));
  const byCode = new Map<string, typeof rows>();
  for (const row of rows) byCode.set(row.code, [...(byCode.get(row.code) ?? []), row]);
  return [...byCode.values()].flatMap((versions): Rule[] => {
    const now = versions.find((row) => row.isNow);
    if (!now) return [];
    const next = versions.find((row) => row.isNext);
    const { parent, attrs } = now;
    return [
      {
        ...ruleOf(now),
        parent,
        closeCondition: attrs.close_condition ?? '',
        nRows: versions.length,
        next: next ? ruleOf(next) : null,
      },
    ];
  });
};

/** One row of a category's history, and who put it on record; null = it came with the list. */
export type RuleVersion = DispatchRule & {
  closeCondition: string;
  until: string | null;
  change: { act: string; actor: string; at: string; note: string } | null;
};

/** Every row a category has or had, the newest first (规则沿革); rows that were withdrawn before they began among them. */
export const ruleHistory = async ({ db }: Connection, code: string): Promise<RuleVersion[]> => {
  const rows = await db
    .select(columns)
    .from(term)
    .where(and(eq(term.list, list), eq(term.code, code)))
    .orderBy(desc(term.valid_from));
  if (rows.length === 0) throw new Problem('not_found', `No event category ${code}.`, { category: code });
  const changes = await db
    .select()
    .from(rule_change)
    .where(and(eq(rule_change.list, list), eq(rule_change.code, code)))
    .orderBy(desc(rule_change.recorded_at));
  const changeOf = (validFrom: Date, act: string) =>
    changes.find((change) => change.act === act && change.valid_from.getTime() === validFrom.getTime());
  const shown = (change: (typeof changes)[number] | undefined) =>
    change
      ? { act: change.act, actor: change.actor_id, at: change.recorded_at.toISOString(), note: change.note }
      : null;
  const standing = rows.map(
    (row): RuleVersion => ({
      ...ruleOf(row),
      closeCondition: row.attrs.close_condition ?? '',
      until: row.validTo?.toISOString() ?? null,
      change: shown(changeOf(row.validFrom, 'set')),
    }),
  );
  const withdrawn = changes
    .filter(({ act }) => act === 'withdrawn')
    .map(
      (change): RuleVersion => ({
        ...ruleOf({ code, attrs: change.before, validFrom: change.valid_from }),
        closeCondition: change.before.close_condition ?? '',
        until: change.valid_from.toISOString(),
        change: shown(change),
      }),
    );
  return [...standing, ...withdrawn].toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
};

/** The last row of a category, held until the transaction ends, so that two changes at once follow one another. */
const lockLast = async (tx: Executor, code: string): Promise<RuleRow & { zh: string; en: string }> => {
  // A row lock would hold the row that was last before the other change came in.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${list}/${code}`}, 0))`);
  const [last] = await tx
    .select({ ...columns, zh: term.zh, en: term.en })
    .from(term)
    .where(and(eq(term.list, list), eq(term.code, code)))
    .orderBy(desc(term.valid_from))
    .limit(1);
  if (!last) throw new Problem('not_found', `No event category ${code}.`, { category: code });
  return last;
};

const refuse = (fault: RuleFault, detail: string): Problem => new Problem('invalid', detail, { fault });

const checkSeen = (seen: string, last: RuleRow): void => {
  if (Date.parse(seen) !== last.validFrom.getTime())
    throw new Problem(
      'conflict',
      `The rule was changed by someone else: see the row from ${last.validFrom.toISOString()}.`,
    );
};

const logChange = async (
  tx: Executor,
  scope: Scope,
  change: Omit<typeof rule_change.$inferInsert, 'list' | 'actor_id' | 'actor_role'>,
): Promise<void> => {
  await tx.insert(rule_change).values({ list, ...change, actor_id: scope.actorId, actor_role: scope.role });
};

/** Reads what a draft is judged by, under the lock of the category's last row. */
const readKnown = async (tx: Executor, draft: RuleDraft, timeZone: string) => {
  const last = await lockLast(tx, draft.category);
  const [clock] = await tx.execute<{ at: string }>(sql`select clock_timestamp() as at`);
  const from = midnightOf(draft.from, timeZone);
  const [used] = await tx
    .select({ id: event.id })
    .from(event)
    .where(
      and(eq(event.category_code, draft.category), sql`${event.recorded_at} >= ${from.toISOString()}::timestamptz`),
    )
    .limit(1);
  const codesOf = async (name: string) => (await wordsIn(tx, name)).map(({ code }) => code);
  const [departments, conditions] = [await codesOf('department'), await codesOf('close-condition')];
  const today = localDay(new Date(clock?.at ?? 0), timeZone);
  return { last, from, today, isUsed: used !== undefined, departments, conditions };
};

/**
 * Changes a category's rule from a day on (规则变更): the last row ends then, a new one begins. Tomorrow at the earliest,
 * or today while no event of the category came in. Events keep the limits they were reported with.
 */
export const changeRule = async ({ db }: Connection, scope: Scope, draft: RuleDraft): Promise<void> => {
  const { timeZone } = await checkKeeper(db, scope);
  await db.transaction(async (tx) => {
    const known = await readKnown(tx, draft, timeZone);
    const { last, from } = known;
    checkSeen(draft.seen, last);
    const fault = faultOfRule(draft, known);
    if (fault) throw refuse(fault, `The rule of ${draft.category} cannot be changed like this: ${fault}.`);
    const after = attrsAfter(last.attrs, draft);
    const row = and(eq(term.list, list), eq(term.code, last.code), eq(term.valid_from, last.validFrom));
    await tx.update(term).set({ valid_to: from }).where(row);
    await tx.insert(term).values({
      ...{ list, code: last.code, zh: last.zh, en: last.en, parent: last.parent },
      ...{ attrs: after, valid_from: from, source: 'changed here' },
    });
    await logChange(tx, scope, {
      ...{ code: last.code, act: 'set', valid_from: from, before: last.attrs, after, note: draft.note },
    });
  });
};

/** Takes back a row that has not begun; the row before it goes on. That it was there stays on record. */
export const withdrawRule = async (
  { db }: Connection,
  scope: Scope,
  { category, seen, note }: { category: string; seen: string; note: string },
): Promise<void> => {
  await checkKeeper(db, scope);
  await db.transaction(async (tx) => {
    const last = await lockLast(tx, category);
    checkSeen(seen, last);
    const gone = await tx
      .delete(term)
      .where(
        and(eq(term.list, list), eq(term.code, category), eq(term.valid_from, last.validFrom), sql`valid_from > now()`),
      )
      .returning({ code: term.code });
    if (gone.length === 0) throw refuse('begun', `The rule of ${category} has begun: change it from a later day.`);
    const before = and(eq(term.list, list), eq(term.code, category), eq(term.valid_to, last.validFrom));
    const [open] = await tx.update(term).set({ valid_to: null }).where(before).returning({ attrs: term.attrs });
    await logChange(tx, scope, {
      ...{
        code: category,
        act: 'withdrawn',
        valid_from: last.validFrom,
        before: last.attrs,
        after: open?.attrs ?? {},
        note,
      },
    });
  });
};
