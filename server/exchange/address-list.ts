import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ListWish } from '@/data/model/address';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import { translate } from '@/data/text/translate';
import { takeList } from '../address/hand-in';
import { BadRows } from '../address/list-file';
import { addressJobs } from '../address/run';
import { readBatch } from '../address/store';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { runDueJobs } from '../job/worker';

type Options = { file: string; name?: string; crs?: string; encoding?: string };

/** The id of a list: the same file under the same name is the same list. */
const idOf = (name: string, crs: string, checksum: string): string => {
  const hash = createHash('sha256').update(`${name}\n${crs}\n${checksum}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
};

const checksumOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file)) hash.update(part as Buffer);
  } catch (error) {
    throw new Problem('invalid', `${file} cannot be read (${error instanceof Error ? error.message : error}).`);
  }
  return hash.digest('hex');
};

const keeperOf = async (connection: Connection): Promise<Scope> => {
  const { root, rootPath } = await readInstallation(connection.db);
  return {
    ...{ division: root, path: rootPath, level: 'district', role: 'R9', screen: 'mid' },
    ...{ post: root, actorId: 'import' },
  };
};

/** Why a list was refused, in English, with its bad rows. */
const said = (error: unknown): unknown => {
  if (!(error instanceof Problem) || error.params.reason === undefined) return error;
  const rows = error instanceof BadRows ? error.rows : [];
  const lines = rows.map(({ line, fault }) => `  line ${line}: ${translate('en', `address.row.${fault}`)}`);
  const why = translate('en', `intake.refused.${error.params.reason}`, error.params);
  return new Problem(error.code, [why, ...lines].join('\n'));
};

/** Takes a list in and matches it to the end; lines that say what came of it. */
export const importList = async (connection: Connection, options: Options): Promise<string[]> => {
  const { file, name = basename(file), crs = null, encoding } = options;
  const id = idOf(name, crs ?? '', await checksumOf(file));
  const wish = ListWish.safeParse({ id, name, crs, encoding });
  if (!wish.success) throw new Problem('invalid', z.prettifyError(wish.error));
  const scope = await keeperOf(connection);
  try {
    await takeList(connection, scope, wish.data, createReadStream(file));
  } catch (error) {
    throw said(error);
  }
  await runDueJobs(connection, addressJobs);
  const { nRows, nMatched, nPlaced, methods, state } = await readBatch(connection.db, scope, id, null);
  return [
    `${name}: ${nRows} rows, ${nMatched} matched (${((nMatched / nRows) * 100).toFixed(1)} %), ${nPlaced} in a grid`,
    ...methods.map(({ method, n }) => `  ${translate('en', `address.method.${method}`)}: ${n}`),
    state === 'done' ? `done, list ${id}` : `list ${id} is still being matched`,
  ];
};
