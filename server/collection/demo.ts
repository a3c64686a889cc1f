import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { type Random, randomFor, uuidOf } from '@/data/demo/random';
import { CollectItem, type SheetBuilding, type SheetDoor } from '@/data/model/collection';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { division, entity } from '../db/schema';
import { readInstallation } from '../dictionary/store';
import { readSheet } from './sheet';
import { submitCollection } from './submit';
import { collection } from './table';

const dayMs = 86_400_000;
/** Days before the demo's end that its visits lie in. */
const daysBack = 30;
/** Grids that were collected in, and doors of each. */
const nGrids = 40;
const nDoors = 8;
/** Share of doors with a business of another grid, and how many of these there are. */
const strayShare = 0.15;
const strays = 50;

const scopeOf = ({ code, path }: { code: string; path: string }): Scope => ({
  ...{ division: code, path, level: 'grid', role: 'R5', screen: 'small', post: code, actorId: `R5:${code}` },
});

/** All that is on record at a door, confirmed. */
const confirmed = (door: SheetDoor): CollectItem[] => [
  ...(door.code && door.stamp
    ? [{ told: 'confirm' as const, kind: 'dwelling' as const, key: door.code, stamp: door.stamp }]
    : []),
  ...door.people.map(({ key, stamp }) => ({ told: 'confirm' as const, kind: 'person' as const, key, stamp })),
  ...door.entities.map(({ key, stamp }) => ({ told: 'confirm' as const, kind: 'entity' as const, key, stamp })),
];

/** A business found at the door that is registered in another grid: only a person can say whether it has moved. */
const doubtful = async ({ db }: Connection, random: Random, grid: string): Promise<CollectItem[]> => {
  if (!random.has(strayShare)) return [];
  const others = await db
    .select()
    .from(entity)
    .where(and(ne(entity.grid_code, grid), isNull(entity.closed_on)))
    .orderBy(entity.id)
    .limit(strays);
  const { name, credit_code, entity_type, industry, n_employees } = random.pick(others);
  const item = { told: 'entity', kind: 'entity', values: { name, credit_code, entity_type, industry, n_employees } };
  const parsed = CollectItem.safeParse(item);
  return parsed.success ? [parsed.data] : [];
};

type At = { building: SheetBuilding; door: SheetDoor };

const collectGrid = async (connection: Connection, scope: Scope, end: Date): Promise<void> => {
  const { buildings } = await readSheet(connection, scope);
  const doors = buildings.flatMap((building) => building.doors.map((door): At => ({ building, door })));
  const lived = doors.filter(({ door }) => door.code !== null && door.people.length > 0).slice(0, nDoors);
  for (const { building, door } of lived) {
    const random = randomFor(`collection ${door.code}`);
    const at = new Date(Math.round(end.getTime() - random.next() * daysBack * dayMs));
    const items = [...confirmed(door), ...(await doubtful(connection, random, scope.division))];
    const told = { clientKey: uuidOf(random), building: building.code, dwelling: door.code, items, events: [] };
    await submitCollection(connection, scope, { ...told, happenedAt: at.toISOString() }, at);
  }
};

/**
 * Visits to a part of the demo's doors, by the same command as any other: what is on record is confirmed, and at some a
 * business is found that is registered elsewhere. Once, and all of them or none.
 */
export const collectDemo = async (connection: Connection): Promise<void> => {
  const { demo, seededAt } = await readInstallation(connection.db);
  if (demo === null || demo === 'city') return;
  const end = new Date(seededAt);
  await connection.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('collection/demo', 0))`);
    const before = await tx.select({ id: collection.id }).from(collection).limit(1);
    if (before.length > 0) return;
    const grids = await tx
      .select({ code: division.code, path: division.path })
      .from(division)
      .where(eq(division.level, 6))
      .orderBy(division.code);
    const step = Math.ceil(grids.length / nGrids);
    const within = { ...connection, db: tx as never };
    for (const grid of grids.filter((_, index) => index % step === 0)) await collectGrid(within, scopeOf(grid), end);
  });
};
