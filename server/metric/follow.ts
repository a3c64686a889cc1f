import type { Sql } from '../db/client';
import type { LoggedChange } from '../live/window';
import type { Run } from './duck';
import { factSql, numberCodesSql, stageSql } from './facts';
import { inTransaction, type Loaded, setSlice, writeState } from './load';
import { selectOf, typesOf } from './source';

/** What is read again when a line names a row of its kind: by which key, and which fact is made of it. */
const followed = [
  { kind: 'event', source: 'event', fact: 'event', key: 'id' },
  { kind: 'event', source: 'event_transition', fact: 'event_span', key: 'event_id' },
  { kind: 'event', source: 'event_correction', fact: 'event_label', key: 'event_id' },
  /** A line names one shift; all shifts of its worker are read again. */
  { kind: 'duty', source: 'duty', fact: 'duty', key: 'worker_id' },
  { kind: 'alert', source: 'alert', fact: 'alert', key: 'id' },
  { kind: 'weather', source: 'weather_hour', fact: 'weather_hour', key: 'id' },
  { kind: 'beach', source: 'beach_hour', fact: 'beach_hour', key: 'id' },
] as const;
type Followed = (typeof followed)[number];

type Images = Followed & { keys: string[]; json: string };

const keyOf = ({ kind, id }: LoggedChange): string => (kind === 'duty' ? (id.split('|')[0] ?? id) : id);

/**
 * Newest images of the rows the lines name, read after the window. An image may be newer than its line; a later window
 * then brings the same row again. Images are read in the order of time, so the newest version always wins.
 */
const readImages = async (sql: Sql, lines: readonly LoggedChange[]): Promise<Images[]> => {
  const images: Images[] = [];
  for (const each of followed) {
    const keys = [...new Set(lines.filter(({ kind }) => kind === each.kind).map(keyOf))];
    if (keys.length === 0) continue;
    const [row] = await sql.unsafe<{ json: string | null }[]>(
      `select json_agg(image)::text as json from (${selectOf(each.source)} where ${each.key} = any($1)) image`,
      [keys],
    );
    images.push({ ...each, keys, json: row?.json ?? '[]' });
  }
  return images;
};

/** Temporary tables the images pass through; once a connection. */
export const prepareFollow = async (run: Run): Promise<void> => {
  for (const { source } of followed) await run(stageSql(source));
  await setSlice(run, 0, 1);
};

const stage = async (run: Run, { source, json }: Images): Promise<void> => {
  const shape = JSON.stringify([typesOf(source)]);
  await run(`delete from stage_${source}`);
  await run(`insert into stage_${source} select unnest(from_json($json, '${shape}'), recursive := true)`, { json });
};

/** Makes the fact's rows anew; what they are made of has been staged. */
const put = async (run: Run, { fact, key, keys }: Images): Promise<void> => {
  await run(`delete from ${fact} where ${key} in (select unnest(from_json($keys, '["VARCHAR"]')))`, {
    keys: JSON.stringify(keys),
  });
  await run(`insert into ${fact} ${factSql(fact)}`);
};

/** Applies one window of the log: rows and watermark in one transaction; rows that are gone are deleted. */
export const applyWindow = async (
  run: Run,
  sql: Sql,
  lines: readonly LoggedChange[],
  loaded: Loaded,
): Promise<void> => {
  const images = await readImages(sql, lines);
  await inTransaction(run, async () => {
    for (const image of images) await stage(run, image);
    if (images.some(({ fact }) => fact === 'event')) await run(numberCodesSql());
    for (const image of images) await put(run, image);
    await writeState(run, loaded);
  });
};
