import type { Sql } from '../db/client';
import type { LoggedChange } from '../live/window';
import { type BatchFiles, readBatchSql, takeBatch } from './batch';
import type { Run } from './duck';
import { factSql, numberCodesSql, stageSql } from './facts';
import { inFolder, inTransaction, type Loaded, setSlice, writeState } from './load';
import { changeRollSql, isRollLooseSql, keepBeforeSql, sortRollSql, stageRollSql } from './roll';
import { selectOf, typesOf } from './source';

/** What is read again when a line names a row of its kind: by which key, and which fact is made of it. */
const followed = [
  { kind: 'event', source: 'event', fact: 'event', key: 'id' },
  { kind: 'event', source: 'event_transition', fact: 'event_span', key: 'event_id' },
  { kind: 'event', source: 'event_correction', fact: 'event_label', key: 'event_id' },
  { kind: 'event', source: 'event_place', fact: 'event_place', key: 'event_id' },
  /** A line names one shift; all shifts of its worker are read again. */
  { kind: 'duty', source: 'duty', fact: 'duty', key: 'worker_id' },
  { kind: 'alert', source: 'alert', fact: 'alert', key: 'id' },
  { kind: 'weather', source: 'weather_hour', fact: 'weather_hour', key: 'id' },
  { kind: 'beach', source: 'beach_hour', fact: 'beach_hour', key: 'id' },
  { kind: 'ticket', source: 'supervision_ticket', fact: 'ticket', key: 'id' },
  { kind: 'whistle', source: 'whistle_department', fact: 'whistle', key: 'whistle_id' },
  { kind: 'care', source: 'care', fact: 'care', key: 'id' },
  /** A line names one visit or call; all of its person or home are read again. */
  { kind: 'visit', source: 'care_visit', fact: 'visit', key: 'care_id' },
  { kind: 'call', source: 'care_call', fact: 'call', key: 'dwelling_code' },
  { kind: 'errand', source: 'errand', fact: 'errand', key: 'id' },
  { kind: 'volunteer', source: 'volunteer', fact: 'volunteer', key: 'id' },
  { kind: 'turn', source: 'volunteer_turn', fact: 'volunteer_turn', key: 'id' },
  { kind: 'doubt', source: 'doubt', fact: 'doubt', key: 'id' },
  { kind: 'link', source: 'address_link', fact: 'link', key: 'batch_id' },
] as const;
type Followed = (typeof followed)[number];

type Images = Followed & { keys: string[]; json: string };

/** Which part of a line's id names what is read again. */
const partOf: Partial<Record<LoggedChange['kind'], number>> = { duty: 0, visit: 0, call: 1 };

const keyOf = ({ kind, id }: LoggedChange): string => {
  const part = partOf[kind];
  return part === undefined ? id : (id.split('|')[part] ?? id);
};

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
  await run(stageRollSql());
  await setSlice(run, 0, 1);
};

const stage = async (run: Run, { source, json }: Images): Promise<void> => {
  const shape = JSON.stringify([typesOf(source)]);
  await run(`delete from stage_${source}`);
  await run(`insert into stage_${source} select unnest(from_json($json, '${shape}'), recursive := true)`, { json });
};

/** Makes the events anew, and their roll-up with them. */
const putEvents = async (run: Run, keysSql: string, params: Record<string, string>): Promise<void> => {
  const [last] = await run('select coalesce(max(rowid), -1)::varchar as row from event');
  await run('delete from event_before');
  await run(keepBeforeSql(`id in (${keysSql})`), params);
  await run('delete from event where rowid in (select row from event_before)');
  await run(`insert into event ${factSql('event')}`);
  await run(changeRollSql(`rowid > ${last?.row}`));
  const [row] = await run(isRollLooseSql);
  if (row?.loose) for (const statement of sortRollSql()) await run(statement);
};

/** Makes the fact's rows anew; what they are made of has been staged. */
const put = async (run: Run, { fact, key }: Followed, keysSql: string, params: Record<string, string> = {}) => {
  if (fact === 'event') return putEvents(run, keysSql, params);
  await run(`delete from ${fact} where ${key} in (${keysSql})`, params);
  await run(`insert into ${fact} ${factSql(fact)}`);
};

const applyImages = async (run: Run, images: readonly Images[]): Promise<void> => {
  for (const image of images) await stage(run, image);
  if (images.some(({ fact }) => fact === 'event')) await run(numberCodesSql());
  const keysSql = `select unnest(from_json($keys, '["VARCHAR"]'))`;
  for (const image of images) await put(run, image, keysSql, { keys: JSON.stringify(image.keys) });
};

/** Takes the rows of an import over; an event that is known in a later version stays as it is. */
const applyBatch = async (run: Run, files: BatchFiles): Promise<void> => {
  const later = 'select e.id from event e join stage_event s on s.id = e.id where e.version > s.version';
  await run(`create or replace temp table stage_event as from ${readBatchSql(files, 'event')}`);
  await run(`delete from stage_event where id in (${later})`);
  for (const source of ['event_transition', 'event_correction', 'event_place'] as const)
    await run(
      `create or replace temp table stage_${source} as from ${readBatchSql(files, source)} ` +
        'where event_id in (select id from stage_event)',
    );
  await run(numberCodesSql());
  for (const each of followed.filter(({ kind }) => kind === 'event'))
    await put(run, each, 'select id from stage_event');
};

/**
 * Applies one window of the log: rows and watermark in one transaction; rows that are gone are deleted. False = the rows
 * of an import in it are gone, so that all is to be loaded anew.
 */
export const applyWindow = (run: Run, sql: Sql, lines: readonly LoggedChange[], loaded: Loaded): Promise<boolean> =>
  inFolder(async (folder) => {
    const batches: BatchFiles[] = [];
    for (const { kind, id } of lines) {
      const files = kind === 'batch' ? await takeBatch(sql, Number(id), folder) : null;
      if (files) batches.push(files);
      else if (kind === 'batch') return false;
    }
    const images = await readImages(sql, lines);
    await inTransaction(run, async () => {
      for (const files of batches) await applyBatch(run, files);
      await applyImages(run, images);
      await writeState(run, loaded);
    });
    return true;
  });
