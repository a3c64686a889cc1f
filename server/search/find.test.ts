import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roles, type Scope } from '@/data/model/scope';
import { type SearchKind, searchKinds } from '@/data/model/search';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, dwellingsOf, grids, loadTown, townScope } from '../db/testing-town';
import { maskOf, packBook } from './book';
import { cutEvenly, find } from './find';
import { findThings } from './rank';

let database: TestDatabase;

const search = (text: string, scope: Scope = townScope('R2', 'DP'), at: Date | null = null) =>
  find(database.connection, scope, { text, at });
const codes = async (text: string, kind: SearchKind, scope?: Scope) =>
  (await search(text, scope)).filter((hit) => hit.kind === kind).map(({ code }) => code);

test('a whole name goes before a beginning, a beginning before initials, those before words inside', async () => {
  const { add, done } = packBook();
  const names = ['大和平', '和平楼', '和平', '合浦', '和睦平安', '和平12', '和平123'];
  for (const [i, name] of names.entries()) add({ kind: 'building', code: `b${i}`, path: '', names: [name] });
  const book = await done();
  const everywhere = { places: new Uint8Array(book.paths.length).fill(1), kinds: maskOf(searchKinds) };
  const namesFor = (text: string) =>
    findThings(book, { code: '', texts: [text] }, everywhere, 10).map(({ thing }) => names[thing]);
  expect(namesFor('和平')).toEqual(['和平', '和平楼', '和平12', '和平123', '大和平']);
  expect(namesFor('和平12')).toEqual(['和平12', '和平123']);
  expect(namesFor('hp')).toEqual(['和平', '合浦', '和平楼', '和平12', '和平123', '大和平']);
});

test('an even cut fills the limit, keeps order and starves no list', () => {
  const lists = fc.array(fc.array(fc.nat(), { maxLength: 30 }), { maxLength: 5 });
  fc.assert(
    fc.property(lists, fc.nat({ max: 40 }), (numbers, limit) => {
      const marked = numbers.map((list, kind) => list.map((_, index) => ({ kind, index })));
      const cut = cutEvenly(marked, limit);
      expect(cut).toHaveLength(Math.min(limit, marked.flat().length));
      const lengths = marked.map((_, kind) => cut.filter((hit) => hit.kind === kind).length);
      expect(cut).toEqual(marked.flatMap((list, kind) => list.slice(0, lengths[kind])));
      const most = Math.max(0, ...lengths);
      for (const [kind, length] of lengths.entries())
        if (length < (marked[kind]?.length ?? 0)) expect(length).toBeGreaterThanOrEqual(most - 1);
    }),
  );
});

describe.each(servers())('search on %s', (server) => {
  beforeAll(async () => {
    database = await testDatabase({ server });
    await loadTown(database.connection);
  });
  afterAll(() => database.end());

  test.each([
    ['山社区', 'division', '440307009015'],
    ['山', 'division', '440307009015'],
    ['sshequ', 'division', '440307009015'],
    ['bjd', 'division', '440307009'],
    ['440307009015', 'division', '440307009015'],
    ['和平楼2', 'building', buildingOf(grids[1])],
    ['hepinglou2', 'building', buildingOf(grids[1])],
    ['hpl2', 'building', buildingOf(grids[1])],
    ['Peace House 3', 'building', buildingOf(grids[2])],
    ['老邮局4', 'building', buildingOf(grids[3])],
    ['试验区和平路３號', 'building', buildingOf(grids[2])],
    ['北街道和平路3号', 'building', buildingOf(grids[2])],
    [buildingOf(grids[0]), 'building', buildingOf(grids[0])],
    [dwellingsOf(grids[0])[1], 'dwelling', dwellingsOf(grids[0])[1]],
    ['和平楼1 201', 'dwelling', dwellingsOf(grids[0])[1]],
    ['小店2', 'entity', 'F2'],
    ['在办', 'metric', 'event.open'],
    ['超期', 'metric', 'event.overdue'],
    ['回到实时', 'command', 'live'],
    ['hdss', 'command', 'live'],
    ['Live', 'command', 'live'],
    ['114.5025,22.5225', 'division', grids[0]],
    ['22.5225,114.5025', 'division', grids[0]],
  ] as const)('%s finds %s %s first of its kind', async (text, kind, code) => {
    expect((await codes(text, kind))[0]).toBe(code);
  });

  test('what the words matched is told', async () => {
    const [hit] = await search('和平楼2');
    expect(hit).toMatchObject({ kind: 'building', name: '和平楼2', mark: [0, 4], detail: '试验区和平路2号' });
    const [spelt] = (await search('hpl2')).filter(({ kind }) => kind === 'building');
    expect(spelt?.mark).toEqual([0, 4]);
  });

  test('every post finds its own things alone, and never a person', async () => {
    const screens = ['big', 'mid', 'small'] as const;
    for (const role of roles)
      for (const screen of screens)
        for (const [division, own] of [
          ['DP', grids],
          ['440307009015', grids.slice(0, 2)],
          [grids[3], grids.slice(3)],
        ] as [string, readonly string[]][]) {
          const scope = townScope(role as Role, division, screen);
          const isAggregate = screen === 'big' || !['R2', 'R3', 'R4', 'R5', 'R6'].includes(role);
          const who = `${role} ${division} ${screen}`;
          expect((await codes('4403070', 'building', scope)).sort(), who).toEqual(own.map(buildingOf).sort());
          const entities = (await search('小店', scope)).filter(({ kind }) => kind === 'entity');
          expect(
            entities.map(({ code }) => code),
            who,
          ).toEqual(screen === 'big' ? [] : own.map((grid) => `F${grids.indexOf(grid as never)}`));
          expect(
            entities.every(({ position }) => (position === null) === isAggregate),
            who,
          ).toBe(true);
          expect(await codes('DP2026', 'event', scope), who).toHaveLength(isAggregate ? 0 : own.length);
          expect(await codes(dwellingsOf(grids[0])[0], 'dwelling', scope), who).toHaveLength(
            screen !== 'big' && own.includes(grids[0]) ? 1 : 0,
          );
          for (const text of ['王', '王小明', '13800005521', '李大', '440307198005060000'])
            expect(JSON.stringify(await search(text, scope)), who).not.toMatch(/王小|李大|1380000|440307198/);
        }
  });

  test('at most 24 hits, and each kind named', async () => {
    for (const text of ['4', '和', 'h', '1', '格', 'e']) {
      const hits = await search(text);
      expect(hits.length).toBeLessThanOrEqual(24);
      for (const { kind } of hits) expect(searchKinds).toContain(kind);
    }
  });

  test('an event reported later is not found at an earlier instant', async () => {
    const scope = townScope('R2', 'DP');
    expect((await search('DP20261122', scope)).length).toBeGreaterThan(0);
    expect(await search('DP20261122', scope, new Date('2026-11-01T00:00:00Z'))).toEqual([]);
  });
});
