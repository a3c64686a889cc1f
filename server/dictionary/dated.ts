import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { ChangeNote, DatedChange, DatedVersion, RuleFault } from '@/data/model/dated';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { localDay, midnightOf } from '../metric/period';
import { readInstallation } from './store';
import { rule_change, term } from './table';

/** Rows of a list that change together: one category, or the whole ladder. */
export type Dated = { list: string; codes: readonly string[] };

/** One row of a list with its validity. */
export type DatedRow = {
  code: string;
  parent: string | null;
  attrs: Record<string, string>;
  validFrom: Date;
  validTo: Date | null;
};

/** Columns of a `DatedRow`. */
export const datedColumns = {
  code: term.code,
  parent: term.parent,
  attrs: term.attrs,
  validFrom: term.valid_from,
  validTo: term.valid_to,
};

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

const refuse = (fault: RuleFault, detail: string): Problem => new Problem('invalid', detail, { fault });

const rowsOf = ({ list, codes }: Dated) => and(eq(term.list, list), inArray(term.code, [...codes]));

type LastRow = DatedRow & { zh: string; en: string };

/** The last rows, held until the transaction ends, so that two changes at once follow one another. */
const lockLast = async (tx: Executor, dated: Dated): Promise<[LastRow, ...LastRow[]]> => {
  // A row lock would hold the row that was last before the other change came in.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${dated.list}/${dated.codes.join(' ')}`}, 0))`);
  const [first, ...rest] = await tx
    .selectDistinctOn([term.code], { ...datedColumns, zh: term.zh, en: term.en })
    .from(term)
    .where(rowsOf(dated))
    .orderBy(asc(term.code), desc(term.valid_from));
  if (!first || rest.length + 1 !== dated.codes.length)
    throw new Problem('not_found', `The list ${dated.list} has not all of ${dated.codes}.`, {
      codes: `${dated.codes}`,
    });
  return [first, ...rest];
};

const checkSeen = (seen: string, { validFrom }: DatedRow): void => {
  if (Date.parse(seen) !== validFrom.getTime())
    throw new Problem('conflict', `The rules were changed by someone else: see those from ${validFrom.toISOString()}.`);
};

/** What a change says of one row: its columns after it, as judged by the module it belongs to. */
export type Judge = (last: DatedRow, tx: Executor) => Promise<Record<string, string> | RuleFault>;

/** Whether anything came in under the old rules since an instant, so that they cannot begin before tomorrow. */
export type IsUsed = (tx: Executor, from: Date) => Promise<boolean>;

const faultOfDay = async (
  tx: Executor,
  { from, last, timeZone, isUsed }: { from: string; last: DatedRow; timeZone: string; isUsed: IsUsed },
): Promise<RuleFault | null> => {
  const [clock] = await tx.execute<{ at: string }>(sql`select clock_timestamp() as at`);
  const today = localDay(new Date(clock?.at ?? 0), timeZone);
  const at = midnightOf(from, timeZone);
  if (from < today) return 'past';
  if (at <= last.validFrom) return 'behind';
  return from === today && (await isUsed(tx, at)) ? 'used' : null;
};

const isSame = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const said = (row: Record<string, string>) => JSON.stringify(Object.entries(row).sort());
  return said(a) === said(b);
};

/**
 * Changes rules from a day on (规则变更): the last rows end then, new ones begin. Tomorrow at the earliest, or today while
 * nothing came in under them. `invalid` with the fault.
 */
export const changeDated = async (
  { db }: Connection,
  scope: Scope,
  dated: Dated,
  { change, judge, isUsed }: { change: DatedChange; judge: Judge; isUsed: IsUsed },
): Promise<void> => {
  const { timeZone } = await checkKeeper(db, scope);
  await db.transaction(async (tx) => {
    const rows = await lockLast(tx, dated);
    checkSeen(change.seen, rows[0]);
    const judged = [];
    for (const last of rows) judged.push({ last, after: await judge(last, tx) });
    const named = judged.find(({ after }) => typeof after === 'string')?.after as RuleFault | undefined;
    const after = judged.map((one) => ({ ...one, after: one.after as Record<string, string> }));
    const fault =
      named ??
      (await faultOfDay(tx, { from: change.from, last: rows[0], timeZone, isUsed })) ??
      (after.every((one) => isSame(one.last.attrs, one.after)) ? 'same' : null);
    if (fault) throw refuse(fault, `The rules of ${dated.list} cannot be changed like this: ${fault}.`);
    const from = midnightOf(change.from, timeZone);
    for (const { last, after: attrs } of after) {
      const { code, parent, zh, en } = last;
      const row = and(eq(term.list, dated.list), eq(term.code, code), eq(term.valid_from, last.validFrom));
      await tx.update(term).set({ valid_to: from }).where(row);
      await tx
        .insert(term)
        .values({ list: dated.list, code, zh, en, parent, attrs, valid_from: from, source: 'changed here' });
      await tx.insert(rule_change).values({
        ...{ list: dated.list, code, act: 'set', valid_from: from, before: last.attrs, after: attrs },
        ...{ actor_id: scope.actorId, actor_role: scope.role, note: change.note },
      });
    }
  });
};

/** Takes back rows that have not begun; those before them go on. That they were there stays on record. */
export const withdrawDated = async (
  { db }: Connection,
  scope: Scope,
  dated: Dated,
  { seen, note }: Omit<DatedChange, 'from'>,
): Promise<void> => {
  await checkKeeper(db, scope);
  await db.transaction(async (tx) => {
    const rows = await lockLast(tx, dated);
    const from = rows[0].validFrom;
    checkSeen(seen, rows[0]);
    const gone = await tx
      .delete(term)
      .where(and(rowsOf(dated), eq(term.valid_from, from), sql`valid_from > now()`))
      .returning({ code: term.code });
    if (gone.length === 0)
      throw refuse('begun', `The rules of ${dated.list} have begun: change them from a later day.`);
    const opened = await tx
      .update(term)
      .set({ valid_to: null })
      .where(and(rowsOf(dated), eq(term.valid_to, from)))
      .returning({ code: term.code, attrs: term.attrs });
    await tx.insert(rule_change).values(
      rows.map(({ code, attrs: before }) => ({
        ...{ list: dated.list, code, act: 'withdrawn' as const, valid_from: from, before },
        ...{ after: opened.find((one) => one.code === code)?.attrs ?? {} },
        ...{ actor_id: scope.actorId, actor_role: scope.role, note },
      })),
    );
  });
};

type Change = typeof rule_change.$inferSelect;

const noteOf = (change: Change | undefined): ChangeNote =>
  change ? { act: change.act, actor: change.actor_id, at: change.recorded_at.toISOString(), note: change.note } : null;

/** Rules in a version: columns by code. */
export type VersionRows = DatedVersion & { rows: { code: string; attrs: Record<string, string>; validFrom: Date }[] };

/** Every version of rules that change together, the newest first (规则沿革); those withdrawn before they began among them. */
export const datedHistory = async ({ db }: Connection, dated: Dated): Promise<VersionRows[]> => {
  const rows = await db.select(datedColumns).from(term).where(rowsOf(dated)).orderBy(asc(term.code));
  const ofChange = and(eq(rule_change.list, dated.list), inArray(rule_change.code, [...dated.codes]));
  const changes = await db
    .select()
    .from(rule_change)
    .where(ofChange)
    .orderBy(asc(rule_change.recorded_at), asc(rule_change.code));
  const versions = new Map<string, VersionRows>();
  for (const { code, attrs, validFrom, validTo } of rows) {
    const from = validFrom.toISOString();
    const made = changes.findLast(
      (one) => one.act === 'set' && one.code === code && one.valid_from.getTime() === validFrom.getTime(),
    );
    const version = versions.get(from) ?? {
      ...{ from, until: validTo?.toISOString() ?? null, change: noteOf(made), rows: [] },
    };
    version.rows.push({ code, attrs, validFrom });
    versions.set(from, version);
  }
  for (const change of changes.filter(({ act }) => act === 'withdrawn')) {
    const from = change.valid_from.toISOString();
    const key = `${from} ${change.recorded_at.toISOString()}`;
    const version = versions.get(key) ?? { from, until: from, change: noteOf(change), rows: [] };
    version.rows.push({ code: change.code, attrs: change.before, validFrom: change.valid_from });
    versions.set(key, version);
  }
  return [...versions.values()].toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
};
