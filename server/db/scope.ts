import { eq, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { readInstallation } from '../dictionary/store';
import type { Executor } from './client';
import { division } from './schema';

/** Columns that say where a placed row falls; every one may be null. */
export type PlaceColumns = {
  subdistrict_code: AnyPgColumn;
  community_code: AnyPgColumn;
  grid_code: AnyPgColumn;
};

const ownColumn: Partial<Record<DivisionLevel, keyof PlaceColumns>> = {
  subdistrict: 'subdistrict_code',
  community: 'community_code',
  grid: 'grid_code',
};

/**
 * Placed rows of the caller's territory. Rows without any place belong to the root of the installation alone; rows
 * placed no deeper than a community belong to it and all above.
 */
export const inTerritory = async (db: Executor, scope: Scope, columns: PlaceColumns): Promise<SQL> => {
  const own = ownColumn[scope.level];
  if (own) return sql`${columns[own]} = ${scope.division}`;
  const { rootPath } = await readInstallation(db);
  if (rootPath.startsWith(scope.path)) return sql`true`;
  const codes = sql`select code from division where starts_with(path, ${scope.path})`;
  return sql`coalesce(${columns.grid_code}, ${columns.community_code}, ${columns.subdistrict_code}) in (${codes})`;
};

/** The caller's scope cut to a division of the territory (null = all of it); `not_found` for any other. */
export const narrowScope = async (db: Executor, scope: Scope, code: string | null): Promise<Scope> => {
  if (code === null) return scope;
  const [place] = await db.select().from(division).where(eq(division.code, code));
  if (!place?.path.startsWith(scope.path))
    throw new Problem('not_found', `No division ${code} in your territory.`, { code });
  return { ...scope, division: code, path: place.path, level: divisionLevels[place.level - 1] ?? 'grid' };
};
