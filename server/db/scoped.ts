import { drizzle } from 'drizzle-orm/postgres-js';
import type { PendingQuery, Row } from 'postgres';
import type { Scope } from '@/data/model/scope';
import type { Connection, Database, Sql } from './client';
import { preparing } from './preparing';

/** A statement of the driver: `handler` puts it on a line. */
type Statement = PendingQuery<Row[]> & { handler: (statement: Statement) => void; reject: (error: unknown) => void };

const isStatement = (made: unknown): made is Statement =>
  typeof made === 'object' && made !== null && 'handler' in made && made instanceof Promise;

/** Says to the transaction that runs on a line whose eyes it reads with; gone with its end. `root` = all there is. */
const say = (line: Pick<Sql, 'unsafe'>, { division, path, level, role, screen, actorId }: Scope) =>
  line.unsafe(
    `select set_config('gridhall.division', $1, true), set_config('gridhall.path', $2, true),
      set_config('gridhall.level', scope_level($2, $3), true),
      set_config('gridhall.role', $4, true), set_config('gridhall.screen', $5, true),
      set_config('gridhall.actor', $6, true)`,
    [division, path, level, role, screen, actorId],
    { prepare: true },
  );

const quiet = () => {};

/** A line inside a transaction that holds a scope. */
type Line = { put: (statement: Statement) => void; close: () => void };

/**
 * Opens a transaction and tells it the scope. Should the scope not be taken the transaction is void, and whatever is asked in
 * it with it; its end takes the scope away again.
 */
const openLine = async (reader: Sql, scope: Scope): Promise<Line> => {
  const line = await reader.reserve();
  const begin = line.unsafe('begin') as Statement;
  const put = begin.handler;
  begin.catch(quiet);
  say(line, scope).catch(quiet);
  // The driver takes a statement a turn after it was made: those two go first, all at once with what follows.
  await null;
  const close = () => {
    // A lost line the driver has taken back by itself.
    line.unsafe('commit').then(() => line.release(), quiet);
  };
  return { put, close };
};

/**
 * Puts each statement on a line that holds the scope. One that is done is kept for the rest of the turn: what a caller asks
 * next goes on in the same transaction, and what asks at the same time gets a line of its own.
 */
const linesOf = (reader: Sql, scope: Scope): ((statement: Statement) => Promise<void>) => {
  const free = new Map<Line, NodeJS.Immediate>();
  const rest = (line: Line) => {
    const ending = setImmediate(() => {
      free.delete(line);
      line.close();
    });
    free.set(line, ending);
  };
  const take = (): Line | undefined => {
    const [found] = free;
    if (!found) return undefined;
    const [line, ending] = found;
    clearImmediate(ending);
    free.delete(line);
    return line;
  };
  return async (statement) => {
    try {
      const line = take() ?? (await openLine(reader, scope));
      line.put(statement);
      // A failed statement has ended its transaction.
      statement.then(() => rest(line), line.close);
    } catch (error) {
      statement.reject(error);
    }
  };
};

type Make = (...given: unknown[]) => unknown;

const scopedSql = (reader: Sql, scope: Scope): Sql => {
  const run = linesOf(reader, scope);
  const own = (made: unknown): unknown => {
    if (isStatement(made)) made.handler = (statement) => void run(statement);
    return made;
  };
  const begin = (...given: unknown[]) => {
    const work = given.pop() as (line: Sql) => unknown;
    return (reader.begin as Make)(...given, (line: Sql) => {
      say(line, scope).catch(quiet);
      return work(line);
    });
  };
  const refused = (key: string | symbol) => () => {
    throw new Error(`A scoped connection has no ${String(key)}.`);
  };
  return new Proxy(reader, {
    apply: (target, self, given) => own(Reflect.apply(target as unknown as Make, self, given)),
    get: (target, key) => {
      if (key === 'unsafe') return (...given: Parameters<Sql['unsafe']>) => own(target.unsafe(...given));
      if (key === 'begin') return begin;
      // Past these a statement would run without the scope.
      if (['reserve', 'listen', 'notify', 'subscribe', 'file', 'end', 'close'].includes(String(key)))
        return refused(key);
      return Reflect.get(target, key);
    },
  });
};

/**
 * The database as a caller may see it: PostgreSQL itself shows it no row of another territory, whatever is asked, and it
 * can change nothing but add to the audit. A drill has a database of its own and is read as it is.
 */
export const scopedTo = (connection: Connection, scope: Scope): Connection => {
  const owner = beyondScope(connection);
  if (!owner.reader) return owner;
  const sql = scopedSql(owner.reader, scope);
  return { sql, db: drizzle(preparing(sql)) as unknown as Database, owner };
};

/**
 * The database without the caller's scope, for what may not depend on who asks first (what a process keeps for all) or
 * needs more than the caller may see; what is told of it is cut to the scope by the one who asks. Each use says why.
 */
export const beyondScope = (connection: Connection): Connection => connection.owner ?? connection;
