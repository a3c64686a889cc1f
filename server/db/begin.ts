import type postgres from 'postgres';

type Sql = postgres.Sql;
type Work = (tx: postgres.TransactionSql) => unknown;

const lostCodes = ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'ECONNRESET', 'EPIPE'];

const isLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && lostCodes.includes(String(error.code));

/** Lets no statement of a transaction through once its connection is gone. */
const guard = (tx: postgres.TransactionSql, isOver: () => boolean): postgres.TransactionSql =>
  new Proxy(tx, {
    get: (target, key) => {
      if (isOver()) throw new Error('The connection of this transaction is gone.');
      return Reflect.get(target, key);
    },
    apply: (target, self, args) => {
      if (isOver()) throw new Error('The connection of this transaction is gone.');
      return Reflect.apply(target, self, args);
    },
  });

/**
 * Makes `begin` safe against a connection that dies inside a transaction. The library (3.4.9) then still sends its
 * rollback, to a socket that is gone: the process dies of an uncaught TypeError; or later statements of the dead
 * transaction run inside another one (github.com/porsager/postgres issues 1208 and 1216). Its own promise is rejected
 * in any case, so the work just never comes back to it.
 */
export const withSafeBegin = (sql: Sql): Sql => {
  const begin = sql.begin.bind(sql) as (work: Work) => Promise<unknown>;
  const safe = async (work: Work): Promise<unknown> => {
    let isOver = false;
    const run = (tx: postgres.TransactionSql) =>
      new Promise((resolve, reject) => {
        const settle = async () => work(guard(tx, () => isOver));
        settle().then(
          (value) => isOver || resolve(value),
          (error: unknown) => isOver || isLost(error) || reject(error),
        );
      });
    try {
      return await begin(run);
    } finally {
      isOver = true;
    }
  };
  return Object.assign(sql, { begin: safe });
};
