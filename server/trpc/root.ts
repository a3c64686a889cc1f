import { accessRouter } from '../access/router';
import { dictionaryRouter } from '../dictionary/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  access: accessRouter,
  dictionary: dictionaryRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
