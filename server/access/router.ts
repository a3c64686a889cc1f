import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listPosts } from './store';

export const accessRouter = router({
  /** Who the caller is: territory, role, post. */
  me: inScope.query(({ ctx }) => ctx.scope),
  /** Posts of the demo chooser. */
  posts: inScope.query(({ ctx }) => listPosts(ctx.connection)),
});
