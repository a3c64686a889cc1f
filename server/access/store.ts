import { asc, eq, sql } from 'drizzle-orm';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { division } from '../db/schema';
import { type Installation, readInstallation } from '../dictionary/store';
import { readEnv } from '../env';
import { openRole, parseBadge, rolesAt } from './rules';

/** Whether anybody may take any post: made-up people may be shown, real ones only where GRIDHALL_OPEN says so. */
const isOpenTo = ({ demo }: Installation): boolean => demo !== null || readEnv().GRIDHALL_OPEN === 'on';

/**
 * The caller's scope from the sign-in badge, or the open post of the screen. A badge for
 * an unknown division or role, or for a post that real data keeps until there are accounts, is `not_allowed`.
 */
export const resolveScope = async (
  connection: Connection,
  input: { badge: string | undefined; screen: ScreenKey },
): Promise<Scope> => {
  const installation = await readInstallation(connection.db);
  const badge = parseBadge(input.badge);
  const code = badge?.division ?? installation.root;
  const role: Role = badge?.role ?? openRole(input.screen, isOpenTo(installation));
  const [node] = await connection.db
    .select({ path: division.path, level: division.level, name: division.name })
    .from(division)
    .where(eq(division.code, code));
  const level = node && divisionLevels[node.level - 1];
  const isPost = level && (!badge || rolesAt(level, code === installation.root, isOpenTo(installation)).includes(role));
  if (!node || !isPost || !node.path.startsWith(installation.rootPath))
    throw new Problem('not_allowed', `No post ${role} in division ${code}.`);
  return {
    division: code,
    path: node.path,
    level,
    role,
    screen: input.screen,
    post: node.name,
    actorId: `${role}:${code}`,
  };
};

/** A post a visitor of an open installation can take in the chooser. */
export type Post = {
  role: Role;
  division: string;
  parent: string | null;
  level: DivisionLevel;
  name: string;
  nameEn: string;
};

/** Posts of this installation: the roles of each level in each division of its territory, the highest level first. */
export const listPosts = async ({ db }: Connection): Promise<Post[]> => {
  const installation = await readInstallation(db);
  const { root, rootPath } = installation;
  const rows = await db
    .select({
      division: division.code,
      parent: division.parent_code,
      level: division.level,
      name: division.name,
      nameEn: division.name_en,
    })
    .from(division)
    .where(sql`starts_with(${division.path}, ${rootPath})`)
    .orderBy(asc(division.level), asc(division.sort), asc(division.code));
  return rows.flatMap(({ level: n, ...row }) => {
    const level = divisionLevels[n - 1] ?? 'grid';
    return rolesAt(level, row.division === root, isOpenTo(installation)).map((role) => ({ ...row, level, role }));
  });
};

/** The badge of a post that exists; `not_allowed` for any other. */
export const signIn = async (connection: Connection, wanted: { role: Role; division: string }): Promise<string> => {
  const posts = await listPosts(connection);
  if (!posts.some((post) => post.role === wanted.role && post.division === wanted.division))
    throw new Problem('not_allowed', `No post ${wanted.role} in division ${wanted.division}.`);
  return `${wanted.role}:${wanted.division}`;
};

/**
 * Scope of what comes in without a post (the public, sending systems, devices): the whole installation. Who acted is told
 * apart from it; no such scope ever leaves the server.
 */
export const systemScope = async ({ db }: Connection): Promise<Scope> => {
  const { root, rootPath } = await readInstallation(db);
  const [node] = await db.select({ level: division.level }).from(division).where(eq(division.code, root));
  return {
    division: root,
    path: rootPath,
    level: divisionLevels[(node?.level ?? 3) - 1] ?? 'district',
    role: 'R2',
    screen: 'mid',
    post: root,
    actorId: 'system',
  };
};
