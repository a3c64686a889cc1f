import { z } from 'zod';
import { refusalIn, refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { translate } from '@/data/text/translate';
import { statusOf } from './init';

/** A Problem as an answer of its own: why it was refused, where it says so, in both languages too. */
export const problemBody = ({ code, message, params }: Problem): Record<string, unknown> => {
  const reason = refusalIn(params.reason);
  const key = reason ? `intake.refused.${reason}` : `common.problem.${code}`;
  return {
    code,
    message,
    ...(reason ? { reason, params, zh: translate('zh', key, params), en: translate('en', key, params) } : {}),
  };
};

/** Answers a plain request; a Problem becomes its status and code. */
export const answer = async (work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return Response.json(problemBody(error), { status: statusOf[error.code] });
    throw error;
  }
};

/** What a schema makes of an input; `invalid` with what is wrong where it does not fit. */
export const parse = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const reason = result.error.issues.map(({ message }) => refusalIn(message)).find((found) => found !== null);
  if (reason) throw refuse(reason, z.prettifyError(result.error));
  throw new Problem('invalid', z.prettifyError(result.error));
};
