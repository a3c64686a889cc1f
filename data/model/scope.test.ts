import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { identityOf, roles } from './scope';

const listed: { code: string; identity: string }[] = parse(readFileSync('data/dictionaries/role.csv', 'utf8'), {
  columns: true,
});

test('roles and what each is told are those of role.csv', () => {
  expect(roles).toEqual(listed.map(({ code }) => code));
  expect(identityOf).toEqual(Object.fromEntries(listed.map(({ code, identity }) => [code, identity])));
});
