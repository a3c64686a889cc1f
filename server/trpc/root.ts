import { accessRouter } from '../access/router';
import { dictionaryRouter } from '../dictionary/router';
import { divisionRouter } from '../division/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  access: accessRouter,
  dictionary: dictionaryRouter,
  division: divisionRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
