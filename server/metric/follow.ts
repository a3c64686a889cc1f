import type { Sql } from '../db/client';
import type { LoggedChange } from '../live/window';
import type { Run } from './duck';
import { factSql, stageSql } from './facts';
import { inTransaction, type Loaded, writeState } from './load';
import { selectOf, typesOf } from './source';

/** Kinds of change that are followed row by row: the key a line names, and the fact's column that holds it. */
const followed = {
  event: { key: 'id', keyOf: (id: string) => id },
  /** A line names one shift; all shifts of its worker are read again. */
  duty: { key: 'worker_id', keyOf: (id: string) => id.split('|')[0] ?? id },
} as const;
type Followed = keyof typeof followed;

type Images = { kind: Followed; keys: string[]; json: string };

const isFollowed = (kind: string): kind is Followed => kind in followed;

/**
 * Newest images of the rows the lines name, read after the window. An image may be newer than its line; a later window
 * then brings the same row again. Images are read in the order of time, so the newest version always wins.
 */
const readImages = async (sql: Sql, lines: readonly LoggedChange[]): Promise<Images[]> => {
  const images: Images[] = [];
  for (const kind of ['event', 'duty'] as const) {
    const { key, keyOf } = followed[kind];
    const keys = [...new Set(lines.filter((line) => line.kind === kind).map(({ id }) => keyOf(id)))];
    if (keys.length === 0) continue;
    const [row] = await sql.unsafe<{ json: string | null }[]>(
      `select json_agg(image)::text as json from (${selectOf(kind)} where ${key} = any($1)) image`,
      [keys],
    );
    images.push({ kind, keys, json: row?.json ?? '[]' });
  }
  return images;
};

/** Temporary tables the images pass through; once a connection. */
export const prepareFollow = async (run: Run): Promise<void> => {
  for (const kind of ['event', 'duty'] as const) await run(stageSql(kind));
};

const put = async (run: Run, { kind, keys, json }: Images): Promise<void> => {
  const { key } = followed[kind];
  const shape = JSON.stringify([typesOf(kind)]);
  await run(`delete from stage_${kind}`);
  await run(`insert into stage_${kind} select unnest(from_json($json, '${shape}'), recursive := true)`, { json });
  await run(`delete from ${kind} where ${key} in (select unnest(from_json($keys, '["VARCHAR"]')))`, {
    keys: JSON.stringify(keys),
  });
  await run(`insert into ${kind} ${factSql(kind)}`);
};

/** Applies one window of the log: rows and watermark in one transaction; rows that are gone are deleted. */
export const applyWindow = async (
  run: Run,
  sql: Sql,
  lines: readonly LoggedChange[],
  loaded: Loaded,
): Promise<void> => {
  const images = await readImages(
    sql,
    lines.filter(({ kind }) => isFollowed(kind)),
  );
  await inTransaction(run, async () => {
    for (const image of images) await put(run, image);
    await writeState(run, loaded);
  });
};
