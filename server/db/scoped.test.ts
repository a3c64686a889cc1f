import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, readerRole } from './client';
import { migrateDatabase } from './migrate';
import * as schema from './schema';
import { beyondScope, onOneLine, scopedTo } from './scoped';
import { servers, type TestDatabase, testDatabase } from './testing';
import { dwellingsOf, grids, loadTown, townScope } from './testing-town';

/** Tables no reader is granted: each holds keys, seals or the machinery's own state. */
const withheld: Record<string, string> = {
  account: 'who may sign in; kept and told by the administrators of accounts alone',
  account_credential: 'hashes of passwords',
  account_factor: 'second factors',
  account_failure: 'wrong passwords under a keyed hash',
  account_post: 'who holds which post; told with its account',
  account_session: 'tokens of sign-ins',
  account_verification: 'tokens on their way',
  attribute_past: 'what records said before they changed, for the replica',
  batch_rows: 'rows of an import as a file, for the replica',
  change: 'the log of all territories; the feed cuts it',
  intake_turn: 'the throttle of the public',
  job: 'the queue',
  notice_push: 'keys of browsers',
  person_unsealed: 'identities of an older version on their way to being sealed',
  placement_past: 'where records stood before a re-cut, for the replica',
  push_key: 'hashes of the keys of sending systems',
  recut: 'proposals of boundaries with what they moved, for the replica',
  unsealed: 'names of an older version on their way to being sealed',
  wall: 'hashes of keys, pairing codes',
  wall_device: 'hashes of keys',
  wall_lease: 'what a wall shows, told by its key alone',
  wall_try: 'the throttle of pairing',
};

describe.each(servers())('reading in a scope on %s', (server) => {
  let database: TestDatabase;
  let live: Connection;
  beforeAll(async () => {
    database = await testDatabase({ server });
    live = database.connection;
    await loadTown(live);
  });
  afterAll(() => database.end());

  const tables = async (): Promise<string[]> =>
    (
      await live.sql<{ name: string }[]>`
        select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`
    ).map(({ name }) => name);
  const gridsSeen = async (connection: Connection): Promise<string[]> =>
    (await connection.db.select({ grid: schema.building.grid_code }).from(schema.building)).flatMap(({ grid }) =>
      grid ? [grid] : [],
    );

  test('every table has a policy for the reader, or is withheld for a reason', async () => {
    const policies = await live.sql<{ name: string }[]>`
      select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relrowsecurity and p.polcmd = 'r' and p.polroles = array[${readerRole}::regrole::oid]`;
    const covered = new Set(policies.map(({ name }) => name));
    const all = await tables();
    expect(all.length).toBeGreaterThan(90);
    expect(all.filter((name) => !covered.has(name))).toEqual(Object.keys(withheld));
    for (const name of Object.keys(withheld)) {
      const asked = live.reader?.lines.unsafe(`select from "${name}"`);
      await expect(asked, name).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('the role may change nothing, owns nothing and goes past no policy', async () => {
    const [role] = await live.sql`
      select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole from pg_roles where rolname = ${readerRole}`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false });
    const rights = await live.sql<{ may: string }[]>`
      select distinct privilege_type || ' ' || table_name as may from information_schema.role_table_grants
      where grantee = ${readerRole} and privilege_type <> 'SELECT'`;
    expect(rights.map(({ may }) => may)).toEqual(['INSERT audit_line']);
  });

  test('a direct session in the role and without a scope sees nothing in any table', async () => {
    const direct = postgres(database.url, { max: 1, onnotice: () => {} });
    try {
      await direct.unsafe(`set role ${readerRole}`);
      let nAsked = 0;
      for (const name of await tables()) {
        if (name in withheld) continue;
        const column = { public_contact: 'event_id', volunteer_pass: 'volunteer_id' }[name] ?? '*';
        expect(await direct.unsafe(`select ${column} from "${name}"`), name).toEqual([]);
        nAsked += 1;
      }
      expect(nAsked).toBeGreaterThan(80);
      await expect(direct`update building set name = 'x'`).rejects.toMatchObject({ code: '42501' });
      await expect(direct`delete from audit_line`).rejects.toMatchObject({ code: '42501' });
    } finally {
      await direct.end();
    }
    expect(await gridsSeen(live)).toHaveLength(grids.length);
  });

  test('the territory is cut whatever is asked; people are told to whom they may be', async () => {
    const worker = scopedTo(live, townScope('R5', grids[1]));
    expect(await gridsSeen(worker)).toEqual([grids[1]]);
    expect((await worker.sql`select dwelling_code from residence order by 1`).map((row) => row.dwelling_code)).toEqual(
      [...dwellingsOf(grids[1]), dwellingsOf(grids[1])[0]].sort(),
    );
    expect(await worker.db.select().from(schema.person)).toHaveLength(3);
    expect(await worker.sql`select from event where id in ${worker.sql(['E0', 'E1'])}`).toHaveLength(1);
    for (const [role, screen] of [
      ['R1', 'mid'],
      ['R7', 'mid'],
      ['R2', 'big'],
    ] as const)
      expect(
        await scopedTo(live, townScope(role, 'DP', screen))
          .db.select()
          .from(schema.person),
      ).toEqual([]);
    expect(await scopedTo(live, townScope('R2', 'DP')).db.select().from(schema.person)).toHaveLength(12);
    expect(await gridsSeen(beyondScope(worker))).toHaveLength(grids.length);
  });

  test('a scope that names no place there is, or what PostgreSQL would read as words, sees nothing', async () => {
    for (const division of ["' or true --", '%', '', '44030700901501%']) {
      const scope = { ...townScope('R5', grids[0]), division, path: `/44/4403/DP/${division}/` };
      expect(await gridsSeen(scopedTo(live, scope)), division).toEqual([]);
    }
  });

  test('concurrent callers, errors and aborts leave no line with somebody’s scope', async () => {
    const posts = grids.map((grid) => ({ grid, connection: scopedTo(live, townScope('R5', grid)) }));
    const turns = Array.from({ length: 240 }, (_, turn) => posts[turn % posts.length] as (typeof posts)[number]);
    await Promise.all(
      turns.map(async ({ grid, connection }, turn) => {
        if (turn % 5 === 0) await expect(connection.db.execute(sql`select 1 / 0 from building`)).rejects.toThrow();
        if (turn % 7 === 0) {
          const failed = connection.db.transaction(async (tx) => {
            await tx.select().from(schema.building);
            throw new Error('left');
          });
          await expect(failed).rejects.toThrow('left');
        }
        if (turn % 11 === 0) {
          const slow = connection.sql`select pg_sleep(5) from building`;
          const cut = expect(slow).rejects.toThrow();
          await new Promise((resolve) => setTimeout(resolve, 20));
          slow.cancel();
          await cut;
        }
        expect(await gridsSeen(connection)).toEqual([grid]);
        const inside = await connection.db.transaction(async (tx) => [
          await tx.select({ grid: schema.building.grid_code }).from(schema.building),
          await tx.select({ grid: schema.entity.grid_code }).from(schema.entity),
        ]);
        expect(inside).toEqual([[{ grid }], [{ grid }]]);
      }),
    );
    const lines = await Promise.all(
      Array.from({ length: 30 }, async () =>
        live.reader?.lines.unsafe(`
        select current_setting('gridhall.path', true) as path, current_user as role,
          array(select code from building) as seen`),
      ),
    );
    for (const [line] of lines.flatMap((line) => (line ? [line] : [])))
      expect([line?.path || null, line?.role, line?.seen]).toEqual([null, readerRole, []]);
  });

  test('the statements of a work share one transaction; what is asked behind its end, or after it failed, has a line of its own', async () => {
    const connection = scopedTo(live, townScope('R5', grids[1]));
    const turnOf = async ({ sql: line }: Connection): Promise<unknown> =>
      (await line`select pg_backend_pid() || ' ' || now() as turn, array(select grid_code from building) as seen`)[0];
    const left: Connection[] = [];
    const turns = await onOneLine(connection, (held) => {
      left.push(held);
      return Promise.all(Array.from({ length: 6 }, () => turnOf(held)));
    });
    expect(new Set(turns.map((turn) => JSON.stringify(turn))).size).toBe(1);
    expect(turns[0]).toMatchObject({ seen: [grids[1]] });
    const failing = onOneLine(connection, async (held) => {
      left.push(held);
      await Promise.all([turnOf(held), held.sql`select 1 / 0`, turnOf(held)]);
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    const others = scopedTo(live, townScope('R5', grids[3]));
    const [late, ...own] = await Promise.all([
      Promise.all(left.map((held) => gridsSeen(held))),
      ...Array.from({ length: 20 }, () => onOneLine(others, gridsSeen)),
    ]);
    expect(late).toEqual([[grids[1]], [grids[1]]]);
    expect(own).toEqual(Array.from({ length: 20 }, () => [grids[3]]));
    expect(await onOneLine(live, gridsSeen)).toHaveLength(grids.length);
  });

  test('a lost line takes its scope with it, and the pool goes on', async () => {
    const connection = scopedTo(live, townScope('R5', grids[2]));
    const asleep = Array.from({ length: 4 }, () => expect(connection.sql`select pg_sleep(20)`).rejects.toThrow());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await live.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'gridhall-reader' and datname = current_database()`;
    await Promise.all(asleep);
    // Idle lines learn of it a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const seen = await Promise.all(Array.from({ length: 40 }, () => gridsSeen(connection)));
    expect(new Set(seen.flat())).toEqual(new Set([grids[2]]));
  });

  test('an owner who is no superuser reads in the role once it is granted, and is told of it before', async () => {
    const name = `plain_${server.replace('-', '_')}`;
    await live.sql.unsafe(`create role ${name} login password 'plain'`);
    await live.sql.unsafe(`create database ${name} owner ${name} template template0 encoding 'UTF8'`);
    const url = Object.assign(new URL(database.url), { username: name, password: 'plain', pathname: `/${name}` });
    try {
      const told = { cause: { message: expect.stringContaining(`GRANT ${readerRole} TO ${name}`) } };
      await expect(migrateDatabase(url.toString())).rejects.toMatchObject(told);
      await live.sql.unsafe(`grant ${readerRole} to ${name}`);
      await migrateDatabase(url.toString());
      const plain = connect(url.toString(), { max: 2 });
      await loadTown(plain);
      expect(await gridsSeen(scopedTo(plain, townScope('R5', grids[3])))).toEqual([grids[3]]);
      expect(await gridsSeen(plain)).toHaveLength(grids.length);
      await plain.sql.end({ timeout: 2 });
    } finally {
      await live.sql.unsafe(`drop database ${name} with (force)`);
      await live.sql.unsafe(`drop role ${name}`);
    }
  });

  test('nothing goes past the scope of a connection', () => {
    const { sql: scoped } = scopedTo(live, townScope('R2', 'DP'));
    for (const way of ['reserve', 'listen', 'notify', 'subscribe', 'file'] as const)
      expect(() => (scoped[way] as () => unknown)()).toThrow('A scoped connection has no');
  });
});
