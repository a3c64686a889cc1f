import { accessRouter } from '../access/router';
import { dictionaryRouter } from '../dictionary/router';
import { divisionRouter } from '../division/router';
import { eventRouter } from '../event/router';
import { liveRouter } from '../live/router';
import { createCallerFactory, router } from './init';

export const appRouter = router({
  access: accessRouter,
  dictionary: dictionaryRouter,
  division: divisionRouter,
  event: eventRouter,
  live: liveRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
