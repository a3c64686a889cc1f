import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LinkState } from '@/data/model/cast';
import { emptyView } from '@/data/model/view';
import { type Connection, connect } from '../db/client';
import { servers, type TestDatabase, testDatabase } from '../db/testing';
import { writeTown } from '../event/testing';
import { moveLease } from './lease';
import type { Move } from './rules';
import { hangWall, passTime, postOf } from './testing';

const devices = ['device-a', 'device-b', 'device-c'];

type Act =
  | {
      kind: Exclude<Move['kind'], 'time' | 'shown' | 'interrupted' | 'steer'>;
      device: string;
      server: number;
      age: number;
    }
  | { kind: 'pass'; seconds: number }
  | { kind: 'crash'; server: number };

const server = fc.nat(1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'claim',
        'accept',
        'decline',
        'release',
        'withdraw',
        'take',
        'beat',
        'quiet',
        'cast',
        'cast',
      ),
      device: fc.constantFrom(...devices),
      server,
      /** How many terms back the term lies that the device believes in. */
      age: fc.constantFrom(0, 0, 0, 1, 2),
    }) as fc.Arbitrary<Act>,
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(5, 19, 21, 61) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), server }) },
);

/** What the history of one wall has shown so far; `broken` names what must never be. */
const makeWitness = () => {
  const conductorOf = new Map<number, string>();
  const casts: { term: number; device: string; sequence: number }[] = [];
  const broken: string[] = [];
  let last: Pick<LinkState, 'term' | 'conductor'> = { term: 0, conductor: null };
  return {
    last: () => last,
    nextSequence: () => Math.max(0, ...casts.map(({ sequence }) => sequence)) + 1,
    see: ({ term, conductor, isQuiet }: LinkState) => {
      if (term >= last.term) last = { term, conductor };
      if (isQuiet && !conductor) broken.push(`term ${term}: quiet for nobody`);
      if (!conductor) return;
      const known = conductorOf.get(term) ?? conductor.device;
      if (known !== conductor.device) broken.push(`term ${term}: ${known} and ${conductor.device}`);
      conductorOf.set(term, known);
    },
    cast: (one: { term: number; device: string; sequence: number }) => {
      if (casts.some(({ sequence }) => sequence === one.sequence)) broken.push(`cast ${one.sequence} twice`);
      casts.push(one);
    },
    faults: () => [
      ...broken,
      ...casts.flatMap(({ term, device }) =>
        conductorOf.get(term) === device ? [] : [`cast by ${device} in ${term}`],
      ),
    ],
    nCasts: () => casts.length,
  };
};

describe.each(servers())('on %s', (kind) => {
  let database: TestDatabase;
  let processes: Connection[];
  beforeAll(async () => {
    database = await testDatabase({ server: kind });
    await writeTown(database.connection);
    processes = [connect(database.url, { max: 3 }), connect(database.url, { max: 3 })];
  });
  afterAll(async () => {
    await Promise.all(processes.map(({ sql: pool }) => pool.end({ timeout: 1 })));
    await database.end();
  });

  const runAct = async (wall: string, witness: ReturnType<typeof makeWitness>, one: Act): Promise<void> => {
    if (one.kind === 'pass') return passTime(database.connection, wall, one.seconds * 1_000);
    const connection = processes[one.server] ?? database.connection;
    if (one.kind === 'crash') {
      const pids = await connection.db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await database.connection.db.execute(sql`select pg_terminate_backend(${pids[0]?.pid ?? 0})`);
      return;
    }
    const { kind: what } = one;
    const { term: lastTerm, conductor } = witness.last();
    const device = what === 'cast' && one.age === 0 ? (conductor?.device ?? one.device) : one.device;
    const term = Math.max(1, lastTerm - one.age);
    const sequence = witness.nextSequence();
    const move =
      what === 'claim' || what === 'take'
        ? { kind: what, by: postOf(device) }
        : { kind: what, device, term, sequence, view: emptyView };
    const state = await moveLease(connection, wall, move as Move);
    witness.see(state);
    if (what === 'cast') witness.cast({ term, device, sequence });
  };

  test('two devices never both conduct a term, and nobody casts but the conductor of the term', async () => {
    let nCasts = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 5, maxLength: 14 }),
        async (rounds) => {
          const { id: wall } = await hangWall(database.connection);
          const witness = makeWitness();
          for (const round of rounds) {
            await Promise.allSettled(round.map((one) => runAct(wall, witness, one)));
            witness.see(await moveLease(database.connection, wall, { kind: 'time' }));
          }
          expect(witness.faults()).toEqual([]);
          nCasts += witness.nCasts();
        },
      ),
      { numRuns: 25, seed: 20_261_122 },
    );
    expect(nCasts).toBeGreaterThan(20);
  });

  test('a late message of the conductor before is refused', async () => {
    const { id: wall } = await hangWall(database.connection);
    const [first, second] = processes as [Connection, Connection];
    const before = await moveLease(first, wall, { kind: 'claim', by: postOf('device-a') });
    const after = await moveLease(second, wall, { kind: 'take', by: postOf('device-b') });
    expect(after.term).toBe(before.term + 1);
    const late = { kind: 'cast' as const, device: 'device-a', term: before.term, sequence: 1, view: emptyView };
    await expect(moveLease(first, wall, late)).rejects.toMatchObject({ code: 'conflict' });
    await expect(moveLease(first, wall, { ...late, term: after.term })).rejects.toMatchObject({ code: 'conflict' });
    const cast = await moveLease(first, wall, { ...late, device: 'device-b', term: after.term, sequence: 7 });
    expect(cast.sequence).toBe(7);
    await expect(
      moveLease(first, wall, { ...late, device: 'device-b', term: after.term, sequence: 7 }),
    ).rejects.toMatchObject({ code: 'stale' });
  });
});
