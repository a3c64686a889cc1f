import { inArray, sql } from 'drizzle-orm';
import type { Candidate, Decision, DispatchRule, RouteInputs, RoutePeriod, WhatIfChange } from '@/data/model/dispatch';
import { policies, policyNow } from '@/data/model/dispatch-rule';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { duty, specialised_grid, specialised_grid_member } from '../db/schema';
import { readRoutes, type StoredRoute } from './replay';

type RuleChange = Extract<WhatIfChange, { kind: 'rule' }>;
type Cover = { worker: string; grid: string };

/** What is needed of departments an event is sent to only in the other world: who covers what, and when he was on shift. */
type Elsewhere = {
  covers: ReadonlyMap<string, Cover[]>;
  shifts: ReadonlyMap<string, { from: number; to: number; isIn: boolean }[]>;
};

const isOfRule = (change: RuleChange, category: string, l1: string): boolean =>
  change.categories.some((code) => code === category || code === l1);

const ruleChanges = (changes: readonly WhatIfChange[]): RuleChange[] =>
  changes.filter((change): change is RuleChange => change.kind === 'rule');

const loadElsewhere = async ({ db }: Connection, changes: readonly WhatIfChange[]): Promise<Elsewhere> => {
  const departments = [...new Set(ruleChanges(changes).flatMap(({ department }) => department ?? []))];
  if (departments.length === 0) return { covers: new Map(), shifts: new Map() };
  const rows = await db
    .select({
      department: specialised_grid.department_code,
      worker: specialised_grid.worker_id,
      grid: specialised_grid.code,
      base: specialised_grid_member.grid_code,
    })
    .from(specialised_grid)
    .innerJoin(
      specialised_grid_member,
      sql`${specialised_grid_member.specialised_grid_code} = ${specialised_grid.code}`,
    )
    .where(inArray(specialised_grid.department_code, departments));
  const covers = new Map<string, Cover[]>();
  for (const { department, worker, grid, base } of rows) {
    const key = `${department} ${base}`;
    if (worker) covers.set(key, [...(covers.get(key) ?? []), { worker, grid }]);
  }
  const workers = [...new Set(rows.flatMap(({ worker }) => worker ?? []))];
  const shifts: Map<string, { from: number; to: number; isIn: boolean }[]> = new Map();
  if (workers.length === 0) return { covers, shifts };
  for (const row of await db.select().from(duty).where(inArray(duty.worker_id, workers))) {
    const shift = { from: row.starts_at.getTime(), to: row.ends_at.getTime(), isIn: row.signed_in_at !== null };
    shifts.set(row.worker_id, [...(shifts.get(row.worker_id) ?? []), shift]);
  }
  return { covers, shifts };
};

/** Who of another department covers the place; his shift by the roster that is kept, his load not known. */
const candidatesElsewhere = ({ covers, shifts }: Elsewhere, department: string, route: StoredRoute): Candidate[] => {
  const at = Date.parse(route.at);
  return (covers.get(`${department} ${route.grid_code}`) ?? []).map(({ worker, grid }): Candidate => {
    const shift = shifts.get(worker)?.find(({ from, to }) => from <= at && at < to);
    return { worker, grid, covers: true, shift: shift ? (shift.isIn ? 'on' : 'absent') : 'off', load: 0, metres: null };
  });
};

const ruleIn = (rule: DispatchRule, change: RuleChange): DispatchRule => ({
  ...rule,
  department: change.department ?? rule.department,
  acceptMinutes: change.acceptMinutes ?? rule.acceptMinutes,
  handleHours: change.handleHours ?? rule.handleHours,
  isListed: change.isListed ?? rule.isListed,
  isAuto: change.isListed ?? rule.isAuto,
});

/** The inputs of a route in the other world. */
const inputsIn = (
  changes: readonly WhatIfChange[],
  elsewhere: Elsewhere,
  route: StoredRoute,
  inputs: RouteInputs,
): RouteInputs => {
  const own = ruleChanges(changes).filter((change) => isOfRule(change, inputs.rule.category, route.category_l1));
  const rule = own.reduce(ruleIn, inputs.rule);
  const isMoved = rule.department !== inputs.rule.department;
  const candidates = isMoved ? candidatesElsewhere(elsewhere, rule.department, route) : inputs.candidates;
  const away = new Set(changes.flatMap((change) => (change.kind === 'away' ? [change.worker] : [])));
  const isStaffed = changes.some((change) => change.kind === 'staffed' && change.department === rule.department);
  return {
    ...inputs,
    rule,
    candidates: candidates.map((candidate): Candidate => {
      if (away.has(candidate.worker)) return { ...candidate, shift: 'off' };
      return isStaffed && candidate.covers ? { ...candidate, shift: 'on' } : candidate;
    }),
  };
};

const minutesOf = ({ acceptMinutes, handleHours }: DispatchRule): number | null =>
  handleHours === null ? null : (acceptMinutes ?? 0) + handleHours * 60;

/** The limit of an event under another rule: moved by what the two rules differ, pauses kept. Null = there is none. */
const dueUnder = (route: StoredRoute, before: DispatchRule, after: DispatchRule): number | null => {
  const [old, next] = [minutesOf(before), minutesOf(after)];
  if (next === null) return route.handle_due_at === null ? null : Date.parse(route.handle_due_at);
  if (route.handle_due_at === null || old === null) return Date.parse(route.reported_at) + next * 60_000;
  return Date.parse(route.handle_due_at) + (next - old) * 60_000;
};

type Pair = { before: number; after: number };
/** A department, by a worker in person or its duty desk. */
type Target = { department: string; isNamed: boolean };
/** What would have been otherwise (推演): of every event of the period, by its first decision. */
export type WhatIf = {
  nEvents: number;
  nDifferent: number;
  /** Sent by the machine; sent to a worker in person; closed or still open past the limit. */
  auto: Pair;
  named: Pair;
  missed: Pair;
  categories: { code: string; n: number }[];
  /** To whom instead: null = left to a person. */
  departments: { from: Target | null; to: Target | null; n: number }[];
};

const nListed = 12;
/** Statuses in which no limit counts: not registered, void. */
const uncounted = ['S21', 'S90'];

const targetOf = ({ isSent, department, worker }: Decision) =>
  isSent ? { department, worker } : { department: null, worker: null };

const shownOf = ({ department, worker }: ReturnType<typeof targetOf>): Target | null =>
  department === null ? null : { department, isNamed: worker !== null };

class Comparison {
  readonly result: WhatIf = {
    ...{ nEvents: 0, nDifferent: 0, categories: [], departments: [] },
    ...{ auto: { before: 0, after: 0 }, named: { before: 0, after: 0 }, missed: { before: 0, after: 0 } },
  };
  private readonly categories = new Map<string, number>();
  private readonly departments = new Map<string, number>();
  constructor(private readonly now: number) {}

  private tell(key: 'auto' | 'named' | 'missed', before: boolean, after: boolean): void {
    if (before) this.result[key].before += 1;
    if (after) this.result[key].after += 1;
  }

  add(route: StoredRoute, stored: { inputs: RouteInputs; decision: Decision }, inputs: RouteInputs): void {
    const after = (policies[policyNow]?.decide ?? policies.p1?.decide)?.(inputs) ?? stored.decision;
    const [was, is] = [targetOf(stored.decision), targetOf(after)];
    this.result.nEvents += 1;
    this.tell('auto', stored.decision.isSent, after.isSent);
    this.tell('named', was.worker !== null, is.worker !== null);
    if (!uncounted.includes(route.status)) {
      const ended = route.closed_at === null ? this.now : Date.parse(route.closed_at);
      const due = dueUnder(route, stored.inputs.rule, inputs.rule);
      const isLate = route.handle_due_at !== null && ended > Date.parse(route.handle_due_at);
      this.tell('missed', isLate, due !== null && ended > due);
    }
    if (was.department === is.department && was.worker === is.worker) return;
    this.result.nDifferent += 1;
    const { category } = inputs.rule;
    this.categories.set(category, (this.categories.get(category) ?? 0) + 1);
    const way = JSON.stringify([was, is].map(shownOf));
    this.departments.set(way, (this.departments.get(way) ?? 0) + 1);
  }

  end(): WhatIf {
    const most = (counts: Map<string, number>) =>
      [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, nListed);
    return {
      ...this.result,
      categories: most(this.categories).map(([code, n]) => ({ code, n })),
      departments: most(this.departments).map(([way, n]) => {
        const [from, to] = JSON.parse(way) as [Target | null, Target | null];
        return { from, to, n };
      }),
    };
  }
}

/** Routes a past period under other rules, limits or staff, beside what is on record. Changes nothing. */
export const whatIf = async (
  connection: Connection,
  scope: Scope,
  period: RoutePeriod,
  changes: readonly WhatIfChange[],
): Promise<WhatIf> => {
  if (scope.screen === 'big') throw new Problem('not_allowed', 'What would have been is asked at a desk.');
  const elsewhere = await loadElsewhere(connection, changes);
  const comparison = new Comparison(Date.now());
  for await (const route of readRoutes(connection, scope, period)) {
    const { inputs, decision } = route;
    if (route.seq > 1 || !inputs || !decision) continue;
    comparison.add(route, { inputs, decision }, inputsIn(changes, elsewhere, route, inputs));
  }
  return comparison.end();
};
