import { eventStatuses } from '@/data/model/event';
import type { Sql } from '../db/client';
import { copyRows } from '../db/copy';

/** The same sequence every time (mulberry32). */
export const createDice = (seed: number) => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  return { next, pick };
};

const grids = ['T11', 'T12', 'T21'].flatMap((community) => [1, 2, 3, 4].map((n) => `${community}0${n}`));
/** Day the random events end on. */
export const lastDay = Date.parse('2026-03-05T00:00:00+08:00');

/** Events all over two years, some outside every grid, some half way, some with their instants out of order. */
const randomEvents = (n: number) => {
  const { next, pick } = createDice(7);
  const later = (from: number, days: number, chance: number) =>
    next() < chance ? from + Math.floor(next() * days * 86_400_000) : null;
  return Array.from({ length: n }, (_, index) => {
    const reported = lastDay - Math.floor(next() ** 2 * 760 * 86_400_000);
    const accepted = later(reported, 0.1, 0.9);
    const dispatched = accepted && later(accepted, 0.2, 0.9);
    const signed = dispatched && later(dispatched, 0.3, 0.9);
    const handled = signed && later(signed - 3_600_000, 3, 0.9);
    const closed = handled && later(handled, 1, 0.8);
    const grid = next() < 0.03 ? null : pick(grids);
    const at = (ms: number | null) => (ms === null ? null : new Date(ms));
    const status = closed
      ? pick(['S61', 'S62', 'S70', 'S21', 'S90'])
      : pick(eventStatuses.filter((s) => !['S61', 'S62', 'S70'].includes(s)));
    const category = pick(['0101', '0102', '0201', '0401', '0505']);
    return [
      `r${index}`,
      `r${index}`,
      `r${index}`,
      category,
      category.slice(0, 2),
      pick([1, 2, 3, 4]),
      pick(['01', '02', '03']),
      status,
      pick([null, 'XFJ', 'YJJ', 'SQZ']),
      next() < 0.2 ? pick(['B01', 'B05', 'B09']) : null,
      grid && (grid.startsWith('T2') ? 'T2' : 'T1'),
      grid?.slice(0, 3) ?? null,
      grid,
      at(reported),
      at(accepted),
      at(accepted),
      at(dispatched),
      at(signed),
      at(handled),
      at(closed),
      at(closed ?? handled ?? signed ?? dispatched ?? accepted ?? reported),
      at(later(reported, 6, 0.9)),
      pick([0, 0, 0, 1, 2]),
      next() < 0.5,
      next() < 0.2,
      pick([0, 0, 30, 600]),
      next() < 0.02 ? ['closed_before_opened'] : [],
      at(later(reported, 0.2, 0.9)),
      pick([0, 0, 0, 1]),
      pick([0, 0, 0, 1, 2]),
      at(closed && later(closed, 3, 0.5)),
      pick([null, 1, 3, 4, 5]),
    ];
  });
};

const eventColumns =
  'id number title category_code category_l1 level source_code status department_code building_code subdistrict_code community_code grid_code reported_at accepted_at registered_at dispatched_at signed_at handled_at closed_at status_at handle_due_at n_rework is_auto_dispatched is_self_handled paused_minutes flags accept_due_at n_return n_extension evaluated_at satisfaction';

/** Adds them to the town. */
export const addEvents = (sql: Sql, n: number): Promise<unknown> =>
  copyRows(sql, { table: 'event', columns: eventColumns.split(' ') }, randomEvents(n));
