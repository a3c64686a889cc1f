import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { type InputFiles, type ReadOptions, readInput } from './input';
import { loadImport } from './load';
import { toyAreas, toyEvents, toyFolder, toyGrids, toyMapping, toyRows } from './testing';

const folder = toyFolder();
afterAll(folder.remove);
const mapping = folder.put('map.json', toyMapping);
const areas = folder.put('areas.geojson', toyAreas());
const events = folder.put('cases.csv', toyEvents());

describe.each(servers())('an import on %s', (server) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await testDatabase({ server });
  });
  afterEach(() => database.end());

  const take = (files: InputFiles, options: Partial<ReadOptions> = {}, isRehearsal = false) =>
    loadImport(database.connection, readInput({ mapping, ...options }, files), isRehearsal);
  const read = <T extends object>(query: string): Promise<T[]> =>
    database.connection.sql.unsafe(query) as unknown as Promise<T[]>;
  const isEmpty = async () => {
    const [row] = await read<{ is: boolean }>(`select not exists (select from division)
      and not exists (select from event) and not exists (select from setting)
      and not exists (select from term) and not exists (select from import_batch) as is`);
    return row?.is;
  };

  test('brings areas: the tree, one block a grid, outlines joined', async () => {
    const [report] = await take({ areas });
    expect(report).toMatchObject({ nRead: 4, nAccepted: 4, nFlagged: 0, nRefused: 0 });
    const west = 'west-side';
    expect(
      await read('select code, parent_code, level, path, name_en from division order by level, code'),
    ).toMatchObject([
      { code: 'TOY', parent_code: null, level: 3, path: '/TOY/' },
      { code: 'TOY-1', parent_code: 'TOY', level: 4, path: '/TOY/TOY-1/' },
      { code: 'east-side', parent_code: 'TOY-1', level: 5, path: '/TOY/TOY-1/east-side/', name_en: 'East Side' },
      { code: west, parent_code: 'TOY-1', level: 5, path: `/TOY/TOY-1/${west}/` },
      { code: 'g1', parent_code: west, level: 6, path: `/TOY/TOY-1/${west}/g1/`, name_en: 'Grid g1' },
      { code: 'g2', parent_code: west },
      { code: 'g3', parent_code: 'east-side' },
      { code: 'g4', parent_code: 'east-side' },
    ]);
    const [whole] = await read("select bbox, geometry ->> 'type' as type from division where code = 'TOY'");
    expect(whole).toEqual({ bbox: [10, 50, 12, 52], type: 'Polygon' });
    expect(await read('select code, grid_code from block order by code')).toMatchObject([
      { code: 'g1-1', grid_code: 'g1' },
      { code: 'g2-1' },
      { code: 'g3-1' },
      { code: 'g4-1', grid_code: 'g4' },
    ]);
    const [setting] = await read<{ value: object }>("select value from setting where key = 'installation'");
    expect(setting?.value).toMatchObject({
      nameEn: 'Toytown',
      root: 'TOY',
      rootPath: '/TOY/',
      locale: 'en',
      demo: null,
    });
  });

  test('brings events: placed, flagged, refused with row numbers', async () => {
    const [, report] = await take({ areas, events });
    expect(report).toMatchObject({ nRead: 8, nAccepted: 5, nFlagged: 3, nRefused: 3 });
    expect(report?.findings).toEqual([
      { row: 4, id: '3', flag: 'closed_before_opened', reason: null },
      { row: 5, id: '4', flag: 'outside_area', reason: null },
      { row: 6, id: '5', flag: 'no_position', reason: null },
      { row: 7, id: '5', flag: null, reason: 'case stands twice' },
      { row: 8, id: null, flag: null, reason: 'opened "2015-02-30 08:00:00" is not a time like yyyy-MM-dd HH:mm:ss' },
      { row: 9, id: null, flag: null, reason: 'state "lost" is not in the mapping\'s status.map' },
    ]);
    expect(
      await read(`select id, number, title, level, status, community_code, grid_code, block_code, flags, address,
        reported_at::text, closed_at::text, handle_due_at::text from event order by id`),
    ).toMatchObject([
      {
        id: '1',
        number: '1',
        title: 'Pot hole at 1 High St, rear',
        address: '1 High St, rear',
        level: 3,
        status: 'S61',
        community_code: 'west-side',
        grid_code: 'g1',
        block_code: 'g1-1',
        flags: [],
        reported_at: '2015-01-05 16:00:00+00',
        closed_at: '2015-01-06 16:00:00+00',
        handle_due_at: '2015-01-06 16:00:00+00',
      },
      { id: '2', status: 'S40', grid_code: 'g2', reported_at: '2015-07-05 15:00:00+00', closed_at: null },
      { id: '3', grid_code: 'g3', flags: ['closed_before_opened'], closed_at: '2015-07-04 15:00:00+00' },
      { id: '4', grid_code: null, flags: ['outside_area'] },
      { id: '5', grid_code: null, flags: ['no_position'] },
    ]);
    expect(
      await read(
        'select event_id, seq, from_status, to_status, actor_role from event_transition order by event_id, seq',
      ),
    ).toMatchObject([
      { event_id: '1', seq: 1, from_status: null, to_status: 'S40' },
      { event_id: '1', seq: 2, from_status: 'S40', to_status: 'S61' },
      { event_id: '2', seq: 1, to_status: 'S40' },
      { event_id: '3', seq: 1, to_status: 'S40' },
      { event_id: '3', seq: 2, to_status: 'S61' },
      { event_id: '4', seq: 1, to_status: 'S40' },
      { event_id: '5', seq: 1, to_status: 'S40' },
    ]);
    expect(await read("select record_id, reason from unplaced where kind = 'event' order by record_id")).toEqual([
      { record_id: '4', reason: 'outside_area' },
      { record_id: '5', reason: 'no_position' },
    ]);
    expect(await read("select en, zh, parent from term where source = 'cases.csv' order by list, en")).toEqual([
      { en: 'Parks', zh: 'Parks', parent: null },
      { en: 'Works', zh: 'Works', parent: null },
      { en: 'Fallen tree', zh: 'Fallen tree', parent: 'trees' },
      { en: 'Pot hole', zh: 'Pot hole', parent: 'roads' },
      { en: 'Roads', zh: 'Roads', parent: null },
      { en: 'Trees', zh: 'Trees', parent: null },
      { en: 'Phone', zh: 'Phone', parent: null },
      { en: 'Web', zh: 'Web', parent: null },
    ]);
    expect(await read('select kind, n_read, n_accepted, n_flagged, n_refused from import_batch order by id')).toEqual([
      { kind: 'areas', n_read: 4, n_accepted: 4, n_flagged: 0, n_refused: 0 },
      { kind: 'events', n_read: 8, n_accepted: 5, n_flagged: 3, n_refused: 3 },
    ]);
    expect(await read('select kind, id, op from change')).toEqual([{ kind: 'reload', id: '*', op: 'put' }]);
  });

  test('refuses a file that came in before, and with --again doubles nothing', async () => {
    await take({ areas, events });
    await expect(take({ events })).rejects.toThrow(/cases\.csv came in before \(batch 2, .*pass --again/);
    const [report] = await take({ events }, { again: true });
    expect(await read('select kind, id, version from change order by seq')).toMatchObject([
      { kind: 'reload', id: '*' },
      { kind: 'batch', id: '3', version: 0 },
    ]);
    expect(report?.details).toMatchObject({ new: 0, changed: 0, 'new words': 0 });
    expect(await read('select id, version from event')).toHaveLength(5);
    expect(await read('select id from event where version > 1')).toEqual([]);
    expect(await read('select id from event_transition')).toHaveLength(7);
    expect(await read('select id from unplaced')).toHaveLength(2);
  });

  test('a later file closes an open event in its history, and leaves one moved here alone', async () => {
    await take({ areas, events });
    await read(
      "insert into event_transition (event_id, seq, from_status, to_status, at, actor_id, actor_role) values ('4', 2, 'S40', 'S50', now(), 'R6:TOY', 'R6')",
    );
    const closed = toyRows.map((row) => row.replace('NA,open', '2015-08-01 08:00:00,done'));
    const later = folder.put('later.csv', toyEvents(closed));
    const [report] = await take({ events: later });
    expect(report?.details).toMatchObject({ new: 0, changed: 2, 'left as moved here': 1 });
    expect(await read("select version, status, closed_at::text from event where id = '2'")).toEqual([
      { version: 2, status: 'S61', closed_at: '2015-08-01 15:00:00+00' },
    ]);
    expect(
      await read(
        "select seq, from_status, to_status, at::text from event_transition where event_id = '2' order by seq",
      ),
    ).toMatchObject([
      { seq: 1, to_status: 'S40' },
      { seq: 2, from_status: 'S40', to_status: 'S61', at: '2015-08-01 15:00:00+00' },
    ]);
    expect(await read("select status, version from event where id = '4'")).toEqual([{ status: 'S40', version: 1 }]);
  });

  test('places events anew when the areas are cut differently', async () => {
    await take({ areas, events });
    const kept = toyGrids.filter(({ properties }) => properties.id !== 'g2');
    const joined = kept.map((grid) => ({ ...grid, properties: { ...grid.properties, side: 'All' } }));
    const [report] = await take({ areas: folder.put('recut.geojson', toyAreas(joined)) });
    expect(report?.details).toMatchObject({ community: 1, grid: 3, 'events placed anew': 3 });
    expect(await read('select id, community_code, grid_code, version, flags from event order by id')).toEqual([
      { id: '1', community_code: 'All', grid_code: 'g1', version: 2, flags: [] },
      { id: '2', community_code: null, grid_code: null, version: 2, flags: ['outside_area'] },
      { id: '3', community_code: 'All', grid_code: 'g3', version: 2, flags: ['closed_before_opened'] },
      { id: '4', community_code: null, grid_code: null, version: 1, flags: ['outside_area'] },
      { id: '5', community_code: null, grid_code: null, version: 1, flags: ['no_position'] },
    ]);
    expect(await read('select record_id from unplaced order by record_id')).toMatchObject([
      { record_id: '2' },
      { record_id: '4' },
      { record_id: '5' },
    ]);
    expect(await read('select code from division where level in (5, 6) order by level, code')).toMatchObject([
      { code: 'All' },
      { code: 'g1' },
      { code: 'g3' },
      { code: 'g4' },
    ]);
  });

  test('a rehearsal, a refusal and a fault change nothing', async () => {
    await expect(take({ events })).rejects.toThrow('holds no areas yet');
    expect(await isEmpty()).toBe(true);
    const [report] = await take({ areas, events }, {}, true);
    expect(report?.nRead).toBe(4);
    expect(await isEmpty()).toBe(true);
    await read("alter table event add constraint no_trees check (title not like 'Fallen%')");
    await expect(take({ areas, events })).rejects.toThrow('no_trees');
    expect(await isEmpty()).toBe(true);
  });

  test('refuses a database that holds something else', async () => {
    await take({ areas });
    const named = { ...toyMapping, installation: { ...toyMapping.installation, nameEn: 'Elsewhere' } };
    const other = folder.put('other.json', named);
    await expect(take({ areas }, { mapping: other, again: true })).rejects.toThrow('holds Toytown: choose another');
    await read(`update setting set value = value || '{"demo":"tiny"}'`);
    await expect(take({ events })).rejects.toThrow('holds the demo tiny: choose another');
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    promisify(execFile)('npx', ['tsx', 'server/exchange/import.ts', ...args]).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );

  test('rehearses without a database and reports', async () => {
    const { code, stdout } = await run('all', '--mapping', mapping, '--areas', areas, '--events', events, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('cases.csv: 8 read, 5 accepted (3 of them flagged), 3 refused');
    expect(stdout).toContain('flagged closed_before_opened: 1 (rows 4)');
    expect(stdout).toContain('rehearsed: nothing was changed');
  });

  test('says one line and ends with 1 on bad input', async () => {
    const cut = folder.put('cut.csv', toyEvents().slice(0, 300));
    const { code, stdout, stderr } = await run('events', '--mapping', mapping, '--file', cut);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).toMatch(/^cut\.csv.*cut off[^\n]*$/);
  });
});
