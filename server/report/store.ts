import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { type OwnRef, type OwnReport, OwnReportDraft } from '@/data/model/own-report';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { division } from '../db/schema';
import { readCatalogue } from './catalogue';
import { checkBlocks } from './rules';
import { saved_report } from './table';

type Row = typeof saved_report.$inferSelect;
type Seen = { id: string; version: number };

/** Reports one post may keep. */
export const mostReports = 100;

/** One that is no report any more is left out. */
const toReport = (row: Row, newest: Row, scope: Scope): OwnReport[] => {
  const { id, version, division_code, at, is_shared, saved_at, owner_role, owner_division } = row;
  const draft = OwnReportDraft.safeParse({
    ...row,
    isShared: is_shared,
    division: division_code,
    at: at.toISOString(),
  });
  if (!draft.success) return [];
  return [
    {
      ...{ ...draft.data, id, version, newest: newest.version, division: division_code, at: at.toISOString() },
      owner: { role: owner_role, division: owner_division },
      isOwn: newest.owner_id === scope.actorId,
      savedAt: saved_at.toISOString(),
    },
  ];
};

/** Whether the newest version of a report lets the caller open it: one's own, or one of a division of the territory. */
const mayOpen = ({ owner_id, is_shared, is_removed, path }: Row, scope: Scope): boolean =>
  owner_id === scope.actorId || (is_shared && !is_removed && path.startsWith(scope.path));

/** The newest version of every report the caller may open; by name. */
export const listReports = async ({ db }: Connection, scope: Scope): Promise<OwnReport[]> => {
  const rows = await db
    .select()
    .from(saved_report)
    .where(
      and(
        sql`(${saved_report.owner_id} = ${scope.actorId} or starts_with(${saved_report.path}, ${scope.path}))`,
        sql`not exists (select from saved_report later where later.id = ${saved_report.id} and later.version > ${saved_report.version})`,
      ),
    )
    .orderBy(asc(saved_report.name), asc(saved_report.id));
  return rows.filter((row) => !row.is_removed && mayOpen(row, scope)).flatMap((row) => toReport(row, row, scope));
};

const newestOf = async ({ db }: Connection, id: string): Promise<Row | undefined> => {
  const rows = await db
    .select()
    .from(saved_report)
    .where(eq(saved_report.id, id))
    .orderBy(desc(saved_report.version))
    .limit(1);
  return rows[0];
};

const missing = (id: string) => new Problem('not_found', `No saved report ${id} for this post.`, { id });

/** A report in one version, the newest for null; `not_found` for whoever may not open it. What was removed stays to be read. */
export const readReport = async (connection: Connection, scope: Scope, { id, version }: OwnRef): Promise<OwnReport> => {
  const newest = await newestOf(connection, id);
  if (!newest || !mayOpen(newest, scope)) throw missing(id);
  const wanted = and(eq(saved_report.id, id), eq(saved_report.version, version ?? newest.version));
  const [row] = await connection.db.select().from(saved_report).where(wanted);
  const [report] = row ? toReport(row, newest, scope) : [];
  if (!report) throw missing(id);
  return report;
};

/**
 * An instant that nothing recorded by it is still to be committed after: before every writing transaction there is, so
 * that the record of then is whole.
 */
const settledClock = async ({ sql: run }: Connection): Promise<Date> => {
  const [row] = await run<{ at: Date }[]>`
    select least(now(), (select min(xact_start) from pg_stat_activity where backend_xid is not null))
      - interval '1 second' as at`;
  if (!row) throw new Error('The clock was not read.');
  return new Date(row.at);
};

/** Path of the division reported on; `not_found` outside the caller's territory. */
const pathOf = async ({ db }: Connection, scope: Scope, code: string): Promise<string> => {
  const [node] = await db.select({ path: division.path }).from(division).where(eq(division.code, code));
  if (!node?.path.startsWith(scope.path))
    throw new Problem('not_found', `No division ${code} in your territory.`, { code });
  return node.path;
};

/** What a version holds: its place named and its clock fixed, so that it tells the same to whoever opens it. */
const contentOf = async (connection: Connection, scope: Scope, draft: OwnReportDraft) => {
  const { name, isShared, blocks, period, division: asked, at } = draft;
  checkBlocks(blocks, await readCatalogue(connection));
  const settled = await settledClock(connection);
  const code = asked ?? scope.division;
  return {
    ...{ name, blocks, period, division_code: code, path: await pathOf(connection, scope, code) },
    at: at && new Date(at) < settled ? new Date(at) : settled,
    is_shared: isShared,
    ...{ owner_id: scope.actorId, owner_role: scope.role, owner_division: scope.division },
  };
};

/** Keeps a report under a name; `invalid` once the post has its full number. */
export const saveReport = async (connection: Connection, scope: Scope, draft: OwnReportDraft): Promise<OwnReport> => {
  const own = (await listReports(connection, scope)).filter(({ isOwn }) => isOwn);
  if (own.length >= mostReports) throw new Problem('invalid', `A post keeps at most ${mostReports} reports.`);
  const id = randomUUID().replaceAll('-', '').slice(0, 12);
  await connection.db.insert(saved_report).values({ ...(await contentOf(connection, scope, draft)), id, version: 1 });
  return readReport(connection, scope, { id, version: 1 });
};

/** The newest version of an own report; `conflict` when it is not the one that was seen. */
const seenOf = async (connection: Connection, scope: Scope, { id, version }: Seen): Promise<Row> => {
  const newest = await newestOf(connection, id);
  if (!newest || newest.owner_id !== scope.actorId || newest.is_removed) throw missing(id);
  if (newest.version !== version)
    throw new Problem('conflict', `Saved report ${id} is at version ${newest.version}.`, {
      id,
      version: newest.version,
    });
  return newest;
};

/** Appends a version; the second of two from the same one meets a conflict. */
const append = async ({ db }: Connection, row: Omit<typeof saved_report.$inferInsert, 'saved_at'>): Promise<void> => {
  const added = await db.insert(saved_report).values(row).onConflictDoNothing().returning({ id: saved_report.id });
  if (added.length === 0) throw new Problem('conflict', `Saved report ${row.id} was changed since.`, { id: row.id });
};

/** Changes an own report: the next version stands, the old one stays to be opened. */
export const changeReport = async (
  connection: Connection,
  scope: Scope,
  draft: OwnReportDraft & Seen,
): Promise<OwnReport> => {
  const { id, version } = await seenOf(connection, scope, draft);
  await append(connection, { ...(await contentOf(connection, scope, draft)), id, version: version + 1 });
  return readReport(connection, scope, { id, version: version + 1 });
};

/** Takes an own report off the lists. */
export const removeReport = async (connection: Connection, scope: Scope, seen: Seen): Promise<{ id: string }> => {
  const { saved_at: _, ...newest } = await seenOf(connection, scope, seen);
  await append(connection, { ...newest, version: newest.version + 1, is_removed: true });
  return { id: seen.id };
};
