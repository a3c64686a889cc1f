import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { divisionLevels } from '@/data/model/division';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { type CopyValue, copyRows } from '../db/copy';
import { readTerms, writeTerms } from '../dictionary/seed';
import { type Installation, writeInstallation } from '../dictionary/store';
import { readCipher } from '../person/cipher';
import { sealRows } from '../person/sealed';
import type { Facts } from './follower';

/** Instant the fixture town's clock stands at. */
export const townClock = '2026-03-02T12:00:00+08:00';

export const town: Installation = {
  name: '小城',
  nameEn: 'Town',
  root: 'T',
  rootPath: '/44/4403/T/',
  timeZone: 'Asia/Shanghai',
  locale: 'zh',
  demo: null,
  seededAt: townClock,
};

/** Rows of a fixture file as text, by column. */
export const readTown = (name: string): Record<string, string>[] =>
  parse(readFileSync(`data/fixtures/town/${name}.csv`, 'utf8'), { columns: true });

const collector = { actor_id: 'R5:T', actor_role: 'R5' };
const desk = { actor_id: 'R2:T', actor_role: 'R2' };

/** Columns the files leave out because no figure rests on them, but the tables ask for. */
const rest: Record<string, (row: Record<string, string>) => Record<string, CopyValue>> = {
  building: ({ code }) => ({ name: code, name_en: code, address: code, storeys: 3, area_sqm: 100, footprint: [] }),
  dwelling: () => ({ unit: 1, floor: 1, room: '101', area_sqm: 50 }),
  person: ({ id }) => ({ name: `P${id}`, id_number: `X${id}` }),
  residence: () => ({ relation: '1' }),
  entity: ({ id }) => ({ name: id, name_en: id, credit_code: id }),
  vehicle: ({ id }) => ({ plate: `XA${id}` }),
  asset: ({ id }) => ({ name: id, name_en: id }),
  worker: ({ id }) => ({ name: id }),
  event: ({ id }) => ({ number: id, title: id }),
  alert: ({ id }) => ({ identifier: id, sender: 'town', headline: id, headline_en: id }),
  alert_area: ({ alert_id }) => ({ name: alert_id, name_en: alert_id }),
  weather_station: ({ id }) => ({ name: id, name_en: id }),
  beach: ({ id }) => ({ name: id, name_en: id }),
  supervision_ticket: ({ id }) => ({ number: id, subject: id, rung: 'ticket' }),
  errand: ({ id }) => ({ subject: `building:${id}`, name: id }),
  volunteer: ({ id }) => ({ name: id }),
  volunteer_turn: () => ({ actor_id: 'R4:T11' }),
  whistle: () => ({ reason: 'town', actor_id: 'R3:T1' }),
  care: () => ({ dwelling_code: 'B01-1', building_code: 'B01' }),
  care_call: ({ due_at }) => ({ n_persons: 1, called_at: due_at ?? '' }),
  address_batch: ({ id }) => ({ name: id, checksum: id, division_code: 'T', path: town.rootPath, ...desk }),
  address_run: () => desk,
  address_match: () => ({ candidates: [] }),
  collection: ({ at }) => ({ events: [], digest: 'x', recorded_at: at ?? '', ...collector }),
  collection_item: () => ({ before: {}, after: {}, candidates: [] }),
};

const tables = [
  'division',
  'building',
  'dwelling',
  'person',
  'residence',
  'entity',
  'vehicle',
  'vehicle_holder',
  'asset',
  'worker',
  'duty',
  'event',
  'alert',
  'alert_area',
  'weather_station',
  'weather_hour',
  'beach',
  'beach_hour',
  'supervision_ticket',
  'whistle',
  'whistle_department',
  'care',
  'care_visit',
  'care_call',
  'errand',
  'volunteer',
  'volunteer_turn',
  'doubt',
  'address_batch',
  'address_run',
  'address_match',
  'collection',
  'collection_item',
];

/** Loads the fixture town into an empty database. */
export const loadTown = async ({ sql, db }: Connection): Promise<void> => {
  for (const table of tables) {
    const rows = readTown(table).map((row) => ({ ...row, ...rest[table]?.(row) }) as Record<string, CopyValue>);
    const columns = Object.keys(rows[0] ?? {});
    const values = rows.map((row) => columns.map((column) => (row[column] === '' ? null : row[column])));
    const made = sealRows(await readCipher(), table, { columns, rows: values });
    await copyRows(sql, { table, columns: [...made.columns] }, made.rows as Iterable<CopyValue[]>);
  }
  await writeTerms(
    db,
    readTerms().filter(({ list }) => list === 'event-source'),
  );
  await writeInstallation(db, town);
};

/** The scope of a post in a division of the loaded facts. */
export const scopeIn = (facts: Facts, division: string): Scope => {
  const place = facts.meta().divisions.get(division);
  if (!place || !divisionLevels.includes(place.level)) throw new Error(`No division ${division}.`);
  const { code, path, level } = place;
  return { division: code, path, level, role: 'R2', screen: 'mid', post: code, actorId: 'R2' };
};
