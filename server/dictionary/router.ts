import { inScope } from '../trpc/guard';
import { router } from '../trpc/init';
import { listWords, readInstallation } from './store';

export const dictionaryRouter = router({
  installation: inScope.query(({ ctx }) => readInstallation(ctx.connection.db)),
  words: inScope.query(({ ctx }) => listWords(ctx.connection.db)),
});
