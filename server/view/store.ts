import { and, asc, eq, or, sql } from 'drizzle-orm';
import { Problem } from '@/data/model/problem';
import type { SavedView, SavedViewDraft } from '@/data/model/saved-view';
import { type Scope, ScreenKey } from '@/data/model/scope';
import { emptyView, View } from '@/data/model/view';
import type { Connection } from '../db/client';
import { division } from '../db/schema';
import { saved_view } from './table';

type Row = typeof saved_view.$inferSelect;

/** Views one post may keep. */
export const mostViews = 100;

/** Parts a View got after it was saved stand at their default; one that no longer is a View is left out. */
const toSaved = (row: Row, scope: Scope): SavedView[] => {
  const view = View.safeParse({ ...emptyView, ...(row.view as object) });
  const screen = ScreenKey.safeParse(row.screen);
  if (!view.success || !screen.success) return [];
  return [
    {
      id: row.id,
      version: row.version,
      name: row.name,
      screen: screen.data,
      view: view.data,
      isShared: row.is_shared,
      owner: { role: row.owner_role, division: row.owner_division },
      isOwn: row.owner_id === scope.actorId,
      updatedAt: row.updated_at.toISOString(),
    },
  ];
};

const isOwn = (scope: Scope) => eq(saved_view.owner_id, scope.actorId);
const isSharedWith = (scope: Scope) =>
  and(eq(saved_view.is_shared, true), sql`starts_with(${saved_view.path}, ${scope.path})`);

/** The caller's own views, and those shared that look at a division of the caller's territory; by name. */
export const listViews = async ({ db }: Connection, scope: Scope): Promise<SavedView[]> => {
  const rows = await db
    .select()
    .from(saved_view)
    .where(or(isOwn(scope), isSharedWith(scope)))
    .orderBy(asc(saved_view.name), asc(saved_view.id));
  return rows.flatMap((row) => toSaved(row, scope));
};

/** One view the caller may open; `not_found` for any other, somebody's private one too. */
export const readView = async ({ db }: Connection, scope: Scope, id: string): Promise<SavedView> => {
  const [row] = await db
    .select()
    .from(saved_view)
    .where(and(eq(saved_view.id, id), or(isOwn(scope), isSharedWith(scope))));
  const [saved] = row ? toSaved(row, scope) : [];
  if (!saved) throw new Problem('not_found', `No saved view ${id} for this post.`, { id });
  return saved;
};

/** Path of the division a View looks at; `not_found` outside the caller's territory. */
const pathOfView = async ({ db }: Connection, scope: Scope, code: string): Promise<string> => {
  const [node] = await db.select({ path: division.path }).from(division).where(eq(division.code, code));
  if (!node?.path.startsWith(scope.path))
    throw new Problem('not_found', `No division ${code} in your territory.`, { code });
  return node.path;
};

/** The View as it is kept: the division named, so that it means the same place to whoever opens it. */
const kept = async (connection: Connection, scope: Scope, draft: SavedViewDraft) => {
  const code = draft.view.division ?? scope.division;
  const path = await pathOfView(connection, scope, code);
  return {
    name: draft.name,
    screen: draft.screen,
    view: { ...draft.view, division: code },
    path,
    is_shared: draft.isShared,
  };
};

/** Keeps a View under a name; `invalid` once the post has its full number. */
export const saveView = async (connection: Connection, scope: Scope, draft: SavedViewDraft): Promise<SavedView> => {
  const own = await connection.db.select({ id: saved_view.id }).from(saved_view).where(isOwn(scope)).limit(mostViews);
  if (own.length >= mostViews) throw new Problem('invalid', `A post keeps at most ${mostViews} views.`);
  const [row] = await connection.db
    .insert(saved_view)
    .values({
      ...(await kept(connection, scope, draft)),
      owner_id: scope.actorId,
      owner_role: scope.role,
      owner_division: scope.division,
    })
    .returning({ id: saved_view.id });
  return readView(connection, scope, row?.id ?? '');
};

type Seen = { id: string; version: number };

/** Why a change of a view hit no row: it is not the caller's, or it was changed since. */
const missed = async ({ db }: Connection, scope: Scope, { id }: Seen): Promise<Problem> => {
  const [row] = await db
    .select({ version: saved_view.version })
    .from(saved_view)
    .where(and(eq(saved_view.id, id), isOwn(scope)));
  return row
    ? new Problem('conflict', `Saved view ${id} is at version ${row.version}.`, { id, version: row.version })
    : new Problem('not_found', `No saved view ${id} of this post.`, { id });
};

const isSeen = (scope: Scope, { id, version }: Seen) =>
  and(eq(saved_view.id, id), isOwn(scope), eq(saved_view.version, version));

/** Renames an own view, shares it or takes it back; `conflict` when it was changed since. */
export const renameView = async (
  connection: Connection,
  scope: Scope,
  { name, isShared, ...seen }: Seen & { name: string; isShared: boolean },
): Promise<SavedView> => {
  const changed = await connection.db
    .update(saved_view)
    .set({ name, is_shared: isShared, version: seen.version + 1, updated_at: sql`now()` })
    .where(isSeen(scope, seen))
    .returning({ id: saved_view.id });
  if (changed.length === 0) throw await missed(connection, scope, seen);
  return readView(connection, scope, seen.id);
};

/** Removes an own view; `conflict` when it was changed since. */
export const removeView = async (connection: Connection, scope: Scope, seen: Seen): Promise<{ id: string }> => {
  const removed = await connection.db.delete(saved_view).where(isSeen(scope, seen)).returning({ id: saved_view.id });
  if (removed.length === 0) throw await missed(connection, scope, seen);
  return { id: seen.id };
};
