import { sql } from 'drizzle-orm';
import type { Connection } from '../db/client';
import { duty, specialised_grid, specialised_grid_member, worker } from '../db/schema';

type Staffed = {
  id: string;
  grids: string[];
  /** On shift and signed in · due and not there · not on the roster. */
  shift?: 'on' | 'absent' | 'off';
  department?: string;
  home?: string;
};

/** Lays one specialised grid for each worker over base grids of a town, with a shift that runs now. */
export const writeStaff = async ({ db }: Connection, staff: readonly Staffed[]): Promise<void> => {
  await db.insert(worker).values(
    staff.map(({ id, department = 'XFJ', home = 'A' }) => ({
      ...{ id, name: id, worker_type: 'G2', department_code: department, community_code: home },
    })),
  );
  await db.insert(specialised_grid).values(
    staff.map(({ id, department = 'XFJ' }) => ({
      ...{ code: `P-${id}`, line: 'P01', name: id, name_en: id, department_code: department, worker_id: id },
    })),
  );
  await db
    .insert(specialised_grid_member)
    .values(
      staff.flatMap(({ id, grids }) => grids.map((grid_code) => ({ specialised_grid_code: `P-${id}`, grid_code }))),
    );
  const due = staff.filter(({ shift = 'on' }) => shift !== 'off');
  if (due.length === 0) return;
  const [clock] = await db.execute<{ at: string }>(sql`select now() as at`);
  const now = Date.parse(clock?.at ?? '');
  const at = (hours: number) => new Date(now + hours * 3_600_000);
  await db.insert(duty).values(
    due.map(({ id, shift = 'on' }) => ({
      ...{ worker_id: id, starts_at: at(-2), ends_at: at(6), signed_in_at: shift === 'on' ? at(-2) : null },
    })),
  );
};
