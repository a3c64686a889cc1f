import { z } from 'zod';
import { Problem } from '@/data/model/problem';
import { statusOf } from './init';

/** Answers a plain request; a Problem becomes its status and code. */
export const answer = async (work: () => Promise<Response>): Promise<Response> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem)
      return Response.json({ code: error.code, message: error.message }, { status: statusOf[error.code] });
    throw error;
  }
};

/** What a schema makes of an input; `invalid` with what is wrong where it does not fit. */
export const parse = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const result = schema.safeParse(input);
  if (!result.success) throw new Problem('invalid', z.prettifyError(result.error));
  return result.data;
};
