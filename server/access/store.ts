import { asc, eq, sql } from 'drizzle-orm';
import { type DivisionLevel, divisionLevels } from '@/data/model/division';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Role, Scope, ScreenKey } from '@/data/model/scope';
import type { SignedIn } from '../account/session';
import type { Connection, Executor } from '../db/client';
import { division } from '../db/schema';
import { type Installation, readInstallation } from '../dictionary/store';
import { standingOf } from '../division/store';
import { readEnv } from '../env';
import { badgeOf, isFree, openRole, parseBadge, rolesAt } from './rules';

/** What may be done without an account: made-up people may be shown, real ones only where GRIDHALL_OPEN says so. */
const freedomOf = ({ demo }: Installation) => {
  const isDemo = demo !== null;
  return { isDemo, isOpen: isDemo || readEnv().GRIDHALL_OPEN === 'on' };
};

/** The post a caller acts in: that of the sign-in, else the one of the badge, else the open one of the screen. */
const postOf = (installation: Installation, { signedIn, badge, screen }: Caller) => {
  const { root } = installation;
  const freedom = freedomOf(installation);
  if (signedIn) {
    const { lack, post } = signedIn;
    if (lack || !post) throw refuse(`account_${lack ?? 'post'}`, `The sign-in lacks: ${lack ?? 'post'}.`);
    return { role: post.role, division: post.division, isAllowed: true };
  }
  const taken = parseBadge(badge);
  return taken
    ? { ...taken, isAllowed: isFree(taken.role, freedom) }
    : { role: openRole(screen, freedom.isOpen), division: root, isAllowed: true };
};

/** Who asks, and on what screen: a sign-in with an account, or the badge of the demo chooser. */
export type Caller = {
  signedIn?: Pick<SignedIn, 'accountId' | 'post' | 'lack'> | null;
  badge: string | undefined;
  screen: ScreenKey;
};

/**
 * The caller's scope. A badge for an unknown division or role, or for a post that real data keeps for accounts, is
 * `not_allowed`; so is a sign-in that holds no post, or has not what its post asks for (`reason` says which).
 */
export const resolveScope = async (connection: Connection, caller: Caller): Promise<Scope> => {
  const installation = await readInstallation(connection.db);
  const { role, division: code, isAllowed } = postOf(installation, caller);
  const isOpen = !caller.signedIn && parseBadge(caller.badge) === null;
  const node = await standingOf(connection, installation, code);
  const level = node && divisionLevels[node.level - 1];
  const isPost = level && (isOpen || rolesAt(level, code === installation.root).includes(role));
  if (!node || !isPost || !isAllowed || !node.path.startsWith(installation.rootPath))
    throw new Problem('not_allowed', `No post ${role} in division ${code}.`);
  return {
    ...{ division: code, path: node.path, level, role, screen: caller.screen, post: node.name },
    actorId: caller.signedIn?.accountId ?? badgeOf({ role, division: code }),
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

/** Every post of this installation, or of the part of it below a path: the roles of each level in each division, the highest level first. */
export const allPosts = async ({ db }: Connection, below?: string): Promise<Post[]> => {
  const { root, rootPath } = await readInstallation(db);
  const rows = await db
    .select({
      division: division.code,
      parent: division.parent_code,
      level: division.level,
      name: division.name,
      nameEn: division.name_en,
    })
    .from(division)
    .where(sql`starts_with(${division.path}, ${below ?? rootPath})`)
    .orderBy(asc(division.level), asc(division.sort), asc(division.code));
  return rows.flatMap(({ level: n, ...row }) => {
    const level = divisionLevels[n - 1] ?? 'grid';
    return rolesAt(level, row.division === root).map((role) => ({ ...row, level, role }));
  });
};

/** Posts anybody may take without an account. */
export const listPosts = async (connection: Connection): Promise<Post[]> => {
  const freedom = freedomOf(await readInstallation(connection.db));
  return (await allPosts(connection)).filter(({ role }) => isFree(role, freedom));
};

/** The badge of a post that exists; `not_allowed` for any other. */
export const signIn = async (connection: Connection, wanted: { role: Role; division: string }): Promise<string> => {
  const posts = await listPosts(connection);
  if (!posts.some((post) => post.role === wanted.role && post.division === wanted.division))
    throw new Problem('not_allowed', `No post ${wanted.role} in division ${wanted.division}.`);
  return badgeOf(wanted);
};

/**
 * Scope of what comes in without a post (the public, sending systems, devices): the whole installation. Who acted is told
 * apart from it; no such scope ever leaves the server.
 */
export const systemScope = async ({ db }: { db: Executor }): Promise<Scope> => {
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
