import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { DataClass, type FieldEntry } from '@/data/model/catalog';

const Word = z.string().min(1);
/** Blank = as the table, or the entry of the column in any table, has it. */
const Inherited = z.string().transform((text) => text || null);

/** A table: what its columns are unless they say otherwise. */
const TableLine = z.strictObject({
  ...{ table: Word, zh: Word, en: Word, purpose_zh: Word, purpose_en: Word },
  ...{ standard: Word, origin: Word, owner: Word, class: DataClass, kept: Word },
});
type TableLine = z.infer<typeof TableLine>;

/** A column of a table, or `*.column`: of every table that has one of that name. */
const FieldLine = z.strictObject({
  ...{ field: z.string().regex(/^(\*|[a-z_0-9]+)\.[a-z_0-9]+$/), zh: Word, en: Word, standard: Inherited },
  class: DataClass.or(z.literal('').transform(() => null)),
  ...{ kept: Inherited, purpose_zh: Inherited, purpose_en: Inherited },
});
type FieldLine = z.infer<typeof FieldLine>;

/** Fields that a column of a fact comes from; without a column, the tables whose columns it has under their own names. */
const FactLine = z.strictObject({ fact: Word, column: z.string(), fields: Word });
export type FactLine = z.infer<typeof FactLine>;

const read = <Line>(name: string, line: z.ZodType<Line>): Line[] =>
  z.array(line).parse(parse(readFileSync(join(process.cwd(), `data/catalog/${name}.csv`)), { columns: true }));

/** The files of the data catalogue (数据资源目录), as they lie in `data/catalog`. */
export const readLines = () => ({
  tables: read('table', TableLine),
  fields: read('field', FieldLine),
  facts: read('fact', FactLine),
});

const entryOf = (column: string, table: TableLine, [own, shared]: (FieldLine | undefined)[]): FieldEntry | null => {
  const named = own ?? shared;
  if (!named) return null;
  const purpose = [own, shared].find((line) => line?.purpose_zh);
  return {
    ...{ id: `${table.table}.${column}`, zh: named.zh, en: named.en, table: { zh: table.zh, en: table.en } },
    purpose: { zh: purpose?.purpose_zh ?? table.purpose_zh, en: purpose?.purpose_en ?? table.purpose_en },
    standard: own?.standard ?? shared?.standard ?? table.standard,
    class: own?.class ?? shared?.class ?? table.class,
    kept: (own?.kept ?? shared?.kept ?? table.kept).split(' '),
    ...{ origin: table.origin.split(' '), owner: table.owner },
  };
};

/** Says what each column of a schema is, in the order the file has its tables; null = the catalogue has no entry of it. */
export const entriesOf = (
  { tables, fields }: Pick<ReturnType<typeof readLines>, 'tables' | 'fields'>,
  schema: ReadonlyMap<string, readonly string[]>,
): Map<string, FieldEntry | null> => {
  const lineOf = new Map(fields.map((line) => [line.field, line]));
  const tableOf = new Map(tables.map((line) => [line.table, line]));
  const names = tables.map(({ table }) => table);
  const inOrder = [...schema].toSorted(([a], [b]) => names.indexOf(a) - names.indexOf(b));
  return new Map(
    inOrder.flatMap(([name, columns]) =>
      columns.map((column) => {
        const [table, id] = [tableOf.get(name), `${name}.${column}`];
        return [id, table ? entryOf(column, table, [lineOf.get(id), lineOf.get(`*.${column}`)]) : null] as const;
      }),
    ),
  );
};
