import { type SQL, sql } from 'drizzle-orm';
import type { Area, LngLat } from '@/data/model/geo';
import type { MovedKind, RecutFault, RecutMove, RecutProposal } from '@/data/model/recut';
import type { Executor } from '../db/client';
import { closedStatuses } from '../event/rules';
import { areaFinder } from './locate';
import type { RecutPlan } from './recut-plan';

/** `isCommunal`: placed no deeper than a community. */
type Kind = {
  kind: MovedKind;
  key: SQL;
  hasPosition?: true;
  hasBlock?: true;
  isCommunal?: true;
  building?: SQL;
  open?: SQL;
};

const id = sql.raw('t.id');
const closed = sql.join(
  closedStatuses.map((status) => sql`${status}`),
  sql`, `,
);

/** Buildings come first: what has no position of its own follows its building. Closed work stays where it was done. */
const kinds: readonly Kind[] = [
  { kind: 'building', key: sql.raw('t.code'), hasPosition: true, hasBlock: true },
  { kind: 'entity', key: id, hasPosition: true, hasBlock: true, building: sql`t.building_code` },
  { kind: 'asset', key: id, hasPosition: true, hasBlock: true },
  { kind: 'worker', key: id },
  { kind: 'device', key: id, hasPosition: true },
  { kind: 'weather_station', key: id, hasPosition: true, hasBlock: true },
  { kind: 'beach', key: id, hasPosition: true, hasBlock: true },
  {
    ...{ kind: 'event', key: id, hasPosition: true, hasBlock: true, building: sql`t.building_code` },
    open: sql`t.status not in (${closed})`,
  },
  { kind: 'dispute', key: id, hasPosition: true, hasBlock: true, open: sql`t.ended_at is null` },
  { kind: 'care', key: id, building: sql`t.building_code`, open: sql`t.to_on is null` },
  {
    ...{ kind: 'care_call', key: sql`t.alert_id || '|' || t.dwelling_code`, open: sql`t.confirmed_at is null` },
    building: sql`(select building_code from dwelling where code = t.dwelling_code)`,
  },
  { kind: 'doubt', key: id, building: sql`t.building_code`, open: sql`t.done_at is null` },
  {
    ...{ kind: 'errand', key: id, open: sql`t.finished_at is null and t.void_at is null` },
    building: sql`case when t.subject like 'building:%' then split_part(t.subject, ':', 2) end`,
  },
  // What was collected behind a door goes with it, done or left open: whoever comes next is told of it.
  { kind: 'collection', key: id, building: sql`t.building_code` },
  { kind: 'volunteer', key: id, isCommunal: true, open: sql`t.left_at is null` },
  {
    ...{ kind: 'volunteer_turn', key: id, isCommunal: true },
    open: sql`t.went_at is null and t.withdrawn_at is null
      and exists (select from volunteer_call c where c.id = t.call_id and c.ends_at > now())`,
  },
];

type Placed = { subdistrict: string | null; community: string | null; grid: string | null; block: string | null };
type Row = Placed & { id: string; lng: number | null; lat: number | null; building: string | null };

/** A record with the place it leaves and the one it takes. */
export type Moved = { kind: MovedKind; id: string; from: Placed; to: Placed; isOutside: boolean };

const listed = (codes: readonly string[]): SQL =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`;

/** Locks the rows of a kind that stand in what ends. */
const readRows = async (db: Executor, { kind, key, ...has }: Kind, ended: readonly string[]): Promise<Row[]> => {
  const own = has.isCommunal ? sql`null::text` : sql`t.grid_code`;
  const rows = await db.execute(sql`
    select (${key})::text as id, t.subdistrict_code as subdistrict, t.community_code as community, ${own} as grid,
      ${has.hasBlock ? sql`t.block_code` : sql`null::text`} as block, ${has.building ?? sql`null::text`} as building,
      ${has.hasPosition ? sql`t.lng, t.lat` : sql`null::float8 as lng, null::float8 as lat`}
    from ${sql.identifier(kind)} t
    where coalesce(${own}, t.community_code) in ${listed(ended)} and ${has.open ?? sql`true`}
    order by 1
    for update of t`);
  return rows as unknown as Row[];
};

type Target = { community: string; grid: string; block: string | null };

/** Finds the new grid and block of a position. */
const targetFinder = ({ divisions, blocks }: RecutPlan) => {
  const grids = divisions.filter(({ level }) => level === 6);
  const find = areaFinder(grids as { code: string; parent_code: string; geometry: Area }[]);
  const findBlock = new Map(
    grids.map(({ code }) => [code, areaFinder(blocks.filter(({ grid_code }) => grid_code === code))]),
  );
  return (position: LngLat): Target | null => {
    const grid = find(position);
    const block = grid && findBlock.get(grid.code)?.(position);
    return grid && { grid: grid.code, community: grid.parent_code, block: block?.code ?? null };
  };
};

/** Every record that stands in what ends, with where it goes: by position, by its building, else with most of its grid. */
export const readMoves = async (db: Executor, plan: RecutPlan, proposal: RecutProposal): Promise<Moved[]> => {
  const find = targetFinder(plan);
  const communityOf = new Map(plan.divisions.map(({ code, parent_code }) => [code, parent_code ?? null]));
  const named = new Map(
    proposal.grids.flatMap(({ code, workers }) => workers.map((worker) => [worker, code] as const)),
  );
  const buildings = new Map<string, Placed>();
  const inGrid = (row: Row, grid: string | undefined): Placed => ({
    ...{ subdistrict: row.subdistrict, community: communityOf.get(grid ?? '') ?? row.community },
    ...{ grid: grid ?? null, block: null },
  });
  const placeOf = ({ kind, hasBlock }: Kind, row: Row): { to: Placed; isOutside: boolean } => {
    const found = row.lng === null || row.lat === null ? null : find([row.lng, row.lat]);
    const isOutside = row.lng !== null && !found;
    const block = (place: { block: string | null }) => (hasBlock ? place.block : null);
    if (row.grid === null)
      return {
        to: { ...row, ...inGrid(row, undefined), community: plan.heirs.get(row.community ?? '') ?? null },
        isOutside: false,
      };
    if (found) return { to: { ...inGrid(row, found.grid), block: block(found) }, isOutside };
    const house = buildings.get(row.building ?? '');
    if (house) return { to: { ...house, subdistrict: row.subdistrict, block: block(house) }, isOutside };
    const heir = (kind === 'worker' && named.get(row.id)) || plan.heirs.get(row.grid);
    return { to: inGrid(row, heir), isOutside };
  };
  const moves: Moved[] = [];
  for (const kind of kinds)
    for (const row of await readRows(db, kind, plan.ended)) {
      const { to, isOutside } = placeOf(kind, row);
      const { subdistrict, community, grid, block } = row;
      if (kind.kind === 'building') buildings.set(row.id, to);
      const target = { subdistrict: to.subdistrict, community: to.community, grid: to.grid, block: to.block };
      moves.push({ kind: kind.kind, id: row.id, from: { subdistrict, community, grid, block }, to: target, isOutside });
    }
  return moves;
};

/** Workers named who answer for no grid that ends, or twice; grids with open events that nobody would answer for. */
export const checkWorkers = (moves: readonly Moved[], { grids }: RecutProposal): RecutFault[] => {
  const fault = (reason: RecutFault['reason'], code: string): RecutFault => ({ reason, code, squareMetres: null });
  const named = grids.flatMap(({ workers }) => workers);
  const moved = moves.filter(({ kind }) => kind === 'worker');
  const wrong = named.filter(
    (worker, index) =>
      named.indexOf(worker) < index || !moved.some(({ id, from }) => id === worker && from.grid !== null),
  );
  const manned = new Set(moved.map(({ to }) => to.grid));
  const busy = new Set(moves.flatMap(({ kind, to }) => (kind === 'event' ? (to.grid ?? []) : [])));
  return [
    ...[...new Set(wrong)].map((code) => fault('recut_worker', code)),
    ...[...busy].filter((code) => !manned.has(code)).map((code) => fault('recut_no_worker', code)),
  ];
};

/** Counts of moves by kind, old and new division. */
export const countMoves = (moves: readonly Moved[]): RecutMove[] => {
  const counts = new Map<string, RecutMove>();
  for (const { kind, from, to } of moves) {
    const ends = { from: from.grid ?? from.community ?? '', to: to.grid ?? to.community ?? '' };
    const key = `${kind} ${ends.from} ${ends.to}`;
    const known = counts.get(key) ?? { kind, ...ends, n: 0 };
    counts.set(key, { ...known, n: known.n + 1 });
  }
  return [...counts.values()];
};

/** Keeps where the records stood and places them anew; `at` = the instant of the re-cut. */
export const writeMoves = async (
  tx: Executor,
  moves: readonly Moved[],
  { recut, at }: { recut: string; at: Date },
): Promise<void> => {
  const clock = sql`${at.toISOString()}::timestamptz`;
  for (const { kind, key, hasBlock, isCommunal } of kinds) {
    const own = moves.filter((move) => move.kind === kind);
    if (own.length === 0) continue;
    const flat = own.map(({ id: record, from, to }) => ({
      ...{ record, from_s: from.subdistrict, from_c: from.community, from_g: from.grid, from_b: from.block },
      ...{ to_c: to.community, to_g: to.grid, to_b: to.block },
    }));
    const rows = sql`jsonb_to_recordset(${JSON.stringify(flat)}::text::jsonb) as m(record text, from_s text, from_c text,
      from_g text, from_b text, to_c text, to_g text, to_b text)`;
    await tx.execute(sql`
      insert into placement_past (recut_id, kind, record_id, subdistrict_code, community_code, grid_code, block_code,
        from_at, to_at)
      select ${recut}::uuid, ${kind}, m.record, from_s, from_c, from_g, from_b,
        (select max(p.to_at) from placement_past p where p.kind = ${kind} and p.record_id = m.record), ${clock}
      from ${rows}`);
    await tx.execute(sql`
      update ${sql.identifier(kind)} t
      set community_code = m.to_c ${isCommunal ? sql`` : sql`, grid_code = m.to_g`}
        ${hasBlock ? sql`, block_code = m.to_b` : sql``}
      from ${rows} where (${key})::text = m.record`);
  }
};
