import { sql } from 'drizzle-orm';
import type { ReaderGroup } from '@/data/model/catalog';
import { type Executor, readerRole } from '../db/client';

/** Groups from the narrowest, each by what the policy of a table says of it. */
const groups: readonly [ReaderGroup, RegExp][] = [
  ['auditor', /= 'R8'::text/],
  ['people', /^\W*SELECT\W*scope_word\('role'.{0,90}'R4'::text, 'R5'::text\]/],
  ['works', /^\W*SELECT\W*scope_word\('role'.{0,90}'R5'::text, 'R6'::text\]/],
  ['own', /'actor'/],
  ['territory', /'level'|starts_with|scope_codes/],
];

/** Who may read a column (null = any of the table's), by the policy of its table and of the one it leans on. */
export const readersOf = async (db: Executor, table: string, column: string | null): Promise<ReaderGroup> => {
  const may = column
    ? sql`has_column_privilege(${readerRole}, c.oid, ${column}, 'select')`
    : sql`has_any_column_privilege(${readerRole}, c.oid, 'select')`;
  const [row] = await db.execute<{ said: string | null; may: boolean }>(sql`
    select pg_get_expr(p.polqual, p.polrelid) as said, ${may} as may
    from pg_class c left join pg_policy p on p.polrelid = c.oid and p.polcmd = 'r'
    where c.oid = to_regclass(${table})`);
  if (!row?.said || !row.may) return 'nobody';
  const { said } = row;
  const own = groups.find(([, pattern]) => pattern.test(said))?.[0];
  if (own) return own;
  const isOpenElse = !/^\W*EXISTS/.test(said) && / OR \W*EXISTS/.test(said);
  const [, leant] = isOpenElse ? [] : (/FROM (\w+)/.exec(said) ?? []);
  return leant && leant !== table ? readersOf(db, leant, null) : 'everybody';
};
