import { type DrillEvent, type DrillStep, drillSteps, summariseDrill } from '../model/drill';
import type { EventLevel } from '../model/event';
import { day, hour, midnightOf, minute } from './calendar';
import { districtPath } from './division-rows';
import { type Random, randomFor } from './random';
import type { Scene } from './scene';
import type { DemoTableName } from './table';
import { dutyRows, type Worker } from './workforce';
import told from './world/drill.json';

const root = 'DP';
const idOf = (kind: string, n: number): string => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** Seconds a step takes in a well-run drill, from and to. */
const usual: Record<DrillStep, [number, number]> = {
  accept: [10, 95],
  dispatch: [20, 150],
  sign: [25, 240],
  handle: [300, 1_500],
  close: [60, 420],
};

type Place = { code: string; path: string; grids: string[] };

/** `root`, `s1` = the sub-district of that number, `c12` = the community of that number. */
const placeOf = ({ divided, workforce }: Scene, area: string): Place => {
  const { subdistricts, communities } = divided.land.world;
  const nodes = area.startsWith('s') ? subdistricts : communities;
  const code = area === 'root' ? root : (nodes[Number(area.slice(1)) % nodes.length]?.code ?? root);
  const below = code === root ? '' : `${code.slice(0, 9)}/${code.length > 9 ? `${code}/` : ''}`;
  const grids = [...workforce.ofGrid.keys()].filter((grid) => code === root || grid.startsWith(code));
  return { code, path: `${districtPath}${below}`, grids };
};

const eventOf = (
  [category, title, level]: readonly [string, string, number],
  context: { number: string; grids: string[]; random: Random; isLast: boolean },
): DrillEvent => {
  const { number, grids, random, isLast } = context;
  const seconds = Object.fromEntries(
    drillSteps.map((step) => [step, step === 'close' && isLast ? null : random.whole(...usual[step])]),
  ) as DrillEvent['seconds'];
  return {
    ...{ number, title, category, level: level as EventLevel, seconds },
    ...{ grid: random.pick(grids), isClosed: !isLast },
  };
};

const drillRows = (scene: Scene): unknown[][] => {
  const random = randomFor('drill');
  return told.drills.map((each, i) => {
    const { code, path, grids } = placeOf(scene, each.area);
    const startsAt = new Date(midnightOf(scene.at.getTime()) - each.daysBack * day + each.hour * hour);
    const endsAt = new Date(startsAt.getTime() + each.minutes * minute);
    const isOver = endsAt <= scene.at;
    const last = each.events.length - 1;
    const events = each.events.map((one, n) =>
      eventOf(one as unknown as readonly [string, string, number], {
        ...{ number: `YL${i + 1}-${String(n + 1).padStart(2, '0')}`, grids, random },
        isLast: n === last && last > 3,
      }),
    );
    const openedAt = new Date(Math.min(startsAt.getTime() - 2 * day, scene.at.getTime() - hour));
    return [
      ...[idOf('d', i + 1), each.name, code, path, each.goal, startsAt, endsAt, openedAt, `R2:${root}`, 'R2'],
      ...[isOver ? endsAt : null, isOver ? 'system' : null, isOver ? summariseDrill(events) : null],
    ];
  });
};

type Call = { id: string; place: Place; at: Date; limit: number };

const isAt = (worker: Worker, { code }: Place): boolean =>
  code === root || worker.subdistrict === code || worker.community === code || worker.grid === code;

/** Who was on the roster answered: most soon, some late, those who did not come not at all. */
const memberRows = ({ workforce, at }: Scene, size: string, calls: Call[]): unknown[][] => {
  const random = randomFor('muster');
  const byId = new Map(workforce.workers.map((worker) => [worker.id, worker]));
  const rows: unknown[][] = [];
  for (const [id, startsAt, endsAt, signedInAt] of dutyRows(workforce, size, at) as Generator<
    [string, Date, Date, Date | null]
  >) {
    const worker = byId.get(id);
    for (const call of calls) {
      if (!worker || startsAt > call.at || endsAt <= call.at || !isAt(worker, call.place)) continue;
      const isThere = signedInAt !== null && signedInAt <= call.at && random.has(0.97);
      const seconds = random.has(0.93) ? random.between(8, call.limit * 55) : random.between(1, 3) * call.limit * 60;
      const answeredAt = isThere ? new Date(call.at.getTime() + Math.round(seconds) * 1_000) : null;
      const isKnown = answeredAt !== null && answeredAt <= at;
      rows.push([
        ...[call.id, id, worker.subdistrict, worker.community, worker.grid],
        ...[isKnown ? answeredAt : null, isKnown ? `R5:${worker.grid ?? root}` : null],
      ]);
    }
  }
  return rows;
};

/** Drills and roll calls of the demo, counted back from its end (应急演练、点名). */
export const standbyTables = (scene: Scene): [DemoTableName, unknown[][]][] => {
  const midnight = midnightOf(scene.at.getTime());
  const calls = told.calls.map((each, i): Call => {
    const at = new Date(midnight - each.daysBack * day + each.hour * hour);
    return { id: idOf('e', i + 1), place: placeOf(scene, each.area), at, limit: each.limit };
  });
  const made = calls.filter(({ at }) => at <= scene.at);
  return [
    ['drill', drillRows(scene)],
    [
      'muster',
      made.map(({ id, place, at, limit }) => [
        ...[id, place.code, place.path, at, limit, `R2:${root}`, 'R2'],
        new Date(at.getTime() + 4 * limit * minute),
      ]),
    ],
    ['muster_member', memberRows(scene, scene.divided.land.size, made)],
  ];
};
