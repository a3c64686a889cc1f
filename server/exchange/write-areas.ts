import type { Area } from '@/data/model/geo';
import type { AreaPlan, BlockPlan, DivisionPlan } from './area-plan';
import type { Place, Placement } from './event-plan';
import { placerOf } from './placer';
import { stageRows, type Tx, upsertStaged } from './stage';

const shape = ['geometry', 'bbox', 'lng', 'lat', 'area_sqm'] as const;
const divisionColumns = ['code', 'parent_code', 'level', 'path', 'name', 'name_en', 'sort', ...shape] as const;
const blockColumns = ['code', 'grid_code', 'name', 'name_en', 'land_use', ...shape] as const;
const groundColumns = ['id', 'kind', 'rank', 'geometry'] as const;
const placementColumns = ['subdistrict_code', 'community_code', 'grid_code', 'block_code'] as const;

type OutlineRow = { code: string; level: number; path: string; geometry: Area | null };

/** Placer over the outlines the database holds, this transaction's own included. Null = it holds no grids. */
export const readPlacer = async (tx: Tx): Promise<Place | null> => {
  const divisions = await tx<OutlineRow[]>`select code, level, path, geometry from division`;
  const blocks = await tx<{ code: string; grid_code: string; geometry: Area }[]>`
    select code, grid_code, geometry from block`;
  return divisions.some(({ level, geometry }) => level === 6 && geometry) ? placerOf(divisions, blocks) : null;
};

type PlacedEvent = { id: string } & Placement & { lng: number; lat: number };

/** Places the events anew after outlines changed; returns how many moved. */
const placeAgain = async (tx: Tx): Promise<number> => {
  const place = await readPlacer(tx);
  const events = await tx<PlacedEvent[]>`
    select id, lng, lat, subdistrict_code, community_code, grid_code, block_code from event where lng is not null`;
  const moved = events.flatMap(({ id, lng, lat, ...before }) => {
    const found = place?.([lng, lat]);
    const now = Object.fromEntries(placementColumns.map((column) => [column, found?.[column] ?? null]));
    return placementColumns.some((column) => before[column] !== now[column]) ? [{ id, ...now }] : [];
  });
  if (moved.length === 0) return 0;
  await stageRows<Record<string, unknown>>(tx, 'event', ['id', ...placementColumns], moved);
  await tx`
    update event e set subdistrict_code = s.subdistrict_code, community_code = s.community_code,
      grid_code = s.grid_code, block_code = s.block_code, version = e.version + 1,
      flags = case when s.grid_code is null then (e.flags - 'outside_area') || '["outside_area"]' else e.flags - 'outside_area' end
    from staged_event s where s.id = e.id`;
  await tx`
    delete from unplaced u using staged_event s
    where u.kind = 'event' and u.record_id = s.id`;
  await tx`
    insert into unplaced (kind, record_id, reason)
    select 'event', id, 'outside_area' from staged_event where grid_code is null`;
  return moved.length;
};

/** Puts divisions, blocks and ground in place of those an earlier import brought, and places its events anew. */
export const writeAreas = async (tx: Tx, plan: AreaPlan): Promise<{ nReplaced: number }> => {
  await stageRows<DivisionPlan>(tx, 'division', divisionColumns, plan.divisions);
  await upsertStaged(tx, 'division', divisionColumns, ['code']);
  await tx`delete from division where code not in (select code from staged_division)`;
  await stageRows<BlockPlan>(tx, 'block', blockColumns, plan.blocks);
  await upsertStaged(tx, 'block', blockColumns, ['code']);
  await tx`delete from block where code not in (select code from staged_block)`;
  const ground = { id: 1, kind: 'land', rank: 1, geometry: plan.land };
  await stageRows<typeof ground>(tx, 'base_feature', groundColumns, [ground]);
  await upsertStaged(tx, 'base_feature', groundColumns, ['id']);
  return { nReplaced: await placeAgain(tx) };
};
