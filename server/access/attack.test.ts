import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyProcedure } from '@trpc/server';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Role, roles, type Scope, type ScreenKey, screenKeys } from '@/data/model/scope';
import { type TestDatabase, testDatabase } from '../db/testing';
import { replica } from '../metric/replica';
import { appRouter, createCaller } from '../trpc/root';
import {
  attackOn,
  missingLike,
  namesOfPeople,
  outsideOf,
  rowsOutside,
  strewThings,
  type Targets,
} from './testing-attack';
import { faultsOf, sampleOf } from './testing-sample';

/** The territory everybody here has; all else of the tiny town is foreign. */
const community = '440307009002';
const ownGrid = '44030700900201';

/**
 * Who may ask what, seated at a desk or with a phone, and on a wall (`all` = every role). A procedure without a line fails
 * the test: whoever adds one says who may.
 */
const rights = new Map(
  (
    parse(readFileSync('server/access/rights.csv', 'utf8'), { columns: true }) as {
      procedure: string;
      seated: string;
      wall: string;
    }[]
  ).map(({ procedure, seated, wall }) => [procedure, { seated, wall }]),
);
const isExpected = (path: string, role: Role, screen: ScreenKey): boolean => {
  const listed = rights.get(path)?.[screen === 'big' ? 'wall' : 'seated'] ?? '';
  return listed === 'all' || listed.split(' ').includes(role);
};

/** Answers that name what lies elsewhere, each with its reason. */
const toldToAll: Record<string, string> = {
  'access.posts': 'the chooser of an open installation',
  'drill.list': 'what came of a drill is told to all it took place with: the exercise as a whole, no live case',
};

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>);
const typeOf = (procedure: AnyProcedure): string => (procedure._def as unknown as { type: string }).type;

let database: TestDatabase;
let home: string;
let path: string;
let own: Targets;
let foreign: Targets;
let missing: Targets;
let ownPlace: [number, number];
let foreignPlace: [number, number];
let secrets: ReadonlySet<string>;
let people: ReadonlySet<string>;

beforeAll(async () => {
  database = await testDatabase({ demo: 'tiny' });
  home = mkdtempSync(join(tmpdir(), 'gridhall-attack-'));
  vi.stubEnv('DATABASE_URL', database.url);
  vi.stubEnv('GRIDHALL_HOME', home);
  const { connection } = database;
  await strewThings(connection);
  foreign = await outsideOf(connection, community);
  missing = missingLike(foreign);
  own = { ...missing, division: community, grid: ownGrid };
  const rows = await connection.sql<{ code: string; path: string; lng: number; lat: number }[]>`
    select code, path, lng, lat from division where code in ${connection.sql([ownGrid, String(foreign.grid), community])}`;
  const at = (code: string | number | undefined): [number, number] => {
    const row = rows.find((one) => one.code === code);
    return [row?.lng ?? 0, row?.lat ?? 0];
  };
  [ownPlace, foreignPlace] = [at(ownGrid), at(foreign.grid)];
  path = rows.find(({ code }) => code === community)?.path ?? '';
  secrets = await rowsOutside(connection, community);
  people = await namesOfPeople(connection);
}, 300_000);
afterAll(async () => {
  await replica().stop();
  vi.unstubAllEnvs();
  await database.end();
  rmSync(home, { recursive: true, force: true });
});

const everyone = roles.flatMap((role) => screenKeys.map((screen) => ({ role, screen })));
const scopeOf = (role: Role, screen: ScreenKey): Scope => ({
  ...{ division: community, path, level: 'community', role, screen, post: community, actorId: `${role}:${community}` },
});

type Outcome = { code: string; value?: unknown; message?: string };

const call = async (procedure: string, role: Role, screen: ScreenKey, input: unknown): Promise<Outcome> => {
  const caller = createCaller({ connection: database.connection, scope: scopeOf(role, screen) });
  const run = procedure.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], caller);
  try {
    return { code: 'OK', value: await (run as (given: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    const { code = 'UNKNOWN', message = '' } = error as { code?: string; message?: string };
    return { code, message };
  }
};

/** Every word of an answer, at any depth. */
function* wordsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield* value.split(/[^\p{L}\p{N}_:.-]+/u);
  else if (typeof value === 'object' && value !== null)
    for (const [key, part] of Object.entries(value)) {
      yield* wordsOf(key);
      yield* wordsOf(part);
    }
}

const leaksIn = (value: unknown, given: unknown): string[] => {
  const asked = new Set(wordsOf(given));
  return [...new Set(wordsOf(value))].filter((word) => !asked.has(word) && (secrets.has(word) || people.has(word)));
};

/** Subscriptions never end by themselves: they are attacked on their own. */
const asked = procedures.filter(([, procedure]) => typeOf(procedure) !== 'subscription');

test('every procedure has its line of expected rights, and every line a procedure', () => {
  expect([...rights.keys()].sort()).toEqual(procedures.map(([name]) => name).sort());
});

test('every procedure takes what it is attacked with', () => {
  for (const [name, procedure] of procedures)
    for (const [targets, place] of [
      [own, ownPlace],
      [foreign, foreignPlace],
      [missing, foreignPlace],
    ] as const)
      expect(faultsOf(procedure, sampleOf(procedure, attackOn(name, targets, place))), name).toEqual([]);
});

describe('each role on each screen', () => {
  test('may ask what the table says, and nothing else', async () => {
    const wrong: string[] = [];
    for (const [name, procedure] of asked)
      await Promise.all(
        everyone.map(async ({ role, screen }) => {
          const { code } = await call(name, role, screen, sampleOf(procedure, attackOn(name, own, ownPlace)));
          if ((code !== 'FORBIDDEN') !== isExpected(name, role, screen))
            wrong.push(`${name} ${role} ${screen}: ${code}`);
        }),
      );
    expect(wrong).toEqual([]);
  }, 300_000);

  test('gets no row of another territory, and nobody’s name, whatever id or division it asks for', async () => {
    const wrong: string[] = [];
    for (const [name, procedure] of asked)
      await Promise.all(
        everyone.map(async ({ role, screen }) => {
          if (!isExpected(name, role, screen)) return;
          const input = sampleOf(procedure, attackOn(name, foreign, foreignPlace));
          const { code, value, message } = await call(name, role, screen, input);
          if (code === 'INTERNAL_SERVER_ERROR') wrong.push(`${name} ${role} ${screen}: ${message}`);
          const leaks = name in toldToAll ? [] : leaksIn([value, message], input);
          if (leaks.length > 0) wrong.push(`${name} ${role} ${screen}: ${leaks.slice(0, 3).join(' ')}`);
        }),
      );
    expect(wrong).toEqual([]);
  }, 300_000);
});

test('what lies elsewhere and what does not exist are told apart by nobody', async () => {
  const wrong: string[] = [];
  let nCompared = 0;
  const nameless = (outcome: Outcome, targets: Targets): string => {
    const ids = Object.values(targets)
      .map(String)
      .sort((a, b) => b.length - a.length);
    return ids.reduce((text, id) => text.replaceAll(id, '#'), JSON.stringify(outcome));
  };
  for (const [name, procedure] of asked) {
    const inputs = [foreign, missing].map((targets) =>
      sampleOf(procedure, attackOn(name, { ...targets, division: community }, ownPlace)),
    );
    const isAsked = Object.values(foreign).some((id) => JSON.stringify(inputs[0] ?? null).includes(`"${id}"`));
    if (!isAsked) continue;
    for (const role of ['R2', 'R4', 'R5', 'R7'] as const) {
      if (!isExpected(name, role, 'mid')) continue;
      const [there, nowhere] = [await call(name, role, 'mid', inputs[0]), await call(name, role, 'mid', inputs[1])];
      const answers = [nameless(there, foreign), nameless(nowhere, missing)];
      if (answers[0] !== answers[1])
        wrong.push(`${name} ${role}: ${answers.map((one) => one.slice(0, 200)).join(' | ')}`);
      nCompared += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(nCompared).toBeGreaterThan(120);
}, 300_000);
