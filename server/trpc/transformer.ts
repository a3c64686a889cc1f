import superjson, { type SuperJSONResult } from 'superjson';

const isObject = (value: object): boolean => {
  const kind = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
};

/** Whether JSON holds a value as it is: no dates, no maps, nothing undefined. */
const isPlain = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  return isObject(value) && Object.values(value).every(isPlain);
};

/**
 * What SuperJSON makes of a value. Of one that is plain it makes the value itself, in fifty times the time it takes to
 * see that it is: answers of rows are plain, and thousands of phones ask for them. (Where one object stands in it twice,
 * SuperJSON would note so; a reader gets two that are equal.)
 */
const made = (value: unknown): SuperJSONResult =>
  isPlain(value) ? { json: value as SuperJSONResult['json'] } : superjson.serialize(value);

const once = new WeakMap<object, SuperJSONResult | null>();

/** Marks a value that goes to many callers and never changes: it is serialised for the first of them only. */
export const serialiseOnce = <T extends object>(value: T): T => {
  once.set(value, null);
  return value;
};

const isMarked = (value: unknown): value is object => typeof value === 'object' && value !== null && once.has(value);

/** A list of marked values is what was made of each; one that needs notes is serialised as a whole. */
const serializeList = (values: readonly object[]): SuperJSONResult => {
  const parts = values.map(serialize);
  return parts.some(({ meta }) => meta) ? superjson.serialize(values) : { json: parts.map(({ json }) => json) };
};

const serialize = (value: unknown): SuperJSONResult => {
  if (Array.isArray(value) && value.length > 0 && value.every(isMarked)) return serializeList(value);
  if (!isMarked(value)) return made(value);
  const done = once.get(value) ?? made(value);
  once.set(value, done);
  return done;
};

/** SuperJSON, as the browser's client has it. */
export const transformer = { serialize, deserialize: superjson.deserialize };
