import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = ['app', 'components', 'data', 'screens', 'server']
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return { path, text: readFileSync(path, 'utf8') };
  });
const product = files.filter(
  ({ path }) => !/\.(test|spec)\.tsx?$|\/(testing|crash)[^/]*\.ts$|^data\/generated\//.test(path),
);
const code = product.map(({ path, text }) => ({
  path,
  text: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, ''),
}));

/** Paths of the files of code, comments left out, in which the pattern occurs. */
const having = (pattern: RegExp, where: RegExp): string[] =>
  code.filter(({ path, text }) => where.test(path) && pattern.test(text)).map(({ path }) => path);

test('the rules below look at the whole house', () => {
  expect(product.length).toBeGreaterThan(200);
  expect(having(/defineMetric/, /^data\/metrics\//).length).toBeGreaterThan(0);
});

test('words are data: no Chinese in code outside data/, but for the product’s name and the form of numbers', () => {
  const spoken = having(/\p{Script=Han}/u, /^(app|components|screens|server)\//);
  expect(spoken.filter((path) => !['app/layout.tsx', 'components/base/format.ts'].includes(path))).toEqual([]);
});

test('the demo and the product are repeatable: no Math.random', () => {
  expect(having(/Math\.random\(/, /^/)).toEqual([]);
});

test('figures are counted in one place: no aggregate in SQL outside the metrics', () => {
  expect(having(/\b(count|sum|avg)\((\*|[a-z_.]+)\)/, /^(app|screens|server\/(?!metric\/|bench\/))/)).toEqual([]);
});

test('no file grows past what can be read at once', () => {
  const long = files.filter(({ path, text }) => text.split('\n').length > (/\.spec\.ts$/.test(path) ? 400 : 350));
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = having(/process\.env\.[A-Z]/, /^(server|components|screens)\//);
  expect(readers.sort()).toEqual(['server/db/cluster.ts', 'server/serve.ts', 'server/web/listen.ts']);
});

test('a class takes what it composes from one file at most: what that class composes elsewhere gets lost', () => {
  const sheets = ['app', 'components', 'screens']
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter(({ name }) => name.endsWith('.module.css'))
    .map((entry) => join(entry.parentPath, entry.name));
  const chained = sheets.flatMap((path) => {
    const rules = [...readFileSync(path, 'utf8').matchAll(/\.([\w-]+) \{[^}]*?composes: ([\w-]+)( from)?/g)];
    const foreign = new Set(rules.filter(([, , , from]) => from).map(([, own]) => own));
    return rules.filter(([, , base, from]) => !from && foreign.has(base)).map(([, own]) => `${path} .${own}`);
  });
  expect(sheets.length).toBeGreaterThan(50);
  expect(chained).toEqual([]);
});
