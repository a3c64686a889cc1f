import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import {
  type DisputeParty,
  type DisputeRow,
  type DisputeStatus,
  type DisputeStep,
  disputeEnded,
  disputeStageOf,
} from '@/data/model/dispute';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { dispute_move, dispute_party, dispute_record, division } from '../db/schema';
import { inTerritory } from '../db/scope';
import { maskName } from '../person/rules';
import { opener, rowKey } from '../person/sealed';
import { canReadDisputes, disputeMovesOf } from './rules';
import { dispute } from './table';

export { noteDispute } from './note';
export { moveDispute, relapseDispute, reportDispute } from './write';

/** Which disputes a list shows. `at` null = now; a past instant shows those reported by then as they stood. */
export type DisputeAsk = {
  division: string | null;
  at: Date | null;
  isOpen: boolean;
  categoryL1: string | null;
  limit: number;
  offset: number;
};

/** Throws for walls and for posts that get aggregates alone. */
export const checkReader = (scope: Scope): void => {
  if (!canReadDisputes(scope))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} does not see single disputes.`);
};

/** The move that stood at the clock; over `dispute d`. */
const stoodAt = (clock: SQL) => sql`lateral (
  select m.to_status as status, m.at, m.lead_code from dispute_move m
  where m.dispute_id = d.id and m.at <= ${clock} order by m.seq desc limit 1) s`;

const endedList = sql.join(
  disputeEnded.map((status) => sql`${status}`),
  sql`, `,
);

type Record = Omit<DisputeRow, 'position' | 'stage'> & { lng: number; lat: number };

const iso = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString());

const toRow = ({ lng, lat, ...row }: Record): DisputeRow => ({
  ...row,
  position: [lng, lat],
  stage: disputeStageOf[row.status],
  reportedAt: iso(row.reportedAt) ?? '',
  statusAt: iso(row.statusAt) ?? '',
  dueAt: iso(row.dueAt),
  settledAt: iso(row.settledAt),
  endedAt: iso(row.endedAt),
});

/** Rows as they stood at the clock: those still quarrelled over by their limit, then those to be reviewed, then the rest. */
const selectRows = async (db: Executor, clock: SQL, where: SQL, page: { limit: number; offset: number }) => {
  const rows = await db.execute<Record>(sql`
    select d.id, d.version, d.number, d.root_id as "rootId", d.round, d.title, d.category_code as category, d.scale,
      d.n_people as "nPeople", s.status, d.lng, d.lat, d.address, d.subdistrict_code as subdistrict,
      d.community_code as community, d.grid_code as grid, s.lead_code as lead, d.reported_at as "reportedAt",
      s.at as "statusAt", case when d.registered_at <= ${clock} then d.due_at end as "dueAt",
      case when d.settled_at <= ${clock} then d.settled_at end as "settledAt",
      case when d.ended_at <= ${clock} then d.ended_at end as "endedAt"
    from dispute d join ${stoodAt(clock)} on true
    where ${where}
    order by (s.status in (${endedList})), (s.status in ('settled', 'referred')), d.due_at nulls last, d.reported_at, d.id
    limit ${page.limit} offset ${page.offset}`);
  return rows.map(toRow);
};

/** Rows in the caller's territory and below the division asked for. */
const placeOf = async (db: Executor, scope: Scope, code: string | null): Promise<SQL> => {
  const own = await inTerritory(db, scope, dispute);
  const inOwn = sql`d.id in (select id from dispute where ${own})`;
  if (code === null || code === scope.division) return inOwn;
  const [node] = await db.select({ path: division.path }).from(division).where(eq(division.code, code));
  if (!node) throw new Problem('not_found', `No division ${code}.`, { code });
  return sql`${inOwn} and coalesce(d.grid_code, d.community_code, d.subdistrict_code)
    in (select code from division where starts_with(path, ${node.path}))`;
};

/** Disputes of the caller's territory, open ones first by their limit. */
export const listDisputes = async ({ db }: Connection, scope: Scope, ask: DisputeAsk): Promise<DisputeRow[]> => {
  checkReader(scope);
  const clock = ask.at === null ? sql`now()` : sql`${ask.at.toISOString()}::timestamptz`;
  const parts = [
    sql`d.reported_at <= ${clock}`,
    await placeOf(db, scope, ask.division),
    ...(ask.isOpen ? [sql`s.status not in (${endedList})`] : []),
    ...(ask.categoryL1 === null ? [] : [sql`d.category_l1 = ${ask.categoryL1}`]),
  ];
  return selectRows(db, clock, sql.join(parts, sql` and `), ask);
};

/** A case with all its rounds: parties masked, every step in the order of time. */
export type DisputeCase = DisputeRow & {
  description: string;
  parties: (DisputeParty & { round: number })[];
  assist: string[];
  rounds: { id: string; round: number; status: DisputeStatus }[];
  steps: DisputeStep[];
  /** Moves the caller may make now; none in the past. */
  moves: DisputeStatus[];
};

const stepsOf = async (db: Executor, ids: readonly { id: string; round: number }[], clock: SQL) => {
  const rounds = new Map(ids.map(({ id, round }) => [id, round]));
  const list = sql.join(
    ids.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  );
  const moves = await db
    .select()
    .from(dispute_move)
    .where(sql`${dispute_move.dispute_id} in (${list}) and ${dispute_move.at} <= ${clock}`);
  const records = await db
    .select()
    .from(dispute_record)
    .where(sql`${dispute_record.dispute_id} in (${list}) and ${dispute_record.at} <= ${clock}`);
  const steps = [
    ...moves.map(
      (move): DisputeStep => ({
        at: move.at.toISOString(),
        round: rounds.get(move.dispute_id) ?? 1,
        role: move.actor_role,
        kind: 'move',
        to: move.to_status,
        department: move.lead_code,
        text: move.note,
        isKept: null,
      }),
    ),
    ...records.map(
      (record): DisputeStep => ({
        at: record.at.toISOString(),
        round: rounds.get(record.dispute_id) ?? 1,
        role: record.actor_role,
        kind: record.kind,
        to: null,
        department: record.department_code,
        text: record.text,
        isKept: record.is_kept,
      }),
    ),
  ].sort((a, b) => a.at.localeCompare(b.at) || a.round - b.round);
  return { steps, distributions: moves.filter(({ to_status }) => to_status === 'distributed') };
};

/** A dispute of the caller's territory with its whole case; `not_found` for any other. */
export const readDispute = async (
  { db }: Connection,
  scope: Scope,
  { id, at }: { id: string; at: Date | null },
): Promise<DisputeCase> => {
  checkReader(scope);
  const clock = at === null ? sql`now()` : sql`${at.toISOString()}::timestamptz`;
  const where = sql`d.id = ${id}::uuid and d.reported_at <= ${clock} and ${await placeOf(db, scope, null)}`;
  const [row] = await selectRows(db, clock, where, { limit: 1, offset: 0 });
  if (!row) throw new Problem('not_found', `No dispute ${id} in your territory.`, { id });
  const inCase = sql`d.root_id = ${row.rootId}::uuid and d.reported_at <= ${clock}`;
  const rounds = (await selectRows(db, clock, inCase, { limit: 100, offset: 0 })).sort((a, b) => a.round - b.round);
  const parties = await db
    .select()
    .from(dispute_party)
    .where(and(eq(dispute_party.root_id, row.rootId), sql`${dispute_party.round} <= ${rounds.at(-1)?.round ?? 1}`))
    .orderBy(asc(dispute_party.seq));
  const [text] = await db.select({ text: dispute.description }).from(dispute).where(eq(dispute.id, id));
  const { steps, distributions } = await stepsOf(db, rounds, clock);
  const last = distributions.filter((move) => move.dispute_id === id).sort((a, b) => b.seq - a.seq)[0];
  const open = await opener('dispute_party');
  return {
    ...row,
    description: text?.text ?? '',
    parties: parties.map(({ root_id, seq, side, kind, sealed, round }) => {
      const name = open(rowKey(root_id, seq), sealed);
      return { side, kind, round, name: kind === 'person' ? maskName(name) : name };
    }),
    assist: last?.assist_codes.split(' ').filter(Boolean) ?? [],
    rounds: rounds.map((one) => ({ id: one.id, round: one.round, status: one.status })),
    steps,
    moves: at === null ? disputeMovesOf(scope, row.status) : [],
  };
};
