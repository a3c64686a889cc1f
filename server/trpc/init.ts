import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { Problem, type ProblemCode } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { transformer } from './transformer';

/** What every procedure gets: the caller's scope and the connection. */
export type Context = { scope: Scope; connection: Connection };

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

const t = initTRPC.context<Context>().create({
  transformer,
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
  errorFormatter: ({ shape, error }) => {
    const { cause } = error;
    const problem = cause instanceof Problem ? { code: cause.code, params: cause.params } : null;
    const issues = cause instanceof ZodError ? cause.issues.map((i) => `${i.path.join('.')}: ${i.message}`) : null;
    return { ...shape, data: { ...shape.data, stack: undefined, problem, issues } };
  },
});

/** Turns a Problem into the one tRPC error it maps to. */
const problems = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof Problem) {
    const { code, message } = result.error.cause;
    throw new TRPCError({ code: trpcCode[code], message, cause: result.error.cause });
  }
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
export const procedure = t.procedure.use(problems);
