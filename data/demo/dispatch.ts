import type { Candidate, Decision, RouteInputs, Shift } from '../model/dispatch';
import { decide, policyNow } from '../model/dispatch-rule';
import { hour, midnightOf } from './calendar';
import type { Divided } from './division';
import type { Happening } from './event-draw';
import { limits } from './event-life';
import { dutyRows, type Line, rosterDays, shiftsOf, type Worker, type Workforce } from './workforce';

/** What the machine said at a report, and what it said it from. */
export type Routed = { inputs: RouteInputs; decision: Decision };

/** An event at its report, as far as the machine knows it. */
export type Reported = { happening: Happening; grid: string | null; department: string; isHeld: boolean };

const dayMs = 86_400_000;
/** Candidates of a line besides the one that covers the place. */
const nBeside = 3;
/** Start of the category list's rows. */
const listed = '2020-01-01T00:00:00.000Z';
/** Share of shifts signed in to before the roster that is kept. */
const reliability = 0.95;

/** Uniform in [0, 1), the same for the same three numbers: a source of its own for each shift would take seconds. */
const uniform = (a: number, b: number, c: number): number => {
  let t = Math.imul(a, 374761393) ^ Math.imul(b, 668265263) ^ Math.imul(c + 1, 2246822519);
  t = Math.imul(t ^ (t >>> 15), 2246822519);
  t = Math.imul(t ^ (t >>> 13), 3266489917);
  return ((t ^ (t >>> 16)) >>> 0) / 4294967296;
};

type Duty = { from: number; to: number; in: number; out: number };

/** Shifts of the days whose roster is kept, by worker. */
const rosterOf = (workforce: Workforce, size: string, at: Date): Map<string, Duty[]> => {
  const roster = new Map<string, Duty[]>();
  const instant = (value: unknown) => (value instanceof Date ? value.getTime() : Number.POSITIVE_INFINITY);
  for (const [worker, from, to, signedIn, signedOut] of dutyRows(workforce, size, at)) {
    const duty = { from: instant(from), to: instant(to), in: instant(signedIn), out: instant(signedOut) };
    roster.set(String(worker), [...(roster.get(String(worker)) ?? []), duty]);
  }
  return roster;
};

/** Routes the history by the product's own rule, in order of report: who covers a place, was on shift, had how much to do. */
export class Dispatcher {
  private readonly roster: Map<string, Duty[]>;
  private readonly since: number;
  private readonly linesOf = new Map<string, Line[]>();
  private readonly covered = new Map<string, Line>();
  private readonly homes = new Map<string, [x: number, y: number]>();
  /** Lines looked at for a department and a base grid. */
  private readonly near = new Map<string, Line[]>();
  private readonly hands = new Map<string, { from: number; until: number }[]>();

  constructor(
    private readonly workforce: Workforce,
    divided: Divided,
    at: Date,
  ) {
    this.roster = rosterOf(workforce, divided.land.size, at);
    this.since = midnightOf(at.getTime()) - rosterDays * dayMs;
    for (const line of workforce.lines) {
      this.linesOf.set(line.department, [...(this.linesOf.get(line.department) ?? []), line]);
      for (const grid of line.grids) this.covered.set(`${line.department} ${grid}`, line);
    }
    const { world, plane } = divided.land;
    for (const { code, seeds } of world.communities) if (seeds[0]) this.homes.set(code, plane.toMetres(seeds[0]));
  }

  private shiftOf(worker: Worker, at: number): Shift {
    if (at >= this.since) {
      const duty = this.roster.get(worker.id)?.find(({ from, to, out }) => from <= at && at < to && at < out);
      return duty ? (duty.in <= at ? 'on' : 'absent') : 'off';
    }
    const plan = shiftsOf[worker.type];
    const midnight = midnightOf(at);
    const day = Math.round(midnight / dayMs);
    const drawn = (n: number) => uniform(Number(worker.id.slice(1)), day, n);
    const share = (day + 4) % 7 === 0 || (day + 4) % 7 === 6 ? plan?.weekend : plan?.share;
    const from = midnight + (plan?.starts[Math.floor(drawn(0) * plan.starts.length)] ?? 0) * hour;
    const isDue = plan && drawn(1) < (share ?? 0) && at >= from && at < from + plan.hours * hour;
    return isDue ? (drawn(2) < reliability ? 'on' : 'absent') : 'off';
  }

  private loadOf(worker: string, at: number): number {
    const open = (this.hands.get(worker) ?? []).filter(({ until }) => until > at);
    this.hands.set(worker, open);
    return open.filter(({ from }) => from <= at).length;
  }

  private apart({ community }: Worker, { spot }: Happening): number {
    const [x, y] = this.homes.get(community ?? '') ?? [spot.x, spot.y];
    return Math.round(Math.hypot(x - spot.x, y - spot.y));
  }

  private stand(worker: Worker, grid: string, covers: boolean, { happening, grid: place }: Reported): Candidate {
    const { at } = happening;
    const load = this.loadOf(worker.id, at);
    const metres = place === null ? null : this.apart(worker, happening);
    return { worker: worker.id, grid, covers, shift: this.shiftOf(worker, at), load, metres };
  }

  /** The community's own worker where its station answers, else those of the department's line. */
  private candidates(reported: Reported): Candidate[] {
    const { happening, grid, department } = reported;
    const own = department === 'SQZ' && grid !== null ? this.workforce.ofGrid.get(grid) : undefined;
    if (own && grid !== null) return [this.stand(own, grid, true, reported)];
    const key = `${department} ${grid}`;
    const cover = grid === null ? undefined : this.covered.get(key);
    const lines = this.near.get(key) ?? this.nearest(department, cover, happening);
    this.near.set(key, lines);
    return lines.map((line) => this.stand(line.worker, line.code, line === cover, reported));
  }

  /** The specialised grid that covers a place, then those of its line whose workers live nearest. */
  private nearest(department: string, cover: Line | undefined, happening: Happening): Line[] {
    const beside = (this.linesOf.get(department) ?? [])
      .filter((line) => line !== cover)
      .map((line) => ({ line, apart: this.apart(line.worker, happening) }))
      .sort((a, b) => a.apart - b.apart)
      .slice(0, nBeside);
    return [...(cover ? [cover] : []), ...beside.map(({ line }) => line)];
  }

  /** What the rule says of an event at its report. */
  route(reported: Reported): Routed {
    const { category, level } = reported.happening;
    const { accept, handle } = limits[level - 1] ?? limits[3];
    const inputs: RouteInputs = {
      rule: {
        ...{ category: category.code, from: listed, level: category.level as 1 | 2 | 3 | 4 },
        ...{ acceptMinutes: accept, handleHours: handle, department: reported.department },
        ...{ isListed: category.auto === 1, isAuto: category.auto === 1 },
      },
      candidates: this.candidates(reported),
      isHeld: reported.isHeld,
    };
    return { inputs, decision: decide(inputs) };
  }

  /** Puts an event on a worker's hands for a time. */
  give(worker: string, from: number, until: number): void {
    this.hands.set(worker, [...(this.hands.get(worker) ?? []), { from, until }]);
  }
}

type ToldRoute = { id: string; happening: Happening; route: Routed | null };

/** Rows of `dispatch_route`: what the machine said of every event at its report. */
export function* routeRows(events: Iterable<ToldRoute>): Generator<unknown[]> {
  for (const { id, happening, route } of events) {
    if (!route) continue;
    const { isSent, department, worker } = route.decision;
    const at = new Date(happening.at);
    const target = isSent ? [department, worker] : [null, null];
    yield [
      id,
      1,
      at,
      at,
      'system',
      'system',
      isSent ? 'auto' : 'left',
      policyNow,
      route.inputs,
      route.decision,
      ...target,
    ];
  }
}
