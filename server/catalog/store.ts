import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { mapDimensions, timeDimensions } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import type { FieldCard, FieldEntry, FieldList, Filled } from '@/data/model/catalog';
import { Problem } from '@/data/model/problem';
import type { Connection, Executor } from '../db/client';
import * as schema from '../db/schema';
import { wordsIn } from '../dictionary/store';
import { countFilled } from '../metric/count';
import { entriesOf, readLines } from './book';
import { readersOf } from './readers';
import { columnsIn, fieldsOf, splitsOf } from './uses';

/** Columns of every table of the store, by the table's name. */
export const schemaColumns = (): Map<string, string[]> =>
  new Map(
    Object.values(schema).flatMap((table) =>
      is(table, PgTable) ? [[getTableName(table), getTableConfig(table).columns.map(({ name }) => name)]] : [],
    ),
  );

type Uses = Map<string, { metrics: string[]; splits: string[] }>;
type Book = { tables: FieldList['tables']; entries: Map<string, FieldEntry>; uses: Uses };

const usesOf = (lines: ReturnType<typeof readLines>, known: ReadonlyMap<string, unknown>): Uses => {
  const uses: Uses = new Map();
  const book = { facts: lines.facts, known };
  const note = (kind: 'metrics' | 'splits', metric: string, fields: readonly string[]) => {
    for (const field of fields) {
      const use = uses.get(field) ?? { metrics: [], splits: [] };
      if (!use[kind].includes(metric)) use[kind].push(metric);
      uses.set(field, use);
    }
  };
  for (const metric of metrics) {
    for (const column of columnsIn(metric)) note('metrics', metric.key, fieldsOf(book, metric.fact, column));
    for (const dimension of splitsOf(metric, [...mapDimensions, ...timeDimensions]))
      note('splits', metric.key, fieldsOf(book, metric.fact, dimension));
  }
  return uses;
};

let read: Book | null = null;

/** The catalogue of this version, read once. */
const readBook = (): Book => {
  if (read) return read;
  const lines = readLines();
  const all = entriesOf(lines, schemaColumns());
  const entries = new Map([...all].flatMap(([id, entry]) => (entry ? [[id, entry] as const] : [])));
  const tables = Object.fromEntries(lines.tables.map(({ table, zh, en }) => [table, { zh, en }]));
  read = { tables, entries, uses: usesOf(lines, entries) };
  return read;
};

/** Every field of the store (数据资源目录), in the order the file has its tables. */
export const listFields = (): FieldList => {
  const { tables, entries } = readBook();
  const fields = [...entries.values()].map(({ table: _, purpose: __, kept: ___, ...row }) => row);
  return { tables, fields };
};

const wordsOf = (attrs: Record<string, string>, name: string) => ({
  ...{ zh: attrs[`${name}_zh`] ?? '', en: attrs[`${name}_en`] ?? '' },
});

/** Metric of the quality of a field, by the rules of checks that read it. */
const qualityOf = async (db: Executor, id: string): Promise<string | null> => {
  const rules = await wordsIn(db, 'doubt-rule');
  const rule = rules.find(({ attrs }) => attrs.reads?.split(' ').some((field) => id.replace(/_sealed$/, '') === field));
  return rule?.parent ? `quality.${rule.parent}` : null;
};

const entryOf = (id: string): FieldEntry => {
  const entry = readBook().entries.get(id);
  if (!entry) throw new Problem('not_found', `No field ${id} in the catalogue.`, { id });
  return entry;
};

const partsOf = (id: string): [table: string, column: string] => {
  const [table = '', column = ''] = id.split('.');
  return [table, column];
};

/** A field of the catalogue as its card tells it; `not_found` where there is none of that id. */
export const readField = async ({ db }: Connection, id: string): Promise<FieldCard> => {
  const entry = entryOf(id);
  const [rules, classes] = [await wordsIn(db, 'retention'), await wordsIn(db, 'data-class')];
  const handling = classes.find(({ code }) => code === entry.class)?.attrs ?? {};
  return {
    ...entry,
    readers: await readersOf(db, ...partsOf(id)),
    handling: wordsOf(handling, 'rule'),
    rules: rules
      .filter(({ code }) => entry.kept.includes(code))
      .map(({ code, attrs }) => ({
        ...{ code, days: attrs.days ? Number(attrs.days) : null },
        ...{ from: wordsOf(attrs, 'from'), why: wordsOf(attrs, 'why') },
      })),
    ...(readBook().uses.get(id) ?? { metrics: [], splits: [] }),
    quality: await qualityOf(db, id),
  };
};

/** How many rows in the caller's sight have a field filled (完整率); `withheld` where its table is nobody's to read. */
export const readFilled = async (connection: Connection, id: string): Promise<Filled> => {
  const [table, column] = partsOf(entryOf(id).id);
  if ((await readersOf(connection.db, table, column)) === 'nobody')
    throw new Problem('withheld', `${table} is granted to no reader.`);
  const isHeld = !['public', 'internal'].includes(entryOf(id).class);
  return countFilled(connection, { table, column, isHeld });
};
