import { Problem } from '@/data/model/problem';
import type { Role } from '@/data/model/scope';
import { findUnseen, isDenied } from '../access/reach';
import { scopedTo } from '../db/scoped';
import { middleware, procedure } from './init';

/**
 * The one place where a change is kept to what its caller may see. About something the scope does not show it runs on the
 * scoped connection: that finds nothing of it and can change nothing, so what lies elsewhere is told as what does not exist.
 */
const withinReach = middleware(async ({ ctx, next, path, type, getRawInput }) => {
  if (type !== 'mutation') return next();
  const connection = scopedTo(ctx.connection, ctx.scope);
  const unseen = await findUnseen(connection, path, await getRawInput());
  if (!unseen) return next();
  const result = await next({ ctx: { connection } });
  if (!result.ok && isDenied(result.error.cause))
    throw new Problem('not_found', `No ${unseen.thing} ${unseen.id} in your territory.`, { id: unseen.id });
  return result;
});

/** Anyone with a scope; every store function behind it still takes the scope. */
export const inScope = procedure.use(withinReach);

/** Only these roles, and never from a wall. */
export const byRole = (...allowed: Role[]) =>
  procedure
    .use(({ ctx, next }) => {
      if (ctx.scope.screen === 'big' || !allowed.includes(ctx.scope.role))
        throw new Problem('not_allowed', `Role ${ctx.scope.role} on ${ctx.scope.screen} may not do this.`);
      return next();
    })
    .use(withinReach);
