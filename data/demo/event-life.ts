import type { EventStatus } from '../model/event';
import { hour, localOf, minute } from './calendar';
import type { Happening } from './event-draw';
import type { Random } from './random';
import type { Worker, Workforce } from './workforce';

export type Step = {
  to: EventStatus;
  at: number;
  actor: string;
  role: string;
  department: string | null;
  note: string;
};

/** Limits by level: minutes to accept, hours to handle (list `event-level`). */
export const limits = [
  { accept: 10, handle: 4 },
  { accept: 30, handle: 24 },
  { accept: 60, handle: 72 },
  { accept: 120, handle: 168 },
] as const;

/** Who deals with an event, and how well. */
export type Desk = {
  gridWorker: Worker | undefined;
  lead: Worker | undefined;
  subdistrictLead: Worker | undefined;
  handler: Worker | undefined;
  /** Whom the machine would send it to; undefined = nobody in person. */
  named?: Worker | undefined;
  department: string;
  subdistrictDepartment: string;
  /** Share of events closed in time that this community and department reach. */
  quality: number;
};

const normalQuantile = (share: number): number => {
  const p = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(p));
  const z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
  return share > 0.5 ? z : -z;
};

/** Night work waits for the morning unless it is urgent. */
const inWorkingHours = (at: number, level: number, random: Random): number => {
  if (level <= 2) return at;
  const local = localOf(at);
  if (local.hour >= 7 && local.hour < 22) return at;
  const wait = (local.hour >= 22 ? 32 - local.hour : 8 - local.hour) * hour;
  return at + wait + random.between(-50, 70) * minute;
};

/** The evening before, when work would otherwise end in the night. */
const beforeNight = (at: number, earliest: number, random: Random): number => {
  const { hour: local } = localOf(at);
  if (local >= 7 && local < 22) return at;
  const evening = at - (local >= 22 ? local - 20 : local + 4) * hour - random.between(0, 150) * minute;
  return evening > earliest ? evening : at;
};

/** Writes down an event's moves one after another. */
class Diary {
  readonly steps: Step[] = [];
  department: string | null = null;
  constructor(private last: number) {}
  put(to: EventStatus, at: number, actor: { id: string; role: string }, note = ''): void {
    this.last = Math.max(this.last, Math.floor(at / 1000) * 1000);
    this.steps.push({ to, at: this.last, actor: actor.id, role: actor.role, department: this.department, note });
  }
  get now(): number {
    return this.last;
  }
}

const system = { id: 'system', role: 'system' };
const as = (worker: Worker | undefined, role: string) => ({
  id: worker?.id ?? 'commander',
  role: worker ? role : 'R2',
});

const reporterOf = (source: string, desk: Desk) => {
  if (source === '01') return as(desk.gridWorker, 'R5');
  if (source === '02') return as(desk.handler ?? desk.gridWorker, 'R6');
  if (['07', '08', '10', '14'].includes(source)) return system;
  return { id: 'public', role: 'public' };
};

/** Time the whole loop takes, drawn so that the desk's quality is the share within the limit. */
const loopTime = (level: number, desk: Desk, random: Random): number => {
  const limit = limits[level - 1] ?? limits[3];
  const all = limit.handle * hour + limit.accept * minute;
  if (level >= 3 && random.has(0.0065)) return all + random.between(2, 38) * 24 * hour;
  const spread = level >= 3 ? 0.33 : 0.6;
  return all * Math.exp(spread * (random.normal() - normalQuantile(desk.quality)));
};

const register = (diary: Diary, event: Happening, desk: Desk, random: Random): boolean => {
  const limit = limits[event.level - 1] ?? limits[3];
  const chair = event.level <= 2 ? { id: `commander-${random.whole(1, 4)}`, role: 'R2' } : as(desk.lead, 'R4');
  if (event.category.auto && random.has(0.8)) {
    for (const to of ['S20', 'S30'] as const) diary.put(to, event.at, system);
    diary.department = desk.department;
    diary.put('S31', event.at, system);
    desk.handler = desk.named ?? desk.handler;
    return true;
  }
  diary.put('S20', event.at + limit.accept * minute * 0.42 * Math.exp(random.normal() * 0.5), chair);
  if (random.has(0.024)) {
    diary.put('S21', diary.now + random.between(20, 200) * minute, chair, '经核实不属受理范围');
    return false;
  }
  diary.put('S30', diary.now + limit.handle * minute * 0.12 * Math.exp(random.normal() * 0.5), chair);
  diary.department = desk.department;
  diary.put('S31', diary.now + limit.handle * minute * 0.1 * Math.exp(random.normal() * 0.5), chair);
  return true;
};

const sign = (diary: Diary, event: Happening, desk: Desk, loop: number, random: Random): void => {
  const chair = as(desk.lead, 'R4');
  const hand = as(desk.handler, 'R6');
  if (random.has(0.027)) {
    diary.put('S32', diary.now + loop * random.between(0.02, 0.08), hand, '非本部门职责，退回重派');
    diary.put('S30', diary.now + loop * random.between(0.01, 0.05), chair);
    if (random.has(0.6)) diary.department = desk.subdistrictDepartment;
    diary.put('S31', diary.now + loop * random.between(0.005, 0.02), chair);
  }
  diary.put('S40', inWorkingHours(diary.now + loop * random.between(0.02, 0.12), event.level, random), hand);
};

/** Extension, suspension or a whistle on the way; returns how long the clock stood still. */
const detour = (diary: Diary, desk: Desk, loop: number, random: Random): number => {
  const [hand, street] = [as(desk.handler, 'R6'), as(desk.subdistrictLead, 'R3')];
  const draw = random.next();
  const at = diary.now + loop * random.between(0.1, 0.3);
  if (draw < 0.032) {
    diary.put('S41', at, hand, '需延期处置');
    diary.put('S40', diary.now + random.between(3, 26) * hour, street);
    return diary.now - at;
  }
  if (draw < 0.047) {
    diary.put('S42', at, street, '暂不具备处置条件，挂账');
    diary.put('S40', diary.now + random.between(4, 30) * 24 * hour, street);
    return diary.now - at;
  }
  if (draw < 0.06) {
    diary.put('S43', at, street, '街道吹哨，部门报到');
    if (random.has(0.5)) diary.put('S40', diary.now + loop * 0.1, hand);
  }
  return 0;
};

const evaluate = (diary: Diary, event: Happening, desk: Desk, isLate: boolean, random: Random): number | null => {
  const isCitizen = ['03', '04', '09', '13'].includes(event.source);
  if (!random.has(isCitizen ? 0.56 : 0.1)) return null;
  diary.put('S70', inWorkingHours(diary.now + random.between(0.3, 5) * 24 * hour, 4, random), as(desk.lead, 'R4'));
  return 1 + random.weighted(isLate ? [9, 12, 26, 32, 21] : [1.5, 2.5, 9, 36, 51]);
};

const handle = (diary: Diary, event: Happening, desk: Desk, loop: number, random: Random): number => {
  const hand = as(desk.handler, 'R6');
  const checker = event.level <= 2 ? { id: `commander-${random.whole(1, 4)}`, role: 'R2' } : as(desk.lead, 'R4');
  const paused = detour(diary, desk, loop, random);
  const end = event.at + loop + paused;
  const left = Math.max(8 * minute, end - diary.now);
  const from = diary.now;
  if (random.has(0.042)) {
    diary.put('S50', from + left * random.between(0.35, 0.55), hand);
    diary.put('S60', diary.now + left * random.between(0.04, 0.12), checker, '现场核查未整改到位');
    diary.put('S40', diary.now + left * random.between(0.02, 0.05), hand);
  }
  const isUrgent = event.level <= 2;
  const close = isUrgent ? from + left : beforeNight(from + left, diary.now + hour, random);
  const done = diary.now + (close - diary.now) * random.between(0.55, 0.9);
  diary.put('S50', isUrgent ? done : beforeNight(done, diary.now + 10 * minute, random), hand);
  diary.put('S61', Math.max(diary.now + minute, close), checker);
  return end;
};

/** The whole legal history of an event, future included; the caller cuts it at the demo's end. */
export const liveThrough = (
  event: Happening,
  desk: Desk,
  random: Random,
): { steps: Step[]; satisfaction: number | null } => {
  const diary = new Diary(event.at);
  diary.put('S10', event.at, reporterOf(event.source, desk));
  if (random.has(0.011)) {
    diary.put('S90', event.at + random.between(8, 160) * minute, as(desk.lead, 'R4'), '重复上报');
    return { steps: diary.steps, satisfaction: null };
  }
  const isSimple = event.category.simple === 1 && event.level === 4 && ['01', '02'].includes(event.source);
  if (isSimple && random.has(0.2)) {
    diary.put(
      'S62',
      event.at + 26 * minute * Math.exp(random.normal() * 0.7),
      as(desk.gridWorker, 'R5'),
      '现场处置完毕',
    );
    return { steps: diary.steps, satisfaction: evaluate(diary, event, desk, false, random) };
  }
  const loop = loopTime(event.level, desk, random);
  if (!register(diary, event, desk, random)) return { steps: diary.steps, satisfaction: null };
  sign(diary, event, desk, loop, random);
  handle(diary, event, desk, loop, random);
  const limit = limits[event.level - 1] ?? limits[3];
  const isLate = loop > limit.handle * hour + limit.accept * minute;
  return { steps: diary.steps, satisfaction: evaluate(diary, event, desk, isLate, random) };
};

/** The desk of an event: its grid's worker, its community's lead, a worker of the department in charge. */
export const deskOf = (
  workforce: Workforce,
  place: { grid: string; quality: number; subdistrictDepartment: string },
  event: Happening,
  random: Random,
): Desk => {
  const isLocal = event.category.simple === 1 && event.level === 4;
  const draw = random.next();
  const department =
    isLocal && draw < 0.55 ? 'SQZ' : draw > 0.95 ? place.subdistrictDepartment : event.category.department;
  const gridWorker = workforce.ofGrid.get(place.grid);
  const pool = workforce.ofDepartment.get(department);
  const near = pool?.filter((worker) => worker.subdistrict === place.grid.slice(0, 9)) ?? [];
  const handler = department === 'SQZ' || !pool ? gridWorker : random.pick(near.length > 0 ? near : pool);
  return {
    gridWorker,
    handler,
    lead: workforce.leadOf.get(place.grid.slice(0, 12)),
    subdistrictLead: workforce.leadOf.get(place.grid.slice(0, 9)),
    department,
    subdistrictDepartment: place.subdistrictDepartment,
    quality: place.quality,
  };
};
