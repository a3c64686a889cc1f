import { metrics } from '@/data/metrics/index';
import type { SearchKind } from '@/data/model/search';
import { deskPages, scenes } from '@/data/model/view';
import { messages } from '@/data/text';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { type Book, packBook } from './book';
import { plainOf, shortName } from './text';

/** Division as words of an address name it. */
export type NamedDivision = { path: string; names: string[] };

/** Everything a search of one version of the data needs. */
export type Library = { book: Book; divisions: NamedDivision[]; rootPath: string };

type DivisionRow = { code: string; path: string; name: string; name_en: string };
type PlacedRow = {
  code: string;
  place: string | null;
  name: string;
  name_en: string;
  address: string;
  aliases: string[];
};

const batch = 5_000;

/** Both languages of the sentences whose key begins so, by the rest of the key. */
const worded = (prefix: string): [string, string[]][] =>
  Object.entries(messages).flatMap(([key, { zh, en }]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), [zh, en]]] : [],
  );

/** What is to be found everywhere: metrics, layers, scenes, pages and commands. */
const fixed = (): Record<
  Extract<SearchKind, 'metric' | 'layer' | 'scene' | 'page' | 'command'>,
  [string, string[]][]
> => ({
  metric: metrics.map(({ key, code, zh, en }) => [key, code ? [zh, en, code] : [zh, en]]),
  layer: worded('map.layer.'),
  scene: worded('common.scene.').filter(([key]) => scenes.some((scene) => scene === key)),
  page: worded('common.page.').filter(([key]) => deskPages.some((page) => page === key)),
  command: worded('search.command.'),
});

/** An address without the divisions it begins with, as it is compared. */
const tailOf = (address: string, divisionNames: ReadonlySet<string>): string => {
  let { text } = plainOf(address);
  for (let length = text.length; length > 1; length--) {
    if (!divisionNames.has(text.slice(0, length))) continue;
    text = text.slice(length);
    length = text.length + 1;
  }
  return text;
};

const readDivisions = ({ sql }: Connection): Promise<DivisionRow[]> => sql<DivisionRow[]>`
  select code, path, name, name_en from division where valid_to is null or valid_to > now() order by code collate "C"`;

/** Placed things in order of code, streamed in batches: a city has a million of them. */
const placedRows = ({ sql }: Connection) => ({
  block: sql<PlacedRow[]>`
    select code, grid_code as place, name, name_en, '' as address, '[]'::jsonb as aliases
    from block where grid_code in (select code from division where valid_to is null or valid_to > now())
    order by code collate "C"`,
  building: sql<PlacedRow[]>`
    select code, coalesce(grid_code, community_code, subdistrict_code) as place, name, name_en, address, aliases
    from building where valid_to is null or valid_to > now() order by code collate "C"`,
  entity: sql<PlacedRow[]>`
    select id as code, coalesce(grid_code, community_code, subdistrict_code) as place, name, name_en, '' as address,
      '[]'::jsonb as aliases
    from entity where closed_on is null order by id collate "C"`,
  asset: sql<PlacedRow[]>`
    select id as code, coalesce(grid_code, community_code, subdistrict_code) as place, name, name_en, '' as address,
      '[]'::jsonb as aliases
    from asset order by id collate "C"`,
  beach: sql<PlacedRow[]>`
    select id as code, coalesce(grid_code, community_code, subdistrict_code) as place, name, name_en, '' as address,
      '[]'::jsonb as aliases
    from beach order by id collate "C"`,
});

const namesOf = ({ name, name_en, address, aliases }: PlacedRow, divisionNames: ReadonlySet<string>): string[] => [
  name,
  name_en,
  ...aliases,
  ...(address === '' ? [] : [tailOf(address, divisionNames)]),
];

/** Reads everything that can be found by name, once for a version of the data. */
export const loadLibrary = async (connection: Connection): Promise<Library> => {
  const { rootPath } = await readInstallation(connection.db);
  const { add, done } = packBook();
  for (const [kind, entries] of Object.entries(fixed()))
    for (const [code, names] of entries.sort(([a], [b]) => (a < b ? -1 : 1)))
      add({ kind: kind as SearchKind, code, path: '', names });
  const rows = await readDivisions(connection);
  const paths = new Map(rows.map(({ code, path }) => [code, path]));
  for (const { code, path, name, name_en } of rows) {
    const names = [name, name_en].flatMap((one) => [one, shortName(plainOf(one).text)]).filter((one) => one !== null);
    add({ kind: 'division', code, path, names });
  }
  const divisions = rows.map(({ path, name }): NamedDivision => {
    const { text } = plainOf(name);
    return { path, names: [text, shortName(text)].filter((one) => one !== null) };
  });
  const divisionNames = new Set(rows.map(({ name }) => plainOf(name).text));
  for (const [kind, query] of Object.entries(placedRows(connection)))
    for await (const part of query.cursor(batch))
      for (const row of part) {
        const path = row.place === null ? null : (paths.get(row.place) ?? null);
        add({ kind: kind as SearchKind, code: row.code, path, names: namesOf(row, divisionNames) });
      }
  return { book: await done(), divisions, rootPath };
};
