import { sql } from 'drizzle-orm';
import { CareWindow } from '@/data/model/care';
import type { LngLat } from '@/data/model/geo';
import type { Scope } from '@/data/model/scope';
import type { CareHit, CaseHit, ThemeAsk } from '@/data/model/theme';
import { listCare } from '../care/store';
import type { Connection, Executor } from '../db/client';
import { listDisputes } from '../dispute/store';
import { listEvents, listOpenEvents } from '../event/store';

/** Middles of grids: no closer than that are quarrels and persons in care told on a map. */
const middlesOf = async (db: Executor, grids: readonly (string | null)[]): Promise<Map<string, LngLat>> => {
  const codes = JSON.stringify([...new Set(grids.filter((grid) => grid !== null))]);
  const rows = await db.execute<{ code: string; lng: number | null; lat: number | null }>(sql`
    select code, lng, lat from division where code in (select jsonb_array_elements_text(${codes}::text::jsonb))`);
  return new Map(
    rows.flatMap(({ code, lng, lat }) => (lng === null || lat === null ? [] : [[code, [lng, lat] as LngLat]])),
  );
};

const nowhere = { building: null, place: '', placeEn: '', room: '' } as const;

const findEvents = async (
  connection: Connection,
  scope: Scope,
  { division, at, conditions: { state, categoryL1 } }: ThemeAsk,
  limit: number,
): Promise<CaseHit[]> => {
  const clause = {
    source: 'theme',
    field: 'categoryL1' as const,
    values: categoryL1 === undefined ? [] : [categoryL1],
  };
  const question = { division, period: 'all' as const, at: at?.toISOString() ?? null, known: 'now' as const };
  const list = state === 'all' ? listEvents : listOpenEvents;
  const paging = { sort: 'newest' as const, order: 'asc' as const, limit, offset: 0 };
  const { rows } = await list(connection, scope, { ...question, filters: [clause] }, paging);
  return rows.map(({ id, grid, position, building, address, number, title, level, stage, reportedAt }) => ({
    ...{ kind: 'event', id, grid, position, building, place: address ?? '', placeEn: address ?? '', room: '' },
    ...{ number, title, level: String(level), stage, reportedAt },
  }));
};

const findDisputes = async (
  connection: Connection,
  scope: Scope,
  { division, at, conditions: { state, categoryL1 } }: ThemeAsk,
  limit: number,
): Promise<CaseHit[]> => {
  const ask = { division, at, isOpen: state !== 'all', categoryL1: categoryL1 ?? null, limit, offset: 0 };
  const rows = await listDisputes(connection, scope, ask);
  const middles = await middlesOf(
    connection.db,
    rows.map(({ grid }) => grid),
  );
  return rows.map(({ id, grid, number, title, scale, stage, reportedAt }) => ({
    ...{ kind: 'dispute', id, grid, position: middles.get(grid ?? '') ?? null, ...nowhere },
    ...{ number, title, level: scale, stage, reportedAt },
  }));
};

/** Events, or disputes, as they stood at the clock: those open, or all. */
export const findCases = (connection: Connection, scope: Scope, ask: ThemeAsk, limit: number): Promise<CaseHit[]> =>
  (ask.conditions.kind === 'dispute' ? findDisputes : findEvents)(connection, scope, ask, limit);

/** Persons in care as the register tells them (`care`), each in his grid and no closer; the register keeps the look. */
export const findCared = async (
  connection: Connection,
  scope: Scope,
  { purpose, division, conditions: { group, window } }: ThemeAsk,
): Promise<{ rows: CareHit[]; isCut: boolean }> => {
  const { rows, total } = await listCare(connection, scope, {
    ...{ purpose, division, group: group ?? null, window: CareWindow.parse(window ?? 'all') },
  });
  const middles = await middlesOf(
    connection.db,
    rows.map(({ grid }) => grid),
  );
  return {
    rows: rows.map(({ id, grid, place, placeEn, room, name, ageBand, group: of, dueAt }) => ({
      ...{ kind: 'care', id, grid, position: middles.get(grid ?? '') ?? null, building: null, place, placeEn, room },
      ...{ name, ageBand, group: of, dueAt },
    })),
    isCut: rows.length < total,
  };
};
