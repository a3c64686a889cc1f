import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folders = ['app', 'components', 'screens', 'server'];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.(ts|tsx|sql)$/.test(entry.name) && !/\.(test|spec)\.|^testing/.test(entry.name) ? [path] : [];
  });

/** Lines that aggregate in SQL: the function call, in lower or upper case, not a method or a name of ours. */
const aggregates = (text: string): string[] =>
  text.split('\n').filter((line) => /(?<![\w.$])(count|sum|avg)\s*\(/i.test(line) && !/^\s*(\*|\/\/|\/\*)/.test(line));

test('nothing but the catalogue and its machinery counts, sums or averages in SQL', () => {
  const found = folders
    .flatMap(filesIn)
    .filter((path) => !path.startsWith('server/metric') && !path.startsWith('server/bench'))
    .flatMap((path) => aggregates(readFileSync(path, 'utf8')).map((line) => ({ path, line: line.trim() })))
    .filter(({ line }) => !/\bas n_total\b/.test(line));
  expect(found).toEqual([]);
});

test('the check sees what it looks for', () => {
  expect(aggregates('select count(*) from event\nconst x = list.sum(1)\n// avg(x)\nSUM (n) as n')).toHaveLength(2);
});
