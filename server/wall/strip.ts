import { and, eq, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { metricByKey } from '@/data/metrics';
import { ownPrefix } from '@/data/metrics/own';
import { wallPageOf } from '@/data/model/cast';
import { divisionLevels } from '@/data/model/division';
import type { Scope } from '@/data/model/scope';
import type { Clause, FilterField, View } from '@/data/model/view';
import type { Executor } from '../db/client';
import { asset, block, building, division, dwelling, entity, event } from '../db/schema';
import { inTerritory, type PlaceColumns } from '../db/scope';
import { readOwn } from '../metric/store';

/** Filters that cut people into cells (人员分类): a wall is never told that one is in force. */
const peopleFields: FilterField[] = ['sex', 'ageBand', 'populationType', 'workerType'];

/** Layers of single people or doors. */
const closeLayers = ['worker-position', 'worker-track', 'dwelling-use', 'entity-points'];

/** Closer than this a wall would look at doors. */
const maxZoom = 17;
const maxFilters = 20;

const isKey = (text: string): boolean => /^[a-z][\w-]{0,39}$/i.test(text);
/** Codes of lists, never words: free text could be a name. */
const isCode = (text: string): boolean => /^[\w.+-]{1,40}$/.test(text);

/** The scope a wall itself has: nobody signed in, its own territory. */
export const wallScope = async (db: Executor, code: string): Promise<Scope> => {
  const [node] = await db
    .select({ path: division.path, level: division.level })
    .from(division)
    .where(eq(division.code, code));
  const level = divisionLevels[(node?.level ?? divisionLevels.length) - 1] ?? 'grid';
  return { division: code, path: node?.path ?? '-', level, role: 'R0', screen: 'big', post: '', actorId: `R0:${code}` };
};

const isDivisionIn = async (db: Executor, scope: Scope, code: string): Promise<boolean> => {
  const [node] = await db.select({ path: division.path }).from(division).where(eq(division.code, code));
  return node?.path.startsWith(scope.path) ?? false;
};

type Placed = PgTable & PlaceColumns & { block_code: AnyPgColumn };

/** Block and grid of a row inside the wall's territory; null outside. */
const placeOf = async (db: Executor, scope: Scope, table: Placed, key: AnyPgColumn, code: string) => {
  const [row] = await db
    .select({ block: sql<string | null>`${table.block_code}`, grid: sql<string | null>`${table.grid_code}` })
    .from(table)
    .where(and(eq(key, code), await inTerritory(db, scope, table)));
  return row ?? null;
};

const coarse = (place: { block: string | null; grid: string | null } | null): string | null =>
  place?.block ? `block:${place.block}` : place?.grid ? `division:${place.grid}` : null;

type Reduce = (db: Executor, scope: Scope, code: string) => Promise<string | null>;

const stripBuilding: Reduce = async (db, scope, code) =>
  (await placeOf(db, scope, building, building.code, code)) ? `building:${code}` : null;

const stripAsset: Reduce = async (db, scope, code) => {
  const place = await placeOf(db, scope, asset, asset.id, code);
  const [row] = await db.select({ group: asset.asset_group }).from(asset).where(eq(asset.id, code));
  return place && row?.group === 'force' ? coarse(place) : place && `asset:${code}`;
};

/** What a wall shows for each kind of selection: doors become buildings, tenants and forces the block they are in. */
const reduce: Record<string, Reduce> = {
  division: async (db, scope, code) => ((await isDivisionIn(db, scope, code)) ? `division:${code}` : null),
  block: async (db, scope, code) => {
    const [row] = await db.select({ grid: block.grid_code }).from(block).where(eq(block.code, code));
    return row && (await isDivisionIn(db, scope, row.grid)) ? `block:${code}` : null;
  },
  building: stripBuilding,
  dwelling: async (db, scope, code) => {
    const [row] = await db.select({ building: dwelling.building_code }).from(dwelling).where(eq(dwelling.code, code));
    return row ? stripBuilding(db, scope, row.building) : null;
  },
  entity: async (db, scope, code) => coarse(await placeOf(db, scope, entity, entity.id, code)),
  event: async (db, scope, code) => ((await placeOf(db, scope, event, event.id, code)) ? `event:${code}` : null),
  asset: stripAsset,
  beach: async (_db, _scope, code) => `beach:${code}`,
  alert: async (_db, _scope, code) => `alert:${code}`,
  specialised_grid: async (_db, _scope, code) => `specialised_grid:${code}`,
};

const stripSelection = async (db: Executor, scope: Scope, selection: string | null): Promise<string | null> => {
  const [kind = '', code = ''] = selection?.split(':') ?? [];
  return (await reduce[kind]?.(db, scope, code)) ?? null;
};

const stripFilters = (filters: readonly Clause[]): Clause[] =>
  filters
    .filter(({ field }) => !peopleFields.includes(field))
    .slice(0, maxFilters)
    .map(({ source, field, values }) => ({
      source: isKey(source) ? source : 'cast',
      field,
      values: values.filter(isCode),
    }))
    .filter(({ values }) => values.length > 0);

/** A metric of the catalogue, or an indicator the customer keeps. */
const stripMetric = async (db: Executor, metric: string | null): Promise<string | null> => {
  if (metric === null || metricByKey.has(metric)) return metric;
  const isOwn = metric.startsWith(ownPrefix) && (await readOwn(db, metric.slice(ownPrefix.length))).length > 0;
  return isOwn ? metric : null;
};

/** A View as a wall of that scope may show it: its own territory, no person, no door, no free text. */
export const stripView = async (db: Executor, scope: Scope, view: View): Promise<View> => {
  const isInside = view.division !== null && (await isDivisionIn(db, scope, view.division));
  return {
    page: wallPageOf(view.page),
    division: isInside && view.division !== scope.division ? view.division : null,
    period: view.period,
    at: view.at,
    known: view.known,
    filters: stripFilters(view.filters),
    classes: view.classes.filter(
      ({ layer, metric, by }) => isKey(layer) && isKey(by) && metricByKey.has(metric) && !closeLayers.includes(layer),
    ),
    selection: await stripSelection(db, scope, view.selection),
    metric: await stripMetric(db, view.metric),
    layers: view.layers?.filter((key) => isKey(key) && !closeLayers.includes(key)) ?? null,
    camera: view.camera && { ...view.camera, zoom: Math.min(view.camera.zoom, maxZoom) },
  };
};
