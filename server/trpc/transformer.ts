import superjson, { type SuperJSONResult } from 'superjson';

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
  if (!isMarked(value)) return superjson.serialize(value);
  const done = once.get(value) ?? superjson.serialize(value);
  once.set(value, done);
  return done;
};

/** SuperJSON, as the browser's client has it. */
export const transformer = { serialize, deserialize: superjson.deserialize };
