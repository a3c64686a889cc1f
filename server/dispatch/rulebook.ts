import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { DatedVersion } from '@/data/model/dated';
import type { DispatchRule, RuleDraft } from '@/data/model/dispatch';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { event, term } from '../db/schema';
import { changeDated, datedColumns, datedHistory, type IsUsed, type Judge, withdrawDated } from '../dictionary/dated';
import { wordsIn } from '../dictionary/store';
import { attrsAfter, faultOfRule, ruleOf } from './rules';

const list = 'event-category';

/** A category's rule as it is shown: the row valid now, and the one to come, if there is one. */
export type Rule = DispatchRule & {
  parent: string | null;
  closeCondition: string;
  nRows: number;
  next: DispatchRule | null;
};

const isNow = (at: SQL = sql`now()`): SQL =>
  sql`${term.valid_from} <= ${at} and (${term.valid_to} is null or ${term.valid_to} > ${at})`;

/** The rule of every category valid now (分拨规则), in the order of the list. */
export const listRules = async ({ db }: Connection): Promise<Rule[]> => {
  const rows = await db
    .select({ ...datedColumns, isNow: sql<boolean>`${isNow()}`, isNext: sql<boolean>`${term.valid_from} > now()` })
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

/** One row of a category's history. */
export type RuleVersion = DispatchRule & DatedVersion & { closeCondition: string };

/** Every row a category has or had, the newest first (规则沿革). */
export const ruleHistory = async (connection: Connection, code: string): Promise<RuleVersion[]> => {
  const versions = await datedHistory(connection, { list, codes: [code] });
  if (versions.length === 0) throw new Problem('not_found', `No event category ${code}.`, { category: code });
  return versions.flatMap(({ rows, ...version }) =>
    rows.map((row) => ({ ...ruleOf(row), ...version, closeCondition: row.attrs.close_condition ?? '' })),
  );
};

/** Whether an event of the category came in since. */
const isUsed =
  (category: string): IsUsed =>
  async (tx, from) => {
    const since = sql`${event.recorded_at} >= ${from.toISOString()}::timestamptz`;
    const [used] = await tx
      .select({ id: event.id })
      .from(event)
      .where(and(eq(event.category_code, category), since))
      .limit(1);
    return used !== undefined;
  };

const judge =
  (draft: RuleDraft): Judge =>
  async (last, tx) => {
    const codesOf = async (name: string) => (await wordsIn(tx, name)).map(({ code }) => code);
    const [departments, conditions] = [await codesOf('department'), await codesOf('close-condition')];
    return faultOfRule(draft, { last, departments, conditions }) ?? attrsAfter(last.attrs, draft);
  };

/** Changes a category's rule from a day on (规则变更). Events keep the limits they were reported with. */
export const changeRule = async (connection: Connection, scope: Scope, draft: RuleDraft): Promise<void> => {
  const dated = { list, codes: [draft.category] };
  await changeDated(connection, scope, dated, { change: draft, judge: judge(draft), isUsed: isUsed(draft.category) });
};

/** Takes back a row that has not begun. */
export const withdrawRule = async (
  connection: Connection,
  scope: Scope,
  { category, ...change }: Pick<RuleDraft, 'category' | 'seen' | 'note'>,
): Promise<void> => withdrawDated(connection, scope, { list, codes: [category] }, change);
