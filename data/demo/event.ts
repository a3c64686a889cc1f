import type { EventStatus } from '../model/event';
import type { Building } from './building';
import { hour, localOf, minute, type Typhoon, typhoonsBefore } from './calendar';
import type { Dispatcher, Reported, Routed } from './dispatch';
import type { Divided } from './division';
import { drawHappenings, type Happening } from './event-draw';
import { type Correction, correctLater, delaysOf } from './event-late';
import { deskOf, limits, liveThrough, type Step } from './event-life';
import { noiseOf } from './plane';
import { randomFor } from './random';
import { placementOf, type Spots } from './spot';
import type { Workforce } from './workforce';

/** An event with its moves up to the demo's end. */
export type Told = {
  id: string;
  number: string;
  happening: Happening;
  steps: Step[];
  /** Instant each step was recorded, in their order. */
  recordedAt: number[];
  correction: Correction | null;
  satisfaction: number | null;
  worker: string | null;
  isPlaced: boolean;
  /** Null where no routes are kept. */
  route: Routed | null;
};

type Options = {
  divided: Divided;
  workforce: Workforce;
  spots: Spots;
  at: Date;
  total: number;
  months: number;
  purpose: string;
  /** First number of each day, so that tiles of a city do not share numbers. */
  firstOfDay: number;
  /** Routes the events as they are told; null = whoever is drawn handles them. */
  dispatcher: Dispatcher | null;
};

const slower: Record<string, number> = {
  CGJ: -0.012,
  ZJJ: -0.03,
  SWJ: -0.02,
  ZRJ: -0.035,
  GAJ: 0.02,
  XFJ: 0.015,
  SQZ: 0.018,
  STJ: -0.015,
  JTJ: -0.01,
};

/** Quality reached by a community and department at a time: worse in storms, drifting from month to month. */
const qualityAt = (base: number, department: string, at: number, community: number, typhoons: Typhoon[]): number => {
  const drift = 0.022 * noiseOf(61)(at / (40 * 24 * hour), community * 3.7);
  const storm = typhoons.some(({ from, to }) => at > from && at < to + 24 * hour) ? -0.12 : 0;
  return Math.max(0.55, Math.min(0.992, base + 0.008 + (slower[department] ?? 0) + drift + storm));
};

/** Who is in charge where an event happened, and how well they did at the time. */
const chargeOf = ({ divided }: Options, happening: Happening, typhoons: Typhoon[]) => {
  const { world } = divided.land;
  const grid = divided.grids[divided.gridOf[happening.spot.cell] ?? 0];
  const index = grid?.community ?? 0;
  const community = world.communities[index];
  return {
    grid: grid?.code ?? '',
    quality: qualityAt(community?.quality ?? 0.93, happening.category.department, happening.at, index, typhoons),
    subdistrictDepartment: world.subdistricts.find(({ code }) => community?.code.startsWith(code))?.department ?? 'JD1',
  };
};

/** Tells every event in order of report: who reported it, who dealt with it, how far it got by `at`. */
export function* tellEvents(options: Options): Generator<Told> {
  const { divided, workforce, purpose } = options;
  const end = options.at.getTime();
  const random = randomFor(`${purpose}:lives`);
  const typhoons = typhoonsBefore(end);
  const happenings = drawHappenings({ ...options, random: randomFor(`${purpose}:events`) });
  const nUnplaced = Math.floor(divided.land.world.counts.unplaced * 0.3);
  const byId = new Map(workforce.workers.map((worker) => [worker.id, worker]));
  const perDay = new Map<string, number>();
  for (const [i, happening] of happenings.entries()) {
    const charge = chargeOf(options, happening, typhoons);
    const desk = deskOf(workforce, charge, happening, random);
    const isPlaced = !(nUnplaced > 0 && i % Math.floor(happenings.length / nUnplaced) === 7);
    const reported = { happening, grid: isPlaced ? charge.grid : null, department: desk.department, isHeld: false };
    const sent = happening.category.auto === 1 ? (options.dispatcher?.route(reported) ?? null) : null;
    desk.named = sent?.decision.worker ? byId.get(sent.decision.worker) : undefined;
    const life = liveThrough(happening, desk, random);
    const steps = life.steps.filter((step) => step.at <= end);
    const date = localOf(happening.at).date.replaceAll('-', '');
    const nth = (perDay.get(date) ?? options.firstOfDay) + 1;
    perDay.set(date, nth);
    const number = `SJ${date}${String(nth).padStart(5, '0')}`;
    const has = (status: EventStatus) => steps.some(({ to }) => to === status);
    const isSent = steps[3]?.to === 'S31' && steps[3].actor === 'system';
    const named = isSent ? sent?.decision.worker : null;
    const worker = has('S62') ? desk.gridWorker?.id : has('S40') ? desk.handler?.id : named;
    const late = randomFor(`${purpose}:late ${number}`);
    yield {
      ...{ id: number.toLowerCase(), number, happening, steps, worker: worker ?? null, isPlaced },
      recordedAt: delaysOf(steps, end, late),
      correction: correctLater(happening, end, late),
      satisfaction: life.satisfaction,
      route: routeOf(options, { ...reported, isSent, worker: worker ?? null, steps }, sent),
    };
  }
}

type Ended = Reported & { isSent: boolean; worker: string | null; steps: Step[] };

/** What the machine said: of what a person took in, with the department the list names. Then it is on somebody's hands. */
const routeOf = ({ dispatcher }: Options, told: Ended, sent: Routed | null): Routed | null => {
  const { happening, isSent, worker, steps } = told;
  const { department, auto } = happening.category;
  const route = isSent ? sent : (dispatcher?.route({ ...told, department, isHeld: auto === 1 }) ?? null);
  if (worker) {
    const from = steps.find(({ to }) => to === (isSent ? 'S31' : 'S40'))?.at ?? happening.at;
    const until = steps.find(({ to }) => to === 'S50' || to === 'S62')?.at ?? Number.POSITIVE_INFINITY;
    dispatcher?.give(worker, from, until);
  }
  return route;
};

type Clock = {
  status: EventStatus;
  statusAt: number;
  times: Partial<
    Record<'accepted' | 'registered' | 'dispatched' | 'signed' | 'handled' | 'closed' | 'evaluated', number>
  >;
  due: number;
  nRework: number;
  nReturn: number;
  nExtension: number;
  nWhistle: number;
  pausedMinutes: number;
};

/** Column an arrival at a status fills. */
const arrivals: Partial<Record<EventStatus, (keyof Clock['times'])[]>> = {
  S20: ['accepted'],
  S31: ['dispatched'],
  S50: ['handled'],
  S61: ['closed'],
  S62: ['accepted', 'handled', 'closed'],
  S21: ['closed'],
  S90: ['closed'],
  S70: ['evaluated'],
};

/** The event after its last move, by the same reckoning as `applyMove` in server/event/rules.ts. */
const clockAfter = (steps: Step[], due: number): Clock => {
  const clock: Clock = {
    status: 'S10',
    statusAt: steps[0]?.at ?? 0,
    times: {},
    due,
    nRework: 0,
    nReturn: 0,
    nExtension: 0,
    nWhistle: 0,
    pausedMinutes: 0,
  };
  for (const { to, at } of steps.slice(1)) {
    if (clock.status === 'S41' || clock.status === 'S42') {
      const paused = Math.round((at - clock.statusAt) / minute);
      clock.pausedMinutes += paused;
      clock.due += paused * minute;
    }
    for (const name of arrivals[to] ?? []) clock.times[name] = at;
    if (to === 'S30') clock.times.registered ??= at;
    if (to === 'S40' && clock.status === 'S31') clock.times.signed = at;
    if (to === 'S32') clock.nReturn++;
    if (to === 'S60') clock.nRework++;
    if (to === 'S41') clock.nExtension++;
    if (to === 'S43') clock.nWhistle++;
    clock.status = to;
    clock.statusAt = at;
  }
  return clock;
};

const dateOrNull = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

const clockNames = ['accepted', 'registered', 'dispatched', 'signed', 'handled', 'closed', 'evaluated'] as const;

/** Title, description and address as a reporter would word them. */
const wordsOf = ({ happening, isPlaced }: Told, block: string, building: Building | undefined) => {
  const { zh } = happening.category;
  const address = building?.address ?? (isPlaced ? `${block}附近` : '');
  return { title: `${zh} · ${block}`, description: `${block}附近发现${zh}，请核实处置。`, address };
};

/** Kinds that stand behind one door: wires, hoses, leaks, alterations, who is registered there and how many. */
const behindDoors = new Set(
  '0106 0107 0110 0113 0404 0408 0409 0410 0411 0501 0504 1502 1503 1504 1505 1512'.split(' '),
);

/** Dwelling an event is about; most reports of such kinds name the door. */
const dwellingOf = ({ id, happening }: Told, building: Building | undefined): string | null => {
  if (!building?.nDwellings || !behindDoors.has(happening.category.code)) return null;
  const random = randomFor(`${id}:door`);
  return random.has(0.7) ? `${building.code}${String(random.whole(1, building.nDwellings)).padStart(6, '0')}` : null;
};

/** A row of `event`: its image after the last move told. */
export const eventRow = (told: Told, divided: Divided, buildings: Building[]): unknown[] => {
  const { happening, steps } = told;
  const { category, level, spot } = happening;
  const building = told.isPlaced ? buildings[spot.building] : undefined;
  const words = wordsOf(told, divided.blocks[divided.blockOf[spot.cell] ?? 0]?.name ?? '', building);
  const limit = limits[level - 1] ?? limits[3];
  const acceptDue = happening.at + limit.accept * minute;
  const clock = clockAfter(steps, acceptDue + limit.handle * hour);
  const version = steps.length + (told.correction ? 1 : 0);
  const recordedAt = Math.max(told.recordedAt.at(-1) ?? 0, told.correction?.recordedAt ?? 0);
  const head = [told.id, version, told.number, words.title, words.description, category.code, category.l1, level];
  const department = steps[steps.length - 1]?.department ?? null;
  return [
    ...head,
    happening.source,
    clock.status,
    words.address,
    building?.code ?? null,
    dwellingOf(told, building),
    department,
    told.worker,
    ...placementOf(divided, told.isPlaced ? spot : null),
    new Date(happening.at),
    ...clockNames.map((name) => dateOrNull(clock.times[name])),
    ...[clock.statusAt, recordedAt, acceptDue, clock.due].map((at) => new Date(at)),
    ...[clock.nRework, clock.nReturn, clock.nExtension, clock.nWhistle],
    steps[3]?.to === 'S31' && steps[3].actor === 'system',
    steps.some(({ to }) => to === 'S62'),
    clock.status === 'S70' ? told.satisfaction : null,
    clock.pausedMinutes,
    null,
    told.isPlaced ? [] : ['no_position'],
    null,
  ];
};

/** Rows of `event_transition`, numbered from 1 within each event. */
export function* transitionRows(events: Iterable<Told>): Generator<unknown[]> {
  for (const { id, steps, recordedAt } of events) {
    for (const [i, step] of steps.entries())
      yield [
        id,
        i + 1,
        steps[i - 1]?.to ?? null,
        step.to,
        new Date(step.at),
        new Date(recordedAt[i] ?? step.at),
        step.actor,
        step.role,
        step.department,
        step.note,
      ];
  }
}

/** Rows of `event_correction`: events first filed under other words. */
export function* correctionRows(events: Iterable<Told>): Generator<unknown[]> {
  for (const { id, happening, correction } of events) {
    if (!correction) continue;
    const { category, level } = happening;
    const { code, l1 } = correction.from;
    const [from, to] = [correction.fromLevel, level];
    const instants = [new Date(happening.at), new Date(correction.recordedAt)];
    yield [id, 1, code, category.code, l1, category.l1, from, to, ...instants, 'commander-1', 'R2', '归类更正'];
  }
}
