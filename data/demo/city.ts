import { correctionRows, type Told, transitionRows } from './event';
import { eventRows, type Scene, skyTables, standingTables, tell, unplacedRows } from './scene';
import { type DemoTable, type DemoTableName, demoColumns, demoTable } from './table';

/** One copy of the district: its six-digit region, its district code, its shift in degrees. */
type Tile = { index: number; region: string; district: string; dLng: number; dLat: number };

const tiles: Tile[] = Array.from({ length: 18 }, (_, index) => ({
  index,
  region: index === 0 ? '440307' : `4403${50 + index}`,
  district: index === 0 ? 'DP' : `D${String(index + 1).padStart(2, '0')}`,
  dLng: (index % 6) * -0.33,
  dLat: Math.floor(index / 6) * 0.25,
}));

const yearlyEvents = 3_000_000;
const historyDays = 90;
/** Days of weather and of visitors by the hour. */
const skyDays = 7;

const round = (value: number) => Math.round(value * 1e7) / 1e7;

/** Moves every position inside a GeoJSON geometry, a ring or a position. */
const movePositions = (value: unknown, tile: Tile): unknown => {
  if (Array.isArray(value))
    return typeof value[0] === 'number' && value.length === 2
      ? [round(value[0] + tile.dLng), round(Number(value[1]) + tile.dLat)]
      : value.map((item) => movePositions(item, tile));
  if (value !== null && typeof value === 'object' && 'coordinates' in value)
    return { ...value, coordinates: movePositions(value.coordinates, tile) };
  return value;
};

const moveText = (value: string, tile: Tile): string => {
  if (value.startsWith('440307')) return tile.region + value.slice(6);
  if (value.startsWith('/44/4403/DP'))
    return value.replace('/DP/', `/${tile.district}/`).replaceAll('440307', tile.region);
  return value === 'DP' ? tile.district : value;
};

/** Columns of ids that every tile has in its own right. */
const ownIds: Partial<Record<DemoTableName, string[]>> = {
  specialised_grid: ['code', 'worker_id'],
  specialised_grid_member: ['specialised_grid_code'],
  entity: ['id'],
  worker: ['id'],
  duty: ['worker_id'],
  worker_position: ['worker_id'],
  asset: ['id'],
  alert: ['id'],
  alert_area: ['alert_id'],
  weather_station: ['id'],
  weather_hour: ['id', 'station_id'],
  beach: ['id'],
  beach_hour: ['id', 'beach_id'],
  event: ['worker_id'],
  event_transition: ['actor_id'],
  unplaced: ['record_id'],
};

const isOwnId = (value: string): boolean =>
  /^(P\d{4}|en\d{6}|w\d{4}|[tzbq]\d\d-\d{5}|al\d{4}|(ws|bh)\d\d(-\d{10})?)$/.test(value);

const moveValue = (column: string, value: unknown, tile: Tile, hasOwnId: boolean): unknown => {
  if (column === 'lng' && typeof value === 'number') return round(value + tile.dLng);
  if (column === 'lat' && typeof value === 'number') return round(value + tile.dLat);
  if (column === 'geometry' || column === 'footprint') return movePositions(value, tile);
  if (column === 'bbox' && Array.isArray(value))
    return value.map((v, i) => round(v + (i % 2 === 0 ? tile.dLng : tile.dLat)));
  if (typeof value !== 'string') return value;
  if (hasOwnId && isOwnId(value)) return `${value}-${tile.index + 1}`;
  return column === 'id' || column === 'name' ? value : moveText(value, tile);
};

function* moveRows(table: DemoTableName, rows: Iterable<unknown[]>, tile: Tile): Generator<unknown[]> {
  const columns: readonly string[] = demoColumns[table];
  const own = ownIds[table] ?? [];
  for (const row of rows)
    yield row.map((value, i) => moveValue(columns[i] ?? '', value, tile, own.includes(columns[i] ?? '')));
}

/** Rows of a table for all tiles: shared ancestors once, features numbered through, each district named. */
function* overTiles(table: DemoTableName, rows: () => Iterable<unknown[]>): Generator<unknown[]> {
  let id = 1;
  for (const tile of tiles) {
    for (const row of moveRows(table, rows(), tile)) {
      if (table === 'division' && tile.index > 0 && Number(row[2]) < 3) continue;
      if (table === 'division' && tile.index > 0 && row[2] === 3)
        [row[4], row[5]] = [`示范${tile.index + 1}区`, `Sample District ${tile.index + 1}`];
      if (table === 'base_feature') {
        if (tile.index > 0 && (row[1] === 'sea' || row[1] === 'outside')) continue;
        row[0] = id++;
      }
      yield row;
    }
  }
}

const telling = (tile: Tile) => ({
  total: Math.round(yearlyEvents / tiles.length),
  months: 12,
  purpose: `city-${tile.index}`,
  firstOfDay: tile.index * 5000,
});

function* eventsOver(scene: Scene): Generator<unknown[]> {
  for (const tile of tiles) yield* moveRows('event', eventRows(scene, tell(scene, telling(tile))), tile);
}

/** Events of a tile whose history is kept. */
function* recentOf(scene: Scene, tile: Tile): Generator<Told> {
  const since = scene.at.getTime() - historyDays * 86_400_000;
  for (const told of tell(scene, telling(tile))) if (told.happening.at >= since) yield told;
}

function* transitionsOver(scene: Scene): Generator<unknown[]> {
  for (const tile of tiles) yield* moveRows('event_transition', transitionRows(recentOf(scene, tile)), tile);
}

function* correctionsOver(scene: Scene): Generator<unknown[]> {
  for (const tile of tiles) yield* moveRows('event_correction', correctionRows(recentOf(scene, tile)), tile);
}

function* unplacedOver(scene: Scene): Generator<unknown[]> {
  for (const tile of tiles) yield* moveRows('unplaced', unplacedRows(scene, tell(scene, telling(tile))), tile);
}

/**
 * The district 18 times over: 650,000 buildings, three million events in the last year, streamed. There are no person
 * rows: the people of a city are counts, `dwelling` rows times the district's residents per dwelling. Histories are
 * kept for the events of the last 90 days.
 */
export function* cityTables(scene: Scene): Generator<DemoTable> {
  for (const [table, rows] of standingTables(scene)) {
    if (table === 'person' || table === 'residence') continue;
    yield demoTable(table, overTiles(table, rows));
  }
  for (const [table, rows] of skyTables(scene, skyDays)) yield demoTable(table, overTiles(table, rows));
  yield demoTable('event', eventsOver(scene));
  yield demoTable('event_transition', transitionsOver(scene));
  yield demoTable('event_correction', correctionsOver(scene));
  yield demoTable('unplaced', unplacedOver(scene));
}
