import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Metric } from '@/data/metrics/metric';
import { faultsOf, listedMetric, type OwnDraft, type OwnMetric } from '@/data/metrics/own';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { newestOwn } from './own';
import { own_metric, target } from './table';

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

/** Indicators one installation keeps. */
const mostOwn = 200;

/** Versions of the customer's indicators, or of one of them, oldest first (自建指标). */
export const readOwn = async (db: Executor, slug?: string): Promise<OwnMetric[]> => {
  const { slug: name, version, definition, since, actor_id: actor } = own_metric;
  const rows = await db
    .select({ slug: name, version, definition, since, actor })
    .from(own_metric)
    .where(slug === undefined ? undefined : eq(name, slug))
    .orderBy(asc(name), asc(version));
  return rows.map(({ definition: told, ...row }) => ({ ...told, ...row, since: row.since.toISOString() }));
};

/** The customer's indicators as they stand, as the catalogue lists them. */
export const listOwn = async (db: Executor): Promise<Metric[]> => newestOwn(await readOwn(db)).map(listedMetric);

/** Appends a version, true from now on; the versions before answer for the time before. */
export const appendOwn = async (db: Executor, scope: Scope, draft: OwnDraft, now: Date): Promise<OwnMetric[]> => {
  const [fault] = faultsOf(draft);
  if (fault) throw new Problem('invalid', `The indicator can't be asked: ${fault.field}, ${fault.code}.`, fault);
  const { slug, version, ...definition } = draft;
  const all = await readOwn(db);
  const current = all.findLast((own) => own.slug === slug)?.version ?? 0;
  if (current !== version) throw new Problem('conflict', `${slug} is at version ${current}.`, { version: current });
  if (current === 0 && new Set(all.map((own) => own.slug)).size >= mostOwn)
    throw new Problem('invalid', `At most ${mostOwn} indicators are kept.`);
  const added = await db
    .insert(own_metric)
    .values({ slug, version: version + 1, definition, since: now, actor_id: scope.actorId })
    .onConflictDoNothing()
    .returning({ version: own_metric.version });
  if (added.length === 0) throw new Problem('conflict', `${slug} is beyond version ${current}.`, { version: current });
  return readOwn(db, slug);
};
