import { and, eq, sql } from 'drizzle-orm';
import type { DispatchRule } from '@/data/model/dispatch';
import { refuse } from '@/data/model/intake';
import type { Executor } from '../db/client';
import { term } from '../db/schema';
import { inForce } from '../dictionary/store';
import { ruleOf } from '../dispatch/rules';
import { CategoryLimits } from './rules';

/** What the category list says of limits and dispatch; `at` = the clock of the database. Events keep it as it is now. */
export type Category = { code: string; l1: string; limits: CategoryLimits; rule: DispatchRule; at: Date };

/** Rows of the category list valid now, by code; one that the list does not have is missing. */
export const readCategories = async (tx: Executor, codes: readonly string[]): Promise<Map<string, Category>> => {
  const rows = await tx
    .select({
      ...{ code: term.code, parent: term.parent, attrs: term.attrs, validFrom: term.valid_from },
      at: sql<string>`now()`,
    })
    .from(term)
    .where(
      and(
        eq(term.list, 'event-category'),
        sql`${term.code} in (select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`,
        inForce(),
      ),
    );
  return new Map(
    rows.map(({ code, parent, attrs, validFrom, at }) => {
      const rule = ruleOf({ code, attrs, validFrom });
      return [code, { code, l1: parent ?? code, limits: CategoryLimits.parse(attrs), rule, at: new Date(at) }];
    }),
  );
};

const unknown = (code: string) => refuse('category', `Event category ${code} is not in the list.`, { category: code });

/** One of `readCategories`. */
export const categoryIn = (known: ReadonlyMap<string, Category>, code: string): Category => {
  const category = known.get(code);
  if (!category) throw unknown(code);
  return category;
};

/** Row of the category list valid now. */
export const readCategory = async (tx: Executor, code: string): Promise<Category> =>
  categoryIn(await readCategories(tx, [code]), code);
