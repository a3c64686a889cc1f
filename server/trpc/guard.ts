import { Problem } from '@/data/model/problem';
import type { Role } from '@/data/model/scope';
import { procedure } from './init';

/** Anyone with a scope; every store function behind it still takes the scope. */
export const inScope = procedure;

/** Only these roles, and never from a wall. */
export const byRole = (...allowed: Role[]) =>
  procedure.use(({ ctx, next }) => {
    if (ctx.scope.screen === 'big' || !allowed.includes(ctx.scope.role))
      throw new Problem('not_allowed', `Role ${ctx.scope.role} on ${ctx.scope.screen} may not do this.`);
    return next();
  });
