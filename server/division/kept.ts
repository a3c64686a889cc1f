import type { Connection } from '../db/client';
import type { Installation } from '../dictionary/store';

/**
 * What a process keeps of the areas of each database: made anew once the installation is loaded anew or its boundaries are
 * cut anew. What is read into it is read after `installation` was, so it is never older than that.
 */
export const keptByAreas = <Value extends object>(make: (connection: Connection) => Value) => {
  const kept = new WeakMap<Connection['sql'], { version: string; value: Value }>();
  const of = (connection: Connection, { seededAt, recuts }: Installation): Value => {
    const version = `${seededAt} ${recuts?.at(-1) ?? ''}`;
    const known = kept.get(connection.sql);
    if (known?.version === version) return known.value;
    const value = make(connection);
    kept.set(connection.sql, { version, value });
    return value;
  };
  return { of, forget: ({ sql }: Connection) => kept.delete(sql) };
};
