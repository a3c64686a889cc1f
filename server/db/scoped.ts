import { drizzle } from 'drizzle-orm/postgres-js';
import type { PendingQuery, Row } from 'postgres';
import type { Scope } from '@/data/model/scope';
import type { Connection, Database, Executor, Reader, Sql } from './client';
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

/** How long a line waits for what its caller asks next, ms; not at all while others wait for one. */
const restMs = 1;

/** Callers that wait for a line of a pool. */
const waiting = new WeakMap<Reader, number>();

/** A line inside a transaction that holds a scope. */
type Line = { put: (statement: Statement) => void; isSound: () => boolean; close: () => void };

/**
 * Tells a transaction to plan what it asks once and for all keys. PostgreSQL plans a keyed statement anew for every key
 * where that looks a little cheaper, and with the policies of three tables in it the planning takes longer than the rest.
 */
const planOnce = ({ lines }: Reader, { put }: Line): void => {
  const said = lines.unsafe(`select set_config('plan_cache_mode', 'force_generic_plan', true)`, [], { prepare: true });
  Object.assign(said, { handler: put }).catch(quiet);
};

/**
 * Opens a transaction and tells it the scope. Should the scope not be taken the transaction is void, and whatever is asked in
 * it with it; its end takes the scope away again. The driver may lend a line that was lost and opened anew to somebody else:
 * once any was lost, those open then are put nothing on and left to the server, which ends what stands idle.
 */
const openLine = async (reader: Reader, scope: Scope): Promise<Line> => {
  const { nLost } = reader;
  const isSound = () => reader.nLost === nLost;
  waiting.set(reader, (waiting.get(reader) ?? 0) + 1);
  const line = await reader.lines.reserve().finally(() => waiting.set(reader, (waiting.get(reader) ?? 1) - 1));
  const begin = line.unsafe('begin') as Statement;
  const put = begin.handler;
  begin.catch(quiet);
  say(line, scope).catch(quiet);
  // The driver takes a statement a turn after it was made: those two go first, all at once with what follows.
  await null;
  const close = () => {
    if (isSound()) line.unsafe('commit').then(() => line.release(), quiet);
  };
  return { put, isSound, close };
};

/** Puts a statement on a line that holds the scope. */
type Run = (statement: Statement) => void;

/** `run`: each statement for itself. `hold`: all that a work asks on one line, which is its own until it is done. */
type Lines = { run: Run; hold: <T>(work: (run: Run) => Promise<T>) => Promise<T> };

/**
 * Lines of a caller. One that is done rests for a moment: what a caller asks next goes on in the same transaction, and what
 * asks at the same time gets a line of its own.
 */
const linesOf = (reader: Reader, scope: Scope): Lines => {
  const free = new Map<Line, NodeJS.Timeout>();
  const rest = (line: Line) => {
    const end = () => {
      free.delete(line);
      line.close();
    };
    if (waiting.get(reader)) line.close();
    else free.set(line, setTimeout(end, restMs));
  };
  const take = (): Line | undefined => {
    for (const [line, ending] of free) {
      clearTimeout(ending);
      free.delete(line);
      if (line.isSound()) return line;
    }
    return undefined;
  };
  const run = async (statement: Statement) => {
    try {
      const line = take() ?? (await openLine(reader, scope));
      line.put(statement);
      // A failed statement has ended its transaction.
      statement.then(() => rest(line), line.close);
    } catch (error) {
      statement.reject(error);
    }
  };
  const hold: Lines['hold'] = async (work) => {
    const line = take() ?? (await openLine(reader, scope));
    planOnce(reader, line);
    let isOver = false;
    const put = (statement: Statement) => {
      // What is asked behind the end of the work, or of a lost line, may not meet somebody else's scope.
      if (isOver || !line.isSound()) return void run(statement);
      line.put(statement);
    };
    return work(put).finally(() => {
      isOver = true;
      // what is asked behind it is planned as ever
      line.close();
    });
  };
  return { run: (statement) => void run(statement), hold };
};

type Make = (...given: unknown[]) => unknown;

const scopedSql = (reader: Reader, scope: Scope, run: Run): Sql => {
  const own = (made: unknown): unknown => {
    if (isStatement(made)) made.handler = run;
    return made;
  };
  const begin = (...given: unknown[]) => {
    const work = given.pop() as (line: Sql) => unknown;
    return (reader.lines.begin as Make)(...given, (line: Sql) => {
      say(line, scope).catch(quiet);
      return work(line);
    });
  };
  const refused = (key: string | symbol) => () => {
    throw new Error(`A scoped connection has no ${String(key)}.`);
  };
  return new Proxy(reader.lines, {
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

const owners = new WeakMap<Executor, Database>();

/**
 * The database as a caller may see it: PostgreSQL itself shows it no row of another territory, whatever is asked, and it
 * can change nothing but add to the audit. A drill has a database of its own and is read as it is.
 */
export const scopedTo = (connection: Connection, scope: Scope): Connection => {
  const owner = beyondScope(connection);
  if (!owner.reader) return owner;
  const { reader } = owner;
  const { run, hold } = linesOf(reader, scope);
  const through = (by: Run): Connection => {
    const sql = scopedSql(reader, scope, by);
    const db = drizzle(preparing(sql)) as unknown as Database;
    owners.set(db, owner.db);
    return { sql, db, owner };
  };
  return { ...through(run), hold: (work) => hold((by) => work(through(by))) };
};

/**
 * Does a work whose statements stand and fall together, as those of one card, on one line of a scoped connection: one
 * transaction that was told the scope once, its statements planned for all keys alike and sent one behind another without
 * waiting.
 */
export const onOneLine = <T>(connection: Connection, work: (held: Connection) => Promise<T>): Promise<T> =>
  connection.hold ? connection.hold(work) : work(connection);

/**
 * The database without the caller's scope, for what may not depend on who asks first (what a process keeps for all) or
 * needs more than the caller may see; what is told of it is cut to the scope by the one who asks. Each use says why.
 */
export const beyondScope = (connection: Connection): Connection => connection.owner ?? connection;

/** `beyondScope` of a database alone, for rows that are everybody's and asked for by every call; a transaction stays itself. */
export const beyondScopeOf = (db: Executor): Executor => owners.get(db) ?? db;
