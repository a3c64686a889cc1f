import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** SQL that may count elsewhere: totals of a list for paging and progress, never shown as a figure. */
const allowed: Record<string, string> = {
  'server/db/seed.ts': 'whether an installation is there',
  'server/db/embedded.ts': 'connections that are still open',
};

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
    .filter(({ path, line }) => !allowed[path] && !/\bas n_total\b/.test(line));
  expect(found).toEqual([]);
});

test('every exception still needs to be one', () => {
  for (const path of Object.keys(allowed)) expect(aggregates(readFileSync(path, 'utf8')), path).not.toEqual([]);
});

test('the check sees what it looks for', () => {
  expect(aggregates('select count(*) from event\nconst x = list.sum(1)\n// avg(x)\nSUM (n) as n')).toHaveLength(2);
});
