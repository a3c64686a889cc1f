import type { TransactionSql } from 'postgres';
import { copyRows } from '../db/copy';

export type Tx = TransactionSql;

const listOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

/** Copies rows into a temporary twin of a table, `staged_<table>`, gone at commit. */
export const stageRows = async <T extends Record<string, unknown>>(
  tx: Tx,
  table: string,
  columns: readonly (keyof T & string)[],
  rows: readonly T[],
): Promise<void> => {
  const staged = `staged_${table}`;
  await tx.unsafe(`drop table if exists pg_temp."${staged}"`);
  await tx.unsafe(
    `create temp table "${staged}" on commit drop as select ${listOf(columns)} from "${table}" with no data`,
  );
  await copyRows(
    tx,
    { table: staged, columns },
    rows.map((row) => columns.map((column) => row[column])),
  );
};

/** Moves staged rows into their table: new keys are inserted, known ones overwritten. Returns how many were written. */
export const upsertStaged = async (
  tx: Tx,
  table: string,
  columns: readonly string[],
  keys: readonly string[],
): Promise<number> => {
  const sets = columns.filter((column) => !keys.includes(column)).map((column) => `"${column}" = excluded."${column}"`);
  const { count } = await tx.unsafe(
    `insert into "${table}" (${listOf(columns)}) select ${listOf(columns)} from "staged_${table}"
    on conflict (${listOf(keys)}) do update set ${sets.join(', ')}`,
  );
  return count;
};

/** As `upsertStaged` for rows with a `version`: it rises where one of `compared` differs, other known rows stay. */
export const upsertVersioned = async (
  tx: Tx,
  table: string,
  columns: readonly string[],
  compared: readonly string[],
): Promise<number> => {
  const set = columns.map((column) => `"${column}" = excluded."${column}"`).join(', ');
  const of = (from: string) => compared.map((column) => `${from}."${column}"`).join(', ');
  const { count } = await tx.unsafe(
    `insert into "${table}" as known (${listOf(columns)}) select ${listOf(columns)} from "staged_${table}"
    on conflict (id) do update set ${set}, version = known.version + 1
    where (${of('known')}) is distinct from (${of('excluded')})`,
  );
  return count;
};
