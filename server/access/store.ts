import { eq } from 'drizzle-orm';
import { divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { type Role, roles, type Scope, type ScreenKey } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { division } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { openRole, parseBadge } from './rules';

/**
 * The caller's scope from the sign-in badge, or the open post of the screen (until accounts exist, a demo and an
 * imported installation are open). A badge for an unknown division or role is `not_allowed`, never widened.
 */
export const resolveScope = async (
  connection: Connection,
  input: { badge: string | undefined; screen: ScreenKey },
): Promise<Scope> => {
  const installation = await readInstallation(connection.db);
  const badge = parseBadge(input.badge);
  const code = badge?.division ?? installation.root;
  const role: Role = badge?.role ?? openRole[input.screen];
  const [node] = await connection.db
    .select({ path: division.path, level: division.level, name: division.name })
    .from(division)
    .where(eq(division.code, code));
  const level = node && divisionLevels[node.level - 1];
  if (!node || !level || !roles.includes(role) || !node.path.startsWith(installation.rootPath))
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
