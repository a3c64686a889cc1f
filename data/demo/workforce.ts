import type { Divided } from './division';
import { type Random, randomFor } from './random';
import names from './world/name.json';
import organisation from './world/organisation.json';

export type Worker = {
  id: string;
  name: string;
  type: string;
  department: string | null;
  grid: string | null;
  community: string | null;
  subdistrict: string | null;
};
export type Line = {
  code: string;
  line: string;
  name: string;
  en: string;
  department: string;
  worker: Worker;
  grids: string[];
};
export type Workforce = {
  workers: Worker[];
  lines: Line[];
  ofGrid: Map<string, Worker>;
  ofDepartment: Map<string, Worker[]>;
  leadOf: Map<string, Worker>;
};

const hour = 3_600_000;
const day = 24 * hour;

class Roll {
  readonly workers: Worker[] = [];
  constructor(private readonly random: Random) {}
  hire(
    type: string,
    place: { grid?: string; community?: string; subdistrict?: string },
    department: string | null = null,
  ): Worker {
    const { random } = this;
    const isMale = random.has(0.58);
    const pool = isMale ? names.givenMale : names.givenFemale;
    const given = [0, 1].map(() => pool[random.whole(0, pool.length - 1)] ?? '').join('');
    const worker: Worker = {
      id: `w${String(this.workers.length + 1).padStart(4, '0')}`,
      name: `${names.surnames[random.whole(0, 60)] ?? '陈'}${given}`,
      type,
      department,
      grid: place.grid ?? null,
      community: place.community ?? null,
      subdistrict: place.subdistrict ?? null,
    };
    this.workers.push(worker);
    return worker;
  }
}

const placeOfGrid = (grid: string) => ({ grid, community: grid.slice(0, 12), subdistrict: grid.slice(0, 9) });

type Community = Divided['land']['world']['communities'][number];

/** Communities in an order in which each lies near the one before: a run of them hangs together. */
const chainOf = (communities: readonly Community[]): Community[] => {
  const [first, ...left] = communities;
  const chain = first ? [first] : [];
  while (left.length > 0) {
    const [x, y] = chain.at(-1)?.seeds[0] ?? [0, 0];
    const apart = ({ seeds: [at] }: Community) => (at ? Math.hypot(at[0] - x, at[1] - y) : Number.POSITIVE_INFINITY);
    const next = left.reduce((best, candidate) => (apart(candidate) < apart(best) ? candidate : best));
    chain.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return chain;
};

/** Specialised grids of one line: runs of communities, so that every base grid lies in exactly one of them. */
const layLine = (
  divided: Divided,
  [line, zh, en, department, wanted]: [string, string, string, string, number],
  roll: Roll,
): Line[] => {
  const { world } = divided.land;
  const chain = chainOf(world.communities);
  const n = Math.min(wanted, chain.length);
  return Array.from({ length: n }, (_, i) => {
    const communities = chain.filter((_, k) => Math.floor((k * n) / chain.length) === i);
    const codes = new Set(communities.map(({ code }) => code));
    const grids = divided.grids.map(({ code }) => code).filter((code) => codes.has(code.slice(0, 12)));
    const two = String(i + 1).padStart(2, '0');
    const home = communities[0]?.code ?? '';
    const worker = roll.hire('G2', { community: home, subdistrict: home.slice(0, 9) }, department);
    return {
      code: `${line}${two}`,
      line,
      name: `${zh}专业网格${two}`,
      en: `${en} Grid ${two}`,
      department,
      worker,
      grids,
    };
  });
};

/** Grid workers one a grid, specialised workers one a specialised grid, leads above, part-time workers to fill up. */
export const hireWorkforce = (divided: Divided): Workforce => {
  const { world, size } = divided.land;
  const random = randomFor(`${size}:workers`);
  const roll = new Roll(random);
  const ofGrid = new Map<string, Worker>();
  const leadOf = new Map<string, Worker>();
  for (const { code } of divided.grids) ofGrid.set(code, roll.hire('G1', placeOfGrid(code)));
  for (const { code } of world.communities)
    leadOf.set(code, roll.hire('G4', { community: code, subdistrict: code.slice(0, 9) }, 'SQZ'));
  for (const s of world.subdistricts) leadOf.set(s.code, roll.hire('G5', { subdistrict: s.code }, s.department));
  const lines: Line[] = [];
  if (size !== 'tiny') {
    for (const line of organisation.lines as [string, string, string, string, number][])
      lines.push(...layLine(divided, line, roll));
    for (const { code } of world.communities) {
      roll.hire('G6', { community: code, subdistrict: code.slice(0, 9) }, 'GAJ');
      if (random.has(0.5)) roll.hire('G7', { community: code, subdistrict: code.slice(0, 9) }, 'SFJ');
    }
  } else
    for (const line of organisation.lines.slice(0, 3) as [string, string, string, string, number][])
      lines.push(...layLine(divided, line, roll));
  while (roll.workers.length < world.counts.workers)
    roll.hire(random.has(0.9) ? 'G3' : 'G8', placeOfGrid(random.pick(divided.grids).code));
  const ofDepartment = new Map<string, Worker[]>();
  for (const worker of roll.workers) {
    if (!worker.department) continue;
    ofDepartment.set(worker.department, [...(ofDepartment.get(worker.department) ?? []), worker]);
  }
  return { workers: roll.workers, lines, ofGrid, ofDepartment, leadOf };
};

export function* workerRows({ workers }: Workforce): Generator<unknown[]> {
  for (const w of workers) yield [w.id, w.name, w.type, w.department, w.grid, w.community, w.subdistrict];
}

export function* specialisedRows({ lines }: Workforce): Generator<unknown[]> {
  for (const l of lines) yield [l.code, l.line, l.name, l.en, l.department, l.worker.id];
}

export function* memberRows({ lines }: Workforce): Generator<unknown[]> {
  for (const { code, grids } of lines) for (const grid of grids) yield [code, grid];
}

/** Local hour a shift starts, its hours, and the share of days worked, by worker type. */
export const shiftsOf: Record<string, { starts: number[]; hours: number; share: number; weekend: number }> = {
  G1: { starts: [8.5, 8.5, 8.5, 13.5], hours: 9, share: 0.9, weekend: 0.55 },
  G2: { starts: [8.5, 9, 14], hours: 9, share: 0.88, weekend: 0.4 },
  G3: { starts: [9, 15, 18.5], hours: 4, share: 0.4, weekend: 0.45 },
  G4: { starts: [8.5], hours: 9.5, share: 0.94, weekend: 0.5 },
  G5: { starts: [8.5], hours: 9.5, share: 0.94, weekend: 0.5 },
  G6: { starts: [8, 16], hours: 12, share: 0.6, weekend: 0.6 },
  G7: { starts: [9.5], hours: 3, share: 0.18, weekend: 0 },
  G8: { starts: [19], hours: 2, share: 0.16, weekend: 0.1 },
};

type Shift = { startsAt: number; endsAt: number };

const shiftOn = (worker: Worker, midnight: number, weekday: number, random: Random): Shift | null => {
  const plan = shiftsOf[worker.type];
  if (!plan) return null;
  const night = worker.type === 'G1' && random.has(0.05);
  const isWeekend = weekday === 0 || weekday === 6;
  const start = random.pick(plan.starts);
  if (!random.has(isWeekend ? plan.weekend : plan.share)) return null;
  const from = midnight + (night ? 22 : start) * hour;
  return { startsAt: from, endsAt: from + (night ? 9 : plan.hours) * hour };
};

/** Days before `at` whose roster is kept. */
export const rosterDays = 35;

/** Shifts from 35 days before `at` to the end of the next local day; nothing is signed after `at`. */
export function* dutyRows({ workers }: Workforce, size: string, at: Date): Generator<unknown[]> {
  const random = randomFor(`${size}:duty`);
  const now = at.getTime();
  const today = Math.floor((now + 8 * hour) / day) * day - 8 * hour;
  for (let back = rosterDays; back >= -1; back--) {
    const midnight = today - back * day;
    const weekday = new Date(midnight + 8 * hour).getUTCDay();
    const reliability = random.between(0.92, 0.975);
    for (const worker of workers) {
      const shift = shiftOn(worker, midnight, weekday, random);
      const [comes, in1, out1] = [random.has(reliability), random.normal() * 5 - 6, Math.abs(random.normal()) * 9];
      if (!shift) continue;
      const signedIn = comes ? shift.startsAt + Math.min(25, in1) * 60_000 : Infinity;
      const signedOut = comes ? shift.endsAt + out1 * 60_000 : Infinity;
      const version = 1 + (signedIn <= now ? 1 : 0) + (signedOut <= now ? 1 : 0);
      yield [
        worker.id,
        new Date(shift.startsAt),
        new Date(shift.endsAt),
        signedIn <= now ? new Date(signedIn) : null,
        signedOut <= now ? new Date(signedOut) : null,
        version,
      ];
    }
  }
}
