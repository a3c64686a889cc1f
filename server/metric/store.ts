import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Executor } from '../db/client';
import { target } from './table';

/** The target of a metric in a division valid at an instant (目标值); null when none is set. */
export const readTarget = async (
  db: Executor,
  where: { metric: string; division: string; at: Date },
): Promise<number | null> => {
  const [row] = await db
    .select({ value: target.value })
    .from(target)
    .where(
      and(
        eq(target.metric, where.metric),
        eq(target.division_code, where.division),
        lte(target.valid_from, where.at),
        or(isNull(target.valid_to), gt(target.valid_to, where.at)),
      ),
    );
  return row?.value ?? null;
};
