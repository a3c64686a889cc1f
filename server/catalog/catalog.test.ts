import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { mapDimensions, timeDimensions } from '@/data/metrics/dimensions';
import { metrics } from '@/data/metrics/index';
import { identityColumns, sealedTables } from '../person/cipher';
import { entriesOf, readLines } from './book';
import { schemaColumns } from './store';
import { columnsIn, fieldsOf, splitsOf } from './uses';

const codesOf = (list: string): string[] =>
  (parse(readFileSync(`data/dictionaries/${list}.csv`), { columns: true }) as { code: string }[]).map(
    ({ code }) => code,
  );

const lines = readLines();
const columns = schemaColumns();
const entries = entriesOf(lines, columns);
const classOf = (id: string) => entries.get(id)?.class;

describe('the data catalogue', () => {
  test('every column of every table has an entry', () => {
    expect(columns.size).toBeGreaterThan(100);
    expect([...entries].flatMap(([id, entry]) => (entry ? [] : [id]))).toEqual([]);
  });

  test('every entry names a column, once', () => {
    const ids = new Set(entries.keys());
    const names = new Set([...ids].map((id) => id.split('.')[1]));
    const isThere = (field: string) => (field.startsWith('*.') ? names.has(field.slice(2)) : ids.has(field));
    expect(lines.fields.filter(({ field }) => !isThere(field)).map(({ field }) => field)).toEqual([]);
    expect(lines.tables.filter(({ table }) => !columns.has(table)).map(({ table }) => table)).toEqual([]);
    const all = [...lines.fields.map(({ field }) => field), ...lines.tables.map(({ table }) => table)];
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  test('an entry of all tables is of more than one, and one of a table says something else than it', () => {
    const count = (name: string) => [...columns.values()].filter((own) => own.includes(name)).length;
    const shared = lines.fields.filter(({ field }) => field.startsWith('*.'));
    expect(shared.filter(({ field }) => count(field.slice(2)) < 2).map(({ field }) => field)).toEqual([]);
    const said = ({ field: _, ...line }: (typeof shared)[number]) => JSON.stringify(line);
    const same = lines.fields.filter(({ field, ...line }) => {
      const base = shared.find((one) => one.field === `*.${field.split('.')[1]}` && one.field !== field);
      return base && said(base) === said({ field, ...line });
    });
    expect(same.map(({ field }) => field)).toEqual([]);
  });

  test('what an entry names is in the lists; who answers is a department or keeps the installation', () => {
    const told = [...entries.values()].flatMap((entry) => entry ?? []);
    const owners = [...codesOf('department'), 'R8', 'R9', 'R10'];
    const lists = { standard: codesOf('data-standard'), origin: codesOf('data-origin'), kept: codesOf('retention') };
    for (const entry of told) {
      expect(owners, entry.id).toContain(entry.owner);
      for (const [key, codes] of Object.entries(lists))
        expect(codes, entry.id).toEqual(expect.arrayContaining([entry[key as keyof typeof lists]].flat()));
    }
    const used = new Set(told.flatMap(({ standard, origin, kept }) => [standard, ...origin, ...kept]));
    expect(Object.values(lists).flatMap((codes) => codes.filter((code) => !used.has(code)))).toEqual([]);
  });

  test('who somebody is, sealed or not yet, is of class identity', () => {
    const sealed = identityColumns.flatMap((column) => [`person.${column}_sealed`, `person.${column}_mark`]);
    const plain = identityColumns.map((column) => `person_unsealed.${column}`);
    for (const id of [...sealed, ...plain, ...sealedTables.map((table) => `${table}.sealed`)])
      expect(classOf(id), id).toBe('identity');
  });

  test('a module that masks what it tells has the masked field in class identity', () => {
    const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^\w+\/(?!.*\.test\.|testing).*\.ts$/.test(path),
    );
    const masked = files.flatMap((path) =>
      [...readFileSync(`server/${path}`, 'utf8').matchAll(/\bmask(?:Name|Phone|Id|Credit)\((?:\w+\.)*(\w+)/g)].map(
        ([, name = '']) => ({ path, name: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) }),
      ),
    );
    expect(masked.length).toBeGreaterThan(8);
    const sealed = /cipher|open|number|name_of|^who$/;
    for (const { path, name } of masked.filter(({ name: each }) => !sealed.test(each))) {
      const named = [...entries.values()].filter((entry) => entry?.id.endsWith(`.${name}`));
      expect(
        named.some((entry) => entry?.class === 'identity'),
        `${path}: ${name}`,
      ).toBe(true);
    }
    for (const id of ['worker.name', 'entity.credit_code']) expect(classOf(id), id).toBe('identity');
  });

  test('keys, tokens and hashes of passwords are told to nobody', () => {
    const secret = /(^|_)(password|secret_hash|token|backup_codes|p256dh)$/;
    const ids = [...entries.keys()].filter((id) => secret.test(id.split('.')[1] ?? ''));
    expect(ids.length).toBeGreaterThan(5);
    expect(ids.filter((id) => classOf(id) !== 'secret')).toEqual([]);
  });

  test('what a metric counts by and splits by points to fields of the catalogue', () => {
    const book = { facts: lines.facts, known: entries };
    const lost = metrics.flatMap((metric) =>
      [...columnsIn(metric), ...splitsOf(metric, [...mapDimensions, ...timeDimensions])]
        .filter((column) => fieldsOf(book, metric.fact, column).length === 0)
        .map((column) => `${metric.key}: ${column}`),
    );
    expect(lost).toEqual([]);
    const named = lines.facts.flatMap(({ column, fields }) => (column === '' ? [] : fields.split(' ')));
    expect(named.filter((id) => !entries.has(id))).toEqual([]);
    const tables = lines.facts.flatMap(({ column, fields }) => (column === '' ? fields.split(' ') : []));
    expect(tables.filter((name) => !columns.has(name))).toEqual([]);
    expect(fieldsOf(book, 'event', 'due_at')).toEqual(['event.handle_due_at']);
    expect(fieldsOf(book, 'person', 'from_on')).toEqual(['residence.from_on']);
    expect(fieldsOf(book, 'building', 'houseType')).toEqual(['building.house_type']);
  });

  test('no line stands in the files that nothing points to', () => {
    const counted = metrics.map((metric) => ({
      ...{ fact: metric.fact as string },
      names: [...columnsIn(metric), ...metric.dimensions],
    }));
    const isUsed = ({ fact, column }: (typeof lines.facts)[number]) =>
      counted.some((one) => (fact === '*' || one.fact === fact) && (column === '' || one.names.includes(column)));
    expect(lines.facts.filter((line) => !isUsed(line))).toEqual([]);
  });
});
