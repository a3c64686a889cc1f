import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';

export const accessRouter = router({
  /** Who the caller is: territory, role, post. */
  me: inScope.query(({ ctx }) => ctx.scope),
});
