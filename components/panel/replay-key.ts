import type { QueryKey } from '@tanstack/react-query';

type Input = { at?: unknown; question?: { at?: unknown } };

const inputOf = (key: QueryKey): Input | undefined => (key[1] as { input?: Input } | undefined)?.input;

/** Instant a query of the server is put for; null = live, or no such query. */
export const instantOfKey = (key: QueryKey): string | null => {
  const input = inputOf(key);
  const at = input?.question?.at ?? input?.at;
  return typeof at === 'string' ? at : null;
};

/** The same query for another instant; null where it is not put for `from`. */
export const atInstant = (key: QueryKey, from: string, to: string): QueryKey | null => {
  const input = inputOf(key);
  if (!input || instantOfKey(key) !== from) return null;
  const moved =
    input.question?.at === from ? { ...input, question: { ...input.question, at: to } } : { ...input, at: to };
  return [key[0], { ...(key[1] as object), input: moved }, ...key.slice(2)];
};
