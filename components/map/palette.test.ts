import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folders = ['components/map', 'components/layers', 'components/chart'];
const sources = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /(?<!\.test)\.tsx?$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
);
const known = new Set(
  [...readFileSync('components/base/tokens.css', 'utf8').matchAll(/--([a-z0-9-]+):/g)].map(([, token]) => token),
);

/** Words that stand for a colour: told by how tokens.css begins its names. */
const tokenLike = /'((?:(?:text|line|surface|bg)-\d|(?:alert|map|cat|accent|seq|vio|div|shift|heat)(?:-[a-z0-9]+)+))'/g;

it('every colour that map and charts name is a token', () => {
  const named = new Set(sources.flatMap((source) => [...source.matchAll(tokenLike)].map(([, token = '']) => token)));
  expect(named.size).toBeGreaterThan(20);
  const layers = new Set(readdirSync('components/layers').map((name) => name.replace('.ts', '')));
  expect([...named].filter((token) => !known.has(token) && !layers.has(token))).toEqual([]);
});
