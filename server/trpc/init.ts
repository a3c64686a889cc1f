import { randomUUID } from 'node:crypto';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { refusalIn } from '@/data/model/intake';
import { Problem, type ProblemCode } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { beyondReach } from '../access/beyond';
import type { Connection } from '../db/client';
import { scopedTo } from '../db/scoped';
import { drillReach } from '../drill/reach';
import { enterDrill } from '../drill/store';
import { transformer } from './transformer';

/** What every procedure gets: the caller's scope and the connection. `drill`: the one the caller's screen is in. */
export type Context = { scope: Scope; connection: Connection; drill?: string | null };

const trpcCode = {
  not_found: 'NOT_FOUND',
  not_allowed: 'FORBIDDEN',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  withheld: 'FORBIDDEN',
  stale: 'PRECONDITION_FAILED',
  busy: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ProblemCode, TRPCError['code']>;

/** HTTP status a Problem is answered with where a route is no procedure. */
export const statusOf: Record<ProblemCode, number> = {
  not_found: 404,
  not_allowed: 403,
  invalid: 400,
  conflict: 409,
  withheld: 403,
  stale: 412,
  busy: 429,
  unavailable: 503,
};

/** The one tRPC error a Problem maps to; anything else stays what it is. */
export const trpcErrorOf = (error: unknown): unknown =>
  error instanceof Problem
    ? new TRPCError({ code: trpcCode[error.code], message: error.message, cause: error })
    : error;

const problemIn = ({ code, cause }: TRPCError): Pick<Problem, 'code' | 'params'> | null => {
  if (cause instanceof Problem) return { code: cause.code, params: cause.params };
  if (code !== 'BAD_REQUEST' && code !== 'PARSE_ERROR') return null;
  const found = cause instanceof ZodError ? cause.issues.map(({ message }) => refusalIn(message)) : [];
  const reason = found.find((one) => one !== null);
  return { code: 'invalid', params: reason ? { reason } : {} };
};

/** Writes an unexpected error to the server's log; returns the trace number it stands under there. */
const logTrace = (error: TRPCError, path: string | undefined): string => {
  const trace = randomUUID().slice(0, 8);
  console.error(`trace ${trace}, ${path ?? 'no procedure'}:`, error.cause ?? error);
  return trace;
};

const t = initTRPC.context<Context>().create({
  transformer,
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
  errorFormatter: ({ shape, error, path }) => {
    const { cause } = error;
    const issues = cause instanceof ZodError ? cause.issues.map((i) => `${i.path.join('.')}: ${i.message}`) : null;
    // What the driver says holds statements and values: callers get a number to ask about.
    const trace = error.code === 'INTERNAL_SERVER_ERROR' ? logTrace(error, path) : null;
    return {
      ...shape,
      message: trace === null ? shape.message : `The server could not do this (trace ${trace}).`,
      data: { ...shape.data, stack: undefined, problem: problemIn(error), issues, trace },
    };
  },
});

/** Turns a Problem into the one tRPC error it maps to. */
const problems = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof Problem) throw trpcErrorOf(result.error.cause);
  return result;
});

const hasNul = (value: unknown): boolean => {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, part]) => key.includes('\0') || hasNul(part));
};

/** Refuses the one character PostgreSQL cannot hold, wherever it stands in the input. */
const withoutNul = t.middleware(async ({ next, getRawInput }) => {
  if (hasNul(await getRawInput())) throw new Problem('invalid', 'Text must not hold the character U+0000.');
  return next();
});

/** The one place where a drill is told from live work: a caller in a drill gets its database, and what that cannot answer is refused. */
const inDrill = t.middleware(async ({ ctx, next, path }) => {
  const { drill, connection, scope } = ctx;
  if (!drill) return next();
  const reach = drillReach[path];
  if (!reach) throw new Problem('not_allowed', `${path} is not for a drill.`, { drill });
  return reach === 'stage' ? next({ ctx: await enterDrill(connection, scope, drill) }) : next();
});

/** The one place where reading is cut to the caller's scope by the database itself; what changes something is checked by itself. */
const asReader = t.middleware(({ ctx: { connection, scope }, next, path, type }) =>
  next({
    ctx: {
      connection: type === 'mutation' || Object.hasOwn(beyondReach, path) ? connection : scopedTo(connection, scope),
    },
  }),
);

export const router = t.router;
export const middleware = t.middleware;
export const createCallerFactory = t.createCallerFactory;
export const procedure = t.procedure.use(problems).use(inDrill).use(asReader).use(withoutNul);
