import { afterAll, describe, expect, test } from 'vitest';
import { Problem } from '@/data/model/problem';
import { planEvents } from './event-plan';
import { type ReadOptions, readInput } from './input';
import { planImport } from './load';
import { toyAreas, toyEvents, toyFolder, toyGrid, toyGrids, toyHeader, toyMapping, toyRows } from './testing';
import { WordBook } from './word';

const folder = toyFolder();
afterAll(folder.remove);

type Files = { areas?: string | Uint8Array; events?: string | Uint8Array; mapping?: object | string };

/** Reads and rehearses the files; the message of the Problem, or null when all is well. */
const messageOf = (files: Files, options: Partial<ReadOptions> = {}): string | null => {
  try {
    const mapping = folder.put('map.json', files.mapping ?? toyMapping);
    const paths = {
      areas: folder.put('areas.geojson', files.areas ?? toyAreas()),
      events: folder.put('cases.csv', files.events ?? toyEvents()),
    };
    const input = readInput({ mapping, ...options }, paths);
    if (input.areas) planImport({ ...input, areas: input.areas });
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.message;
  }
};

const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));
const withEvents = (more: object) => ({ ...toyMapping, events: { ...toyMapping.events, ...more } });
const swapped = toyEvents(['1,2015-01-05 08:00:00,NA,open,Works,Roads,Pot_hole,1 High St,Phone,22.5,114.1']);
const csv = toyEvents();

const cases: [string, Files, Partial<ReadOptions>, RegExp][] = [
  ['an empty file', { events: '' }, {}, /^cases\.csv is empty/],
  ['areas where events belong', { events: toyAreas() }, {}, /^cases\.csv looks like JSON, not CSV/],
  ['events where areas belong', { areas: csv }, {}, /^areas\.geojson is not valid JSON: .*right file/],
  [
    'a GeoJSON that is no collection',
    { areas: '{"type":"Feature"}' },
    {},
    /^areas\.geojson is not a GeoJSON FeatureColl/,
  ],
  ['a collection without features', { areas: toyAreas([]) }, {}, /^areas\.geojson holds no features/],
  ['half a GeoJSON', { areas: toyAreas().slice(0, 400) }, {}, /^areas\.geojson is not valid JSON: its end is missing/],
  ['half a CSV', { events: csv.slice(0, csv.length / 2) }, {}, /^cases\.csv.*cut off/],
  ['a CSV cut in its last cell', { events: csv.slice(0, -3) }, {}, /^cases\.csv ends inside line 9 .*cut off/],
  [
    'a CSV cut inside quotes',
    { events: `${toyHeader}\n1,"2015-01` },
    {},
    /^cases\.csv.*quote is never closed.*cut off/,
  ],
  ['a CSV with a header alone', { events: `${toyHeader}\n` }, {}, /^cases\.csv has a header and no rows/],
  ['a column twice', { events: `${toyHeader},x\n` }, {}, /^cases\.csv: a column name stands twice/],
  [
    'another delimiter',
    { events: csv.replaceAll(',', ';') },
    {},
    /no column "case".*events\.id; it has: .*delimiter another/,
  ],
  [
    'a wrong column',
    { mapping: withEvents({ openedAt: 'Opned' }) },
    {},
    /no column "Opned".*events\.openedAt; it has: case,/,
  ],
  ['a wrong column in a text', { mapping: withEvents({ title: '{kinds}' }) }, {}, /no column "kinds".*events\.title/],
  [
    'a wrong property',
    { areas: toyAreas().replaceAll('side', 'half') },
    {},
    /^areas\.geojson has no property "side".*areas\.levels\[0\]\.code; it has: id, half/,
  ],
  [
    'another time format',
    { mapping: withEvents({ time: { format: 'dd/MM/yyyy' } }) },
    {},
    /no row can be taken; row 2: opened "2015-01-05 08:00:00" is not a time like dd\/MM\/yyyy/,
  ],
  [
    'unknown statuses',
    { mapping: withEvents({ status: { column: 'state', map: {} } }) },
    {},
    /row 2: state "done" is not in the mapping/,
  ],
  [
    'a status named like a part of every object',
    { events: toyEvents(['1,2015-01-05 08:00:00,NA,constructor,Works,Roads,Pot_hole,1 High St,Phone,10.5,50.5']) },
    {},
    /row 2: state "constructor" is not in the mapping/,
  ],
  ['latitude first', { events: swapped }, {}, /position 22\.5, 114\.1 is not longitude and latitude/],
  [
    'events of another place',
    { events: toyEvents([toyRows[3] ?? '']) },
    {},
    /not one of 1 positions lies in the areas/,
  ],
  ['metres', { areas: toyAreas([toyGrid('g', 'W', [1_100_000, 5_000_000])]) }, {}, /not degrees: convert/],
  [
    'areas with latitude first',
    { areas: toyAreas([toyGrid('g', 'W', [22, 114])]) },
    {},
    /latitude seems to come first/,
  ],
  [
    'open rings',
    {
      areas: toyAreas()
        .replaceAll('[10,50]]]', '[10,50.5]]]')
        .replace(/,\[1[01],5[01]\]\]\]/g, ']]'),
    },
    {},
    /areas\.geojson: no feature can be taken.*ring that is not closed/,
  ],
  [
    'points for areas',
    { areas: toyAreas([{ ...toyGrids[0], geometry: { type: 'Point', coordinates: [1, 2] } }]) },
    {},
    /is a Point, not a Polygon/,
  ],
  ['GCJ-02', {}, { crs: 'GCJ-02' }, /shifted system.*convert it to WGS84 first/],
  ['BD-09', {}, { crs: 'BD09' }, /shifted system/],
  ['a projected system', {}, { crs: 'EPSG:3857' }, /reference system EPSG:3857 is not taken: convert/],
  [
    'a projected system named in the file',
    { areas: toyAreas(toyGrids, { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } } }) },
    {},
    /urn:ogc:def:crs:EPSG::3857 is not taken/,
  ],
  [
    'windows-1252',
    { events: latin1(csv.replace('rear', 'réar')) },
    {},
    /^cases\.csv is not utf-8 \(line 2\): pass its encoding/,
  ],
  ['UTF-16', { events: utf16(csv) }, {}, /^cases\.csv is UTF-16: pass --encoding utf-16le/],
  [
    'UTF-8 read as GB 18030',
    { events: csv.replace('rear', 'réar') },
    { encoding: 'gb18030' },
    /cases\.csv is (UTF-8: leave|not gb18030)/,
  ],
  ['an unknown encoding', {}, { encoding: 'klingon' }, /--encoding klingon is unknown/],
  ['a binary file', { events: Uint8Array.of(1, 0, 2, 0, 3) }, {}, /^cases\.csv is not a text file/],
  ['a mapping that is no JSON', { mapping: '# mapping' }, {}, /^map\.json is not valid JSON/],
  ['an unknown key', { mapping: { ...toyMapping, evnts: {} } }, {}, /^map\.json: .*evnts/],
  ['a mapping without events', { mapping: { ...toyMapping, events: undefined } }, {}, /has no "events"/],
  [
    'a status nobody knows',
    { mapping: withEvents({ status: { column: 'state', map: { open: 'S99' } } }) },
    {},
    /^map\.json: events\.status\.map\.open/,
  ],
  ['an unknown time zone', {}, { timeZone: 'Mars/Olympus' }, /timeZone: is not a time zone/],
  ['an unknown locale', {}, { locale: 'fr' }, /locale/],
];

describe('one clear message for', () => {
  test.each(cases)('%s', (_, files, options, message) => {
    const said = messageOf(files, options);
    expect(said).toMatch(message);
    expect(said).not.toContain('\n');
  });

  test('a missing file', () => {
    expect(() => readInput({ mapping: '/nowhere/map.json' }, {})).toThrow('/nowhere/map.json is not there');
  });
});

test('a category named like a part of every object has the default limits', () => {
  const mapping = folder.put('map.json', toyMapping);
  const row = '1,2015-01-05 08:00:00,NA,open,Works,valueOf,toString,1 High St,Phone,10.5,50.5';
  const { events } = readInput({ mapping }, { events: folder.put('cases.csv', toyEvents([row])) });
  if (!events) throw new Error('The toy events were not read.');
  const grid = { subdistrict_code: 'TOY-1', community_code: 'W', grid_code: 'g1', block_code: null };
  const book = new WordBook([], 'cases.csv');
  const plan = planEvents('cases.csv', events.file.records, { mapping: events.mapping, book, place: () => grid });
  expect(plan.events).toMatchObject([{ level: 4, handle_due_at: new Date('2015-01-08T16:00:00Z') }]);
});

describe('taken as they are', () => {
  test.each<[string, Files, Partial<ReadOptions>]>([
    ['the toy town', {}, {}],
    ['Windows line ends and a byte-order mark', { events: `\ufeff${csv.replaceAll('\n', '\r\n')}` }, {}],
    ['windows-1252, declared', { events: latin1(csv.replace('rear', 'réar')) }, { encoding: 'windows-1252' }],
    ['UTF-16, declared', { events: utf16(csv), areas: utf16(toyAreas()) }, { encoding: 'utf-16le' }],
    ['CGCS2000', {}, { crs: 'CGCS2000' }],
    ['semicolons, declared', { events: csv.replaceAll(',', ';'), mapping: withEvents({ delimiter: ';' }) }, {}],
  ])('%s', (_, files, options) => {
    expect(messageOf(files, options)).toBeNull();
  });
});
