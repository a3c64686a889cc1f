import type { Collected, CollectItem, SheetDoor } from '@/data/model/collection';
import type { Role, ScreenKey } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { buildingOf, loadTown, townScope } from '../db/testing-town';
import { loadTerms } from '../dictionary/seed';
import { inPlain } from '../person/testing';
import { createCaller } from '../trpc/root';

/** The town with a number of his own for everybody, and none for the second of the first grid. */
export const collectTown = async (): Promise<TestDatabase> => {
  const database = await testDatabase();
  await loadTown(database.connection);
  await loadTerms(database.connection.db);
  await inPlain(database.connection, async (sql) => {
    await sql`update person set name = name || id, id_number = '44030719800506' || lpad(id::text, 3, '0') || 'X'`;
    await sql`update person set id_number = 'none' where id = 1`;
  });
  await database.connection.sql`update entity set credit_code = '9144030000000' || right(grid_code, 5)`;
  return database;
};

type Written = Record<'visits' | 'items' | 'people' | 'homes' | 'ended' | 'entities', number>;

/** Who collects and who judges in a town, and what they tell. */
export const townCollectors = ({ connection }: TestDatabase) => {
  const callerOf = (role: Role, division = 'DP', screen: ScreenKey = 'small') =>
    createCaller({ scope: townScope(role, division, screen), connection });
  const sheet = (grid: string) => callerOf('R5', grid).collection.sheet();
  return {
    callerOf,
    sheet,
    doorOf: async (grid: string, code: string | null): Promise<SheetDoor> => {
      const door = (await sheet(grid)).buildings[0]?.doors.find((one) => one.code === code);
      if (!door) throw new Error(`No door ${code}.`);
      return door;
    },
    submit: (told: Collected, grid: string, role: Role = 'R5') => callerOf(role, grid).collection.submit(told),
    itemsOf: (id: string) => connection.sql`
      select seq::int, kind, act, method, record_id, before, after, why, candidates from collection_item
      where collection_id = ${id} order by seq`,
    nWritten: async (): Promise<Written> => {
      const [row] = await connection.sql<Written[]>`
        select (select count(*)::int from collection) as visits, (select count(*)::int from collection_item) as items,
          (select count(*)::int from person) as people, (select count(*)::int from residence) as homes,
          (select count(*)::int from residence where to_on is not null) as ended,
          (select count(*)::int from entity) as entities`;
      if (!row) throw new Error('A count of rows is one row.');
      return row;
    },
  };
};

export const visitTo = (grid: string, dwelling: string | null, items: CollectItem[]): Collected => ({
  ...{ clientKey: crypto.randomUUID(), building: buildingOf(grid), dwelling, items, events: [] },
  happenedAt: new Date().toISOString(),
});
export const shown = ({ key, stamp }: { key: string; stamp: string }) => ({ key, stamp });
export const confirmed = ({ code, stamp }: SheetDoor): CollectItem => ({
  ...{ told: 'confirm', kind: 'dwelling', key: code ?? '', stamp: stamp ?? '' },
});
export const newcomer = (name: string, id_number: string): CollectItem => ({
  ...{ told: 'person', kind: 'person' },
  values: { name, id_number, phone: null, relation: '2', population_type: '2' },
});
export const shop = (name: string, credit_code: string): CollectItem => ({
  ...{ told: 'entity', kind: 'entity' },
  values: { name, credit_code, entity_type: '2', industry: '1', n_employees: 2 },
});
