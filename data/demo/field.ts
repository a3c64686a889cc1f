import { type ErrandKind, resultsOf } from '../model/errand';
import { groupBy } from '../model/group';
import { day, hour, midnightOf, minute } from './calendar';
import { districtPath } from './division-rows';
import { eventRow, type Told } from './event';
import { type Random, randomFor } from './random';
import type { Scene } from './scene';
import { type DemoTableName, demoColumns } from './table';
import told from './world/field.json';
import names from './world/name.json';

const root = 'DP';
const actor = [`R2:${root}`, 'R2'] as const;
const idOf = (kind: string, n: number): string => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A thing an errand looks at. */
type Thing = { subject: string; name: string; category: string | null; address: string; grid: string };

/** A row of a demo table by the names of its columns. */
const named = (table: DemoTableName, row: unknown[]): Record<string, unknown> =>
  Object.fromEntries(demoColumns[table].map((column, i) => [column, row[i]]));

const thingOf = (kind: string, name: string, row: Record<string, unknown>): Thing[] =>
  typeof row.grid_code === 'string'
    ? [
        {
          ...{ subject: `${kind}:${row.code ?? row.id}`, name: String(row[name]), address: String(row.address ?? '') },
          ...{ category: (row.category_code as string | undefined) ?? null, grid: row.grid_code },
        },
      ]
    : [];

/** The grid beside one, round its community. */
const nextGrid = (grid: string, grids: readonly string[]): string | null => {
  const own = grids.filter((one) => one.slice(0, 12) === grid.slice(0, 12));
  const next = own[(own.indexOf(grid) + 1) % own.length];
  return next === undefined || next === grid ? null : next;
};

const thingsOf = (scene: Scene, events: readonly Told[], grids: readonly string[]): Record<ErrandKind, Thing[]> => {
  const { divided, buildings, at } = scene;
  const closed = events
    .filter(({ happening }) => happening.at > at.getTime() - 60 * day)
    .map((event) => named('event', eventRow(event, divided, buildings)))
    .filter(({ status }) => ['S61', 'S62', 'S70'].includes(String(status)));
  return {
    patrol: buildings.map(
      ({ code, name, address, grid }): Thing => ({
        ...{ subject: `building:${code}`, name, address, category: null },
        grid: divided.grids[grid]?.code ?? '',
      }),
    ),
    inspect: closed.flatMap((row) =>
      thingOf('event', 'number', row).flatMap((thing) => {
        const grid = nextGrid(thing.grid, grids);
        return grid === null ? [] : [{ ...thing, grid }];
      }),
    ),
  };
};

const pickResult = (random: Random, kind: ErrandKind): string => {
  const shares: Record<string, number> = told.results[kind];
  const results = resultsOf(kind);
  return results[random.weighted(results.map((result) => shares[result] ?? 0))] ?? results[0] ?? '';
};

/** Steps an errand has taken by the end of the demo; work of a grid runs from nine to five. */
const livedBy = (random: Random, times: { issuedAt: number; dueAt: number; at: number }) => {
  const { issuedAt, dueAt, at } = times;
  const received = issuedAt + random.between(0.5, 30) * hour;
  const share = random.next() ** 0.7 * (random.has(0.94) ? 0.97 : 1.4);
  const finished = Math.max(received + 20 * minute, issuedAt + share * (dueAt - issuedAt));
  const by = (ms: number) => (ms <= at ? new Date(ms) : null);
  return { received: by(received), finished: by(finished) };
};

const errandTables = (scene: Scene, events: readonly Told[]): [DemoTableName, unknown[][]][] => {
  const random = randomFor('errand');
  const grids = [...scene.workforce.ofGrid.keys()].sort();
  const things = thingsOf(scene, events, grids);
  const batches: unknown[][] = [];
  const errands: unknown[][] = [];
  const moves: unknown[][] = [];
  const used = new Set<string>();
  for (const [i, each] of told.batches.entries()) {
    const kind = each.kind as ErrandKind;
    const issuedAt = midnightOf(scene.at.getTime()) - each.daysBack * day + 9 * hour;
    const dueAt = midnightOf(issuedAt) + each.days * day + 18 * hour;
    const id = idOf('f', i + 1);
    batches.push([
      id,
      kind,
      root,
      districtPath,
      each.perGrid,
      each.note,
      new Date(issuedAt),
      new Date(dueAt),
      ...actor,
    ]);
    const ofGrid = groupBy(things[kind], ({ grid }) => grid);
    let n = 0;
    for (const grid of grids) {
      const open = random.shuffle(ofGrid.get(grid) ?? []).filter(({ subject }) => !used.has(subject));
      for (const thing of open.slice(0, each.perGrid)) {
        used.add(thing.subject);
        n += 1;
        const { received, finished } = livedBy(random, { issuedAt, dueAt, at: scene.at.getTime() });
        const result = finished ? pickResult(random, kind) : null;
        const own = `${id}-${n}`;
        const post = [`R5:${grid}`, 'R5'];
        const steps: unknown[][] = [['issue', new Date(issuedAt), ...actor, null]];
        if (received) steps.push(['receive', received, ...post, null]);
        if (finished) steps.push(['finish', finished, ...post, result]);
        errands.push([
          ...[own, steps.length, id, kind, grid.slice(0, 9), grid.slice(0, 12), grid, thing.subject, thing.name],
          ...[thing.category, thing.address, new Date(issuedAt), new Date(dueAt), received, finished, result],
        ]);
        for (const [k, [step, at, actorId, role, out]] of steps.entries())
          moves.push([own, k + 1, step, at, at, actorId, role, out]);
      }
    }
  }
  return [
    ['errand_batch', batches],
    ['errand', errands],
    ['errand_move', moves],
  ];
};

type Team = { id: string; code: string; service: (typeof told.services)[number]; members: string[] };

const pathOf = (code: string): string => `${districtPath}${code.slice(0, 9)}/${code.length > 9 ? `${code}/` : ''}`;
const groundOf = (code: string): (string | null)[] => [code.slice(0, 9), code.length > 9 ? code : null];

const nameOf = (random: Random): string => {
  const pool = random.has(0.4) ? names.givenMale : names.givenFemale;
  const given = [0, 1].map(() => random.pick([...pool])).join('');
  return `${random.pick([...names.surnames.slice(0, 60)])}${given}`;
};

const teamsOf = ({ divided, at }: Scene, random: Random) => {
  const { subdistricts, communities } = divided.land.world;
  const teamRows: unknown[][] = [];
  const rows: unknown[][] = [];
  const teams = [...subdistricts, ...communities].map(({ code, name, en }, i): Team => {
    const service = random.pick(told.services);
    const id = `t${String(i + 1).padStart(2, '0')}`;
    const [zh, english] = told.teamSuffix;
    teamRows.push([id, `${name}${zh}`, `${en} ${english}`, code, pathOf(code), ...groundOf(code), service.code]);
    const members = Array.from(
      { length: random.whole(14, 44) },
      (_, k) => `v${String(i * 50 + k + 1).padStart(5, '0')}`,
    );
    for (const member of members) {
      const joined = at.getTime() - random.between(5, 1_100) * day;
      const left = random.has(0.05) ? joined + random.between(0.2, 0.9) * (at.getTime() - joined) : null;
      rows.push([
        member,
        id,
        nameOf(random),
        ...groundOf(code),
        new Date(joined),
        left && new Date(left),
        left ? 2 : 1,
      ]);
    }
    const gone = new Set(rows.filter((row) => row[6]).map((row) => row[0]));
    return { id, code, service, members: members.filter((member) => !gone.has(member)) };
  });
  return { teams, teamRows, rows };
};

const turnsOf = (random: Random, call: { id: string; team: Team; startsAt: number; endsAt: number; at: number }) => {
  const { id, team, startsAt, endsAt, at } = call;
  const nSigned = random.whole(5, Math.min(12, team.members.length));
  return random
    .shuffle(team.members)
    .slice(0, nSigned)
    .map((member) => {
      const signed = Math.min(at - hour, startsAt) - random.between(2, 60) * hour;
      const came = random.has(0.9) ? startsAt + random.between(-20, 15) * minute : null;
      const went = came === null ? null : endsAt + random.between(-15, 20) * minute;
      const by = (ms: number | null) => (ms !== null && ms <= at ? new Date(ms) : null);
      const [cameAt, wentAt] = [by(came), by(went)];
      const version = 1 + (cameAt ? 1 : 0) + (wentAt ? 1 : 0);
      const head = [`${id}-${member}`, version, id, member, ...groundOf(team.code), team.service.code];
      return [...head, new Date(signed), cameAt, wentAt, `R4:${team.code}`];
    });
};

const volunteerTables = (scene: Scene): [DemoTableName, unknown[][]][] => {
  const random = randomFor('volunteer');
  const at = scene.at.getTime();
  const { teams, teamRows, rows } = teamsOf(scene, random);
  const calls: unknown[][] = [];
  const turns: unknown[][] = [];
  for (let n = 0; n < 96; n += 1) {
    const team = random.pick(teams.filter(({ code }) => code.length > 9));
    const startsAt = midnightOf(at) + (random.whole(0, 95) - 90) * day + random.whole(8, 18) * hour;
    const endsAt = startsAt + random.whole(2, 4) * hour;
    const id = idOf('a', n + 1);
    const issued = Math.min(startsAt - 4 * day, at - day);
    calls.push([
      ...[
        id,
        team.code,
        pathOf(team.code),
        ...groundOf(team.code),
        team.service.code,
        random.pick(team.service.titles),
      ],
      ...['', new Date(startsAt), new Date(endsAt), 12, new Date(issued), `R4:${team.code}`, 'R4'],
    ]);
    turns.push(...turnsOf(random, { id, team, startsAt, endsAt, at }));
  }
  return [
    ['volunteer_team', teamRows],
    ['volunteer', rows],
    ['volunteer_call', calls],
    ['volunteer_turn', turns],
  ];
};

/** Errands and volunteers of the demo, counted back from its end (巡查、核查、督察、志愿服务). */
export const fieldTables = (scene: Scene, events: readonly Told[]): [DemoTableName, unknown[][]][] => [
  ...errandTables(scene, events),
  ...volunteerTables(scene),
];
