import superjson, { type SuperJSONResult } from 'superjson';

const once = new WeakMap<object, SuperJSONResult | null>();

/** Marks a value that goes to many callers and never changes: it is serialised for the first of them only. */
export const serialiseOnce = <T extends object>(value: T): T => {
  once.set(value, null);
  return value;
};

const serialize = (value: unknown): SuperJSONResult => {
  if (typeof value !== 'object' || value === null || !once.has(value)) return superjson.serialize(value);
  const done = once.get(value) ?? superjson.serialize(value);
  once.set(value, done);
  return done;
};

/** SuperJSON, as the browser's client has it. */
export const transformer = { serialize, deserialize: superjson.deserialize };
