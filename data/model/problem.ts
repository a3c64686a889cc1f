/** The closed list of errors that cross a border; each has one text key `problem.<code>`. */
export const problemCodes = [
  'not_found',
  'not_allowed',
  'invalid',
  'conflict',
  'withheld',
  'stale',
  'busy',
  'unavailable',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** An expected failure: a code for machines, a detail that says what to change. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly params: Record<string, string | number>;
  constructor(code: ProblemCode, detail: string, params: Record<string, string | number> = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.params = params;
  }
}
