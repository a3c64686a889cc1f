import { type SQL, sql } from 'drizzle-orm';
import type { ControlPart, ControlRow, ControlTicket, ControlTold } from '@/data/model/control';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { canControl, ownMoves, returnableBy, sightOf, todoOf } from './rules';

/** Which tickets a list shows. `at` null = now; a past instant shows those pushed by then as they stood. */
export type ControlAsk = { division: string | null; at: Date | null; isOpen: boolean; limit: number };

/** Throws for walls and for posts that carry no tickets. */
export const checkController = (scope: Scope): void => {
  if (!canControl(scope))
    throw new Problem('not_allowed', `Role ${scope.role} at ${scope.level} on ${scope.screen} carries no tickets.`);
};

const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

type Head = Omit<ControlRow, 'own' | 'below' | 'todo'> & { evidence: string };
type StoredPart = Pick<
  ControlPart,
  'division' | 'name' | 'nameEn' | 'level' | 'parent' | 'duty' | 'passedAt' | 'signDueAt' | 'dueAt'
> & { id: string; path: string };
type StoredMove = Omit<ControlTold, 'name' | 'nameEn'> & {
  id: string;
  version: number;
  state: ControlPart['state'];
  actor: string;
};

const inIds = (ids: readonly string[]): SQL =>
  sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  );

/** Tickets the caller has a part of at the clock, what is due first before the rest. */
const selectHeads = (db: Executor, scope: Scope, clock: SQL, where: SQL, limit: number) =>
  db.execute<Head>(sql`
    select c.id, c.number, c.source_code as source, c.title, c.evidence, c.division_code as division,
      d.name as "divisionName", d.name_en as "divisionNameEn", c.address, c.level, c.pushed_at as "pushedAt",
      c.due_at as "dueAt", case when c.closed_at <= ${clock} then c.closed_at end as "closedAt"
    from control c
    join control_part own on own.control_id = c.id and own.division_code = ${scope.division}
    join division d on d.code = c.division_code
    where c.pushed_at <= ${clock} and own.passed_at <= ${clock} and ${where}
    order by (c.closed_at <= ${clock}) nulls first, own.due_at, c.id limit ${limit}`);

const selectParts = (db: Executor, ids: readonly string[], clock: SQL) =>
  db.execute<StoredPart>(sql`
    select p.control_id as id, p.division_code as division, d.name, d.name_en as "nameEn", p.level, p.path,
      p.parent_code as parent, p.duty, p.passed_at as "passedAt", p.sign_due_at as "signDueAt", p.due_at as "dueAt"
    from control_part p join division d on d.code = p.division_code
    where p.control_id in (${inIds(ids)}) and p.passed_at <= ${clock}
    order by p.path`);

const selectMoves = (db: Executor, ids: readonly string[], clock: SQL) =>
  db.execute<StoredMove>(sql`
    select control_id as id, seq, at, step, to_state as state, version, division_code as division,
      actor_division as actor, actor_role as role, note, reason
    from control_move where control_id in (${inIds(ids)}) and at <= ${clock} order by seq`);

/** A part as its moves up to the clock left it. */
const foldPart = (
  { id: _, path, ...part }: StoredPart,
  moves: readonly StoredMove[],
): ControlPart & { path: string } => {
  const own = moves.filter((move) => move.division === part.division);
  const last = own.at(-1);
  const state = last?.state ?? 'waiting';
  const report = state === 'reported' || state === 'closed' ? last : undefined;
  return {
    ...part,
    path,
    version: own.length,
    state,
    passedAt: iso(part.passedAt) ?? '',
    signDueAt: iso(part.signDueAt) ?? '',
    dueAt: iso(part.dueAt) ?? '',
    signedAt: part.parent === null ? iso(part.passedAt) : iso(own.find(({ step }) => step === 'sign')?.at ?? null),
    reportedAt: iso(report?.at ?? null),
    feedback: report?.note ?? null,
    reason: report?.reason || null,
  };
};

type Whole = { head: Head; parts: (ControlPart & { path: string })[]; moves: StoredMove[] };

const readWhole = async (db: Executor, heads: readonly Head[], clock: SQL): Promise<Whole[]> => {
  if (heads.length === 0) return [];
  const ids = heads.map(({ id }) => id);
  const [parts, moves] = [await selectParts(db, ids, clock), await selectMoves(db, ids, clock)];
  return heads.map((head) => {
    const own = moves.filter(({ id }) => id === head.id);
    return { head, parts: parts.filter(({ id }) => id === head.id).map((part) => foldPart(part, own)), moves: own };
  });
};

/** Parts the caller sees, the words of a branch beside his left out. */
const seenParts = (parts: Whole['parts'], scope: Scope): ControlPart[] => {
  const paths = new Map(parts.map(({ division, path }) => [division, path]));
  return parts.flatMap(({ path, ...part }) => {
    const sight = sightOf({ path, parent: part.parent }, scope, paths.get(part.parent ?? '') ?? null);
    if (sight === 'none') return [];
    return [sight === 'all' ? part : { ...part, feedback: null, reason: null }];
  });
};

const toRow = ({ head, parts }: Whole, scope: Scope): ControlRow => {
  const { evidence: _, ...rest } = head;
  const seen = seenParts(parts, scope);
  const own = seen.find(({ division }) => division === scope.division);
  if (!own) throw new Problem('not_found', `No control ${head.id} in your territory.`, { id: head.id });
  return {
    ...rest,
    pushedAt: iso(head.pushedAt) ?? '',
    dueAt: iso(head.dueAt) ?? '',
    closedAt: iso(head.closedAt),
    own,
    below: seen.filter(({ parent }) => parent === scope.division),
    todo: head.closedAt === null ? todoOf(parts, scope.division) : 'none',
  };
};

const rank = { sign: 0, decide: 1, report: 2, close: 2, wait: 3, none: 4 } as const;

const clockOf = (at: Date | null): SQL => (at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`);

/** Tickets the caller's division has a part of, what is his to do first. */
export const listControls = async ({ db }: Connection, scope: Scope, ask: ControlAsk): Promise<ControlRow[]> => {
  checkController(scope);
  const clock = clockOf(ask.at);
  const parts = [
    sql`true`,
    ...(ask.isOpen ? [sql`(c.closed_at is null or c.closed_at > ${clock})`] : []),
    ...(ask.division === null || ask.division === scope.division
      ? []
      : [
          sql`exists (select from control_part p where p.control_id = c.id and p.passed_at <= ${clock}
          and p.division_code = ${ask.division} and starts_with(p.path, ${scope.path}))`,
        ]),
  ];
  const heads = await selectHeads(db, scope, clock, sql.join(parts, sql` and `), ask.limit);
  const rows = (await readWhole(db, heads, clock)).map((whole) => toRow(whole, scope));
  return rows.sort((a, b) => rank[a.todo] - rank[b.todo] || Date.parse(a.own.dueAt) - Date.parse(b.own.dueAt));
};

/** A ticket the caller's division has a part of, with its tree and steps as far as he sees them; `not_found` else. */
export const readControl = async (
  { db }: Connection,
  scope: Scope,
  { id, at }: { id: string; at: Date | null },
): Promise<ControlTicket> => {
  checkController(scope);
  const clock = clockOf(at);
  const [whole] = await readWhole(db, await selectHeads(db, scope, clock, sql`c.id = ${id}::uuid`, 1), clock);
  if (!whole) throw new Problem('not_found', `No control ${id} in your territory.`, { id });
  const { parts, moves, head } = whole;
  const row = toRow(whole, scope);
  const isMoved = at === null && head.closedAt === null;
  const byDivision = new Map(parts.map((part) => [part.division, part]));
  const told = moves.filter(({ division }) => {
    const path = byDivision.get(division)?.path ?? '';
    return path.startsWith(scope.path) || scope.path.startsWith(path);
  });
  return {
    ...row,
    evidence: head.evidence,
    parts: seenParts(parts, scope),
    steps: told.map(({ seq, at: then, step, division, actor, role, note, reason }) => {
      const { name = division, nameEn = division } = byDivision.get(division) ?? {};
      return { seq, at: iso(then) ?? '', step, division, actor, name, nameEn, role, note, reason };
    }),
    moves: isMoved ? ownMoves(parts, scope.division) : [],
    returnable: isMoved ? returnableBy(parts, scope.division) : [],
  };
};
