import type { EventStatus } from '../model/event';
import type { Building } from './building';
import { hour, localOf, minute, type Typhoon, typhoonsBefore } from './calendar';
import type { Divided } from './division';
import { drawHappenings, type Happening } from './event-draw';
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
  satisfaction: number | null;
  worker: string | null;
  isPlaced: boolean;
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

/** Tells every event in order of report: who reported it, who dealt with it, how far it got by `at`. */
export function* tellEvents(options: Options): Generator<Told> {
  const { divided, workforce, at, purpose } = options;
  const { land, grids, gridOf } = divided;
  const random = randomFor(`${purpose}:lives`);
  const typhoons = typhoonsBefore(at.getTime());
  const happenings = drawHappenings({ ...options, random: randomFor(`${purpose}:events`) });
  const nUnplaced = Math.floor(land.world.counts.unplaced * 0.3);
  const perDay = new Map<string, number>();
  for (const [i, happening] of happenings.entries()) {
    const grid = grids[gridOf[happening.spot.cell] ?? 0];
    const community = land.world.communities[grid?.community ?? 0];
    const subdistrict = land.world.subdistricts.find(({ code }) => community?.code.startsWith(code));
    const quality = qualityAt(
      community?.quality ?? 0.93,
      happening.category.department,
      happening.at,
      grid?.community ?? 0,
      typhoons,
    );
    const place = { grid: grid?.code ?? '', quality, subdistrictDepartment: subdistrict?.department ?? 'JD1' };
    const desk = deskOf(workforce, place, happening, random);
    const { steps, satisfaction } = liveThrough(happening, desk, random);
    const past = steps.filter((step) => step.at <= at.getTime());
    const date = localOf(happening.at).date.replaceAll('-', '');
    const nth = (perDay.get(date) ?? options.firstOfDay) + 1;
    perDay.set(date, nth);
    const number = `SJ${date}${String(nth).padStart(5, '0')}`;
    const isSigned = past.some(({ to }) => to === 'S40');
    const worker = past.some(({ to }) => to === 'S62') ? desk.gridWorker : isSigned ? desk.handler : undefined;
    const isPlaced = !(nUnplaced > 0 && i % Math.floor(happenings.length / nUnplaced) === 7);
    yield {
      id: number.toLowerCase(),
      number,
      happening,
      steps: past,
      satisfaction,
      worker: worker?.id ?? null,
      isPlaced,
    };
  }
}

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
    clock.status = to;
    clock.statusAt = at;
  }
  return clock;
};

const dateOrNull = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

export const eventRow = (told: Told, divided: Divided, buildings: Building[]): unknown[] => {
  const { happening, steps } = told;
  const { category, level, spot } = happening;
  const block = divided.blocks[divided.blockOf[spot.cell] ?? 0];
  const building = told.isPlaced ? buildings[spot.building] : undefined;
  const limit = limits[level - 1] ?? limits[3];
  const acceptDue = happening.at + limit.accept * minute;
  const clock = clockAfter(steps, acceptDue + limit.handle * hour);
  const { times } = clock;
  const last = steps[steps.length - 1];
  const isEvaluated = clock.status === 'S70';
  return [
    told.id,
    steps.length,
    told.number,
    `${category.zh} · ${block?.name ?? ''}`,
    `${block?.name ?? ''}附近发现${category.zh},请核实处置。`,
    category.code,
    category.l1,
    level,
    happening.source,
    clock.status,
    building?.address ?? (told.isPlaced ? `${block?.name ?? ''}附近` : ''),
    building?.code ?? null,
    null,
    last?.department ?? null,
    told.worker,
    ...placementOf(divided, told.isPlaced ? spot : null),
    new Date(happening.at),
    dateOrNull(times.accepted),
    dateOrNull(times.registered),
    dateOrNull(times.dispatched),
    dateOrNull(times.signed),
    dateOrNull(times.handled),
    dateOrNull(times.closed),
    dateOrNull(times.evaluated),
    new Date(clock.statusAt),
    new Date(acceptDue),
    new Date(clock.due),
    clock.nRework,
    clock.nReturn,
    clock.nExtension,
    steps[3]?.to === 'S31' && steps[3].actor === 'system',
    clock.status === 'S62' || steps.some(({ to }) => to === 'S62'),
    isEvaluated ? told.satisfaction : null,
    clock.pausedMinutes,
    null,
    told.isPlaced ? [] : ['no_position'],
    null,
  ];
};

export function* transitionRows(events: Iterable<Told>): Generator<unknown[]> {
  for (const { id, steps } of events) {
    for (const [i, step] of steps.entries())
      yield [
        id,
        i + 1,
        steps[i - 1]?.to ?? null,
        step.to,
        new Date(step.at),
        step.actor,
        step.role,
        step.department,
        step.note,
      ];
  }
}
