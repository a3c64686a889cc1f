import { type DoubtKind, type DoubtRule, doubtRules, fieldOf, type VisitResult } from '../model/verify';
import { day, hour } from './calendar';
import { districtPath } from './division-rows';
import { entityRows } from './entity';
import { dwellingCode } from './home';
import { type Random, randomFor } from './random';
import type { Scene } from './scene';
import { placementOf } from './spot';
import type { DemoTableName } from './table';
import told from './world/verify.json';

const nBatches = 21;
const idOf = (n: number): string => `ed000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const keyOf = (n: number): string => `ee000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const actor = ['R2:DP', 'R2'] as const;

/** Rules the past found something by, how often, and what the visits to it came to. */
const drawn: { rule: DoubtRule; kind: DoubtKind; weight: number; results: [VisitResult, number][] }[] = [
  {
    rule: 'P01',
    kind: 'person',
    weight: 12,
    results: [
      ['gone', 58],
      ['confirmed', 42],
    ],
  },
  {
    rule: 'P02',
    kind: 'person',
    weight: 10,
    results: [
      ['gone', 66],
      ['confirmed', 34],
    ],
  },
  {
    rule: 'H01',
    kind: 'residence',
    weight: 34,
    results: [
      ['gone', 72],
      ['confirmed', 28],
    ],
  },
  {
    rule: 'U01',
    kind: 'dwelling',
    weight: 16,
    results: [
      ['changed', 70],
      ['confirmed', 30],
    ],
  },
  {
    rule: 'U02',
    kind: 'dwelling',
    weight: 6,
    results: [
      ['changed', 61],
      ['confirmed', 39],
    ],
  },
  { rule: 'E01', kind: 'entity', weight: 8, results: [['confirmed', 100]] },
  {
    rule: 'L02',
    kind: 'entity',
    weight: 8,
    results: [
      ['changed', 90],
      ['confirmed', 10],
    ],
  },
];

type Spot = { record: string; building: string; codes: (string | null)[]; before: object; after: object };

/** Where a record is that a rule of a kind may have found. */
const spotsOf = ({ divided, buildings, homes, at }: Scene) => {
  const entities = [...entityRows(divided, buildings, homes, at)].flatMap((row) => (row[6] ? [row] : []));
  const codesOf = (building: number) => placementOf(divided, buildings[building] ?? null).slice(2, 5) as string[];
  const ofDwelling = (i: number) => {
    const building = homes.building[i] ?? 0;
    return { building: buildings[building]?.code ?? '', codes: codesOf(building) };
  };
  return (kind: DoubtKind, random: Random, on: string): Spot => {
    if (kind === 'entity') {
      const row = random.pick(entities);
      const [record, building] = [String(row[0]), String(row[6])];
      const changed = { before: { building_code: null }, after: { building_code: building } };
      return { record, building, codes: row.slice(-4, -1) as string[], ...changed };
    }
    if (kind === 'dwelling') {
      const i = random.whole(0, homes.count - 1);
      const changed = { before: { house_use: '4' }, after: { house_use: String(homes.use[i]) } };
      return { record: dwellingCode(homes, buildings, i), ...ofDwelling(i), ...changed };
    }
    const i = random.whole(0, homes.nPersons - 1);
    const ended = kind === 'residence' ? { before: { to_on: null }, after: { to_on: on } } : { before: {}, after: {} };
    return { record: String(i + 1), ...ofDwelling(homes.dwellingOf[i] ?? 0), ...ended };
  };
};

const dateOf = (at: number): string => new Date(at + 8 * hour).toISOString().slice(0, 10);

type Batch = { n: number; at: number; sentAt: number; size: number; days: number };

/** A batch a month, the first ones large and slow, later ones smaller and sooner done. */
const batchesOf = ({ at, homes }: Scene, random: Random): Batch[] =>
  Array.from({ length: nBatches }, (_, i) => {
    const back = (nBatches - i) * 33 + random.whole(0, 6);
    const opened = at.getTime() - back * day + random.whole(0, 5) * hour;
    const size = Math.round((homes.nPersons / 260) * (1.9 - i * 0.07) * random.between(0.75, 1.3));
    return { n: i + 1, at: opened, sentAt: opened + random.between(2, 30) * hour, size, days: 60 - i * 1.6 };
  });

type Row = unknown[];
type Told = { doubts: Row[]; results: Row[]; nKeys: number };

const addDoubt = (
  rows: Told,
  { n, at, sentAt, days }: Batch,
  seq: number,
  spotOf: ReturnType<typeof spotsOf>,
  random: Random,
) => {
  const line = drawn[random.weighted(drawn.map(({ weight }) => weight))] ?? drawn[0];
  if (!line) return;
  const { rule, kind, results } = line;
  const doneAt = Math.round(sentAt + (0.04 + 0.96 * random.next() ** 2) * days * day);
  const { record, building, codes, before, after } = spotOf(kind, random, dateOf(doneAt));
  const result = results[random.weighted(results.map(([, weight]) => weight))]?.[0] ?? 'confirmed';
  const id = `${idOf(n)}:${seq}`;
  const isMissed = random.has(0.16);
  const visits: [VisitResult, number][] = [
    ...(isMissed ? [['unreachable', sentAt + (doneAt - sentAt) * 0.5] as [VisitResult, number]] : []),
    [result, doneAt],
  ];
  rows.doubts.push([
    ...[id, idOf(n), rule, fieldOf(rule), kind, record, building, ...codes, 'past', visits.length + 1, result],
    ...[new Date(at), new Date(sentAt), new Date(doneAt), new Date(doneAt)],
  ]);
  for (const [i, [each, when]] of visits.entries()) {
    const isMerge = each !== 'unreachable' && each !== 'confirmed';
    const grid = codes[2] ?? 'DP';
    const stood = isMerge ? [before, after] : [{}, {}];
    rows.nKeys += 1;
    rows.results.push([
      ...[id, i + 2, each, ...stood, random.pick(told.notes), new Date(when), `R5:${grid}`, 'R5'],
      ...[new Date(when), keyOf(rows.nKeys)],
    ]);
  }
};

/** Batches of doubtful records that were seen to in the past two years (核查批次), with every visit. */
export const verifyTables = (scene: Scene): [DemoTableName, Row[]][] => {
  const random = randomFor(`${scene.divided.land.size}:verify`);
  const spotOf = spotsOf(scene);
  const rows: Told = { doubts: [], results: [], nKeys: 0 };
  const batches = batchesOf(scene, random);
  for (const batch of batches) for (let seq = 1; seq <= batch.size; seq++) addDoubt(rows, batch, seq, spotOf, random);
  const rules = drawn.map(({ rule }) => rule).toSorted((a, b) => doubtRules.indexOf(a) - doubtRules.indexOf(b));
  const { homes, divided } = scene;
  const seen: Partial<Record<DoubtKind, number>> = {
    person: homes.nPersons,
    residence: homes.nPersons,
    dwelling: homes.count,
    entity: divided.land.world.counts.entities,
  };
  const found = (n: number, rule: DoubtRule) =>
    rows.doubts.filter((row) => row[1] === idOf(n) && row[2] === rule).length;
  return [
    [
      'verify_batch',
      batches.map(({ n, at, sentAt }) => [
        ...[idOf(n), told.name.replace('{n}', String(n)), rules, 'DP', districtPath, new Date(at), ...actor],
        ...[new Date(sentAt), actor[0]],
      ]),
    ],
    [
      'verify_chunk',
      batches.flatMap(({ n, at }) =>
        rules.map((rule, i) => {
          const kind = drawn.find((line) => line.rule === rule)?.kind ?? 'person';
          return [idOf(n), i + 1, rule, seen[kind] ?? 0, found(n, rule), new Date(at + (i + 1) * 1000)];
        }),
      ),
    ],
    ['doubt', rows.doubts],
    ['verify_result', rows.results],
  ];
};
