import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import postgres from 'postgres';
import { startEmbedded } from '../../db/embedded';
import type { Run } from '../../metric/duck';

/** A narrow table of the same events in an embedded PostgreSQL of its own: small numbers alone, indexed by `active`. */
export const openNarrow = async (run: Run, folder: string, columns: readonly string[], active: string) => {
  const file = join(folder, 'narrow.csv');
  await run(`copy (select ${columns.join(', ')} from event) to '${file}' (header false)`);
  const server = await startEmbedded(join(folder, 'postgres'));
  const sql = postgres(Object.assign(new URL(server.url), { pathname: '/postgres' }).toString(), { max: 1 });
  await sql.unsafe(`create unlogged table event (${columns.map((column) => `${column} smallint`).join(', ')})`);
  await pipeline(createReadStream(file), await sql`copy event from stdin (format csv)`.writable());
  await sql.unsafe(`create index on event (${active})`);
  await sql.unsafe('vacuum analyze event');
  return {
    sql,
    close: async () => {
      await sql.end();
      await server.stop();
    },
  };
};
