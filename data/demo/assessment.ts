import { type AssessLevel, assessLevels, codeBefore, codeOfDay, datesOfCode, type PlanItem } from '../model/assessment';
import { randomFor } from './random';
import type { Scene } from './scene';

const online = ([key, metric, target, floor]: readonly [string, string, number, number], weight: number): PlanItem => ({
  ...{ kind: 'online', key, metric, weight, target, floor, rule: 'linear' },
  direction: target > floor ? 'up' : 'down',
});

const onTime = ['on_time', 'event.on_time_close_rate', 0.95, 0.7] as const;
const close = ['closed', 'event.close_rate', 1, 0.8] as const;
const accept = ['accepted', 'event.on_time_accept_rate', 0.98, 0.8] as const;
const rework = ['rework', 'event.rework_rate', 0.02, 0.1] as const;
const transfer = ['transfer', 'event.transfer_rate', 0.2, 0] as const;
const self = ['self', 'event.self_handled_rate', 0.3, 0] as const;

const visit = (weight: number): PlanItem => ({
  ...{ kind: 'offline', key: 'site', zh: '现场督查（演示）', en: 'Inspection on site (demo)', weight },
});
const voice = (weight: number): PlanItem => ({
  ...{ kind: 'offline', key: 'voice', zh: '群众评议（演示）', en: 'Residents asked (demo)', weight },
});

/** What a level was assessed by at first, and what it has been since: the weights of each version add up to 100. */
const itemsOf = (level: AssessLevel): [PlanItem[], PlanItem[]] => {
  if (level === 'worker')
    return [
      [online(onTime, 50), online(rework, 20), online(self, 10), visit(20)],
      [online(onTime, 40), online(rework, 20), online(self, 20), visit(20)],
    ];
  const areOfPlaces = level !== 'department';
  const shared = (weight: number) => (areOfPlaces ? [online(transfer, weight)] : [online(accept, weight)]);
  return [
    [online(onTime, 40), online(close, 30), online(rework, 10), visit(10), voice(10)],
    [online(onTime, 35), online(close, 20), online(rework, 15), ...shared(10), visit(10), voice(10)],
  ];
};

/** Quarters before the running one that began by the instant, newest first. */
const quartersBefore = (at: Date, n: number): string[] => {
  const running = codeOfDay(new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10), 'quarter');
  const codes: string[] = [];
  for (let code = codeBefore(running); codes.length < n; code = codeBefore(code)) codes.push(code);
  return codes;
};

const actor = 'R2:demo';
const dayMs = 86_400_000;

/** Plans of every level: one of two years before, and one of other weights since the last quarter but one. */
export function* planRows(at: Date): Generator<unknown[]> {
  const since = quartersBefore(at, 2).map((code) => datesOfCode(code).from);
  const first = `${at.getUTCFullYear() - 1}-01-01`;
  for (const level of assessLevels)
    for (const [i, items] of itemsOf(level).entries()) {
      const from = i === 0 ? first : (since[1] ?? first);
      const note = i === 0 ? '演示方案' : '演示方案：调整权重';
      yield [level, i + 1, 'quarter', from, items, note, actor, new Date(Date.parse(from) - 20 * dayMs)];
    }
}

const subjectsOf = ({ divided, workforce }: Scene): [AssessLevel, string[]][] => {
  const { world } = divided.land;
  return [
    ['subdistrict', world.subdistricts.map(({ code }) => code)],
    ['community', world.communities.map(({ code }) => code)],
    ['department', [...workforce.ofDepartment.keys()].sort()],
    ['worker', [...workforce.ofGrid.values()].map(({ id }) => id)],
  ];
};

/** Scores by hand of the last two quarters, entered the week after each. */
export function* offlineRows(scene: Scene): Generator<unknown[]> {
  const random = randomFor(`${scene.divided.land.size}:assessment`);
  for (const code of quartersBefore(scene.at, 2).reverse())
    for (const [level, subjects] of subjectsOf(scene))
      for (const item of itemsOf(level)[1].filter(({ kind }) => kind === 'offline'))
        for (const subject of subjects) {
          const points = Math.min(100, Math.max(50, Math.round(84 + random.normal() * 7)));
          const enteredAt = new Date(Date.parse(datesOfCode(code).until) + (2 + random.whole(0, 5)) * dayMs);
          yield [level, code, subject, item.key, points, '演示评分', actor, enteredAt];
        }
}
