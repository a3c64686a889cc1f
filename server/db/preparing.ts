import type { Sql } from 'postgres';

/** Times a statement is sent before it is prepared, and statements prepared at most: a pool keeps each on every line. */
const timesBefore = 4;
const mostPrepared = 400;

const seen = new Map<string, number>();
let nPrepared = 0;

/** Whether a statement comes often enough to be prepared; texts that are put together anew each time never are. */
const isUsual = (text: string): boolean => {
  const times = seen.get(text) ?? 0;
  if (times > timesBefore) return true;
  if (seen.size > 10 * mostPrepared) for (const [key, n] of seen) if (n <= timesBefore) seen.delete(key);
  if (times === timesBefore && ++nPrepared > mostPrepared) return false;
  seen.set(text, times + 1);
  return false;
};

type Unsafe = Sql['unsafe'];
type Work = (client: Sql) => unknown;

/**
 * The driver as drizzle is given it: statements that recur are prepared. One that is not asks the server about its
 * parameters first, a whole turn before it runs, and holds up what is sent behind it; a report is twenty statements.
 */
export const preparing = (client: Sql): Sql =>
  new Proxy(client, {
    get: (target, key) => {
      if (key === 'unsafe')
        return ((text, values, options) =>
          target.unsafe(text, values, { ...options, prepare: options?.prepare || isUsual(text) })) as Unsafe;
      if (key === 'begin' || key === 'savepoint') {
        const open = Reflect.get(target, key) as (...given: unknown[]) => unknown;
        return (...given: unknown[]) => {
          const work = given.pop() as Work;
          return open(...given, (inner: Sql) => work(preparing(inner)));
        };
      }
      return Reflect.get(target, key);
    },
  });
