import { randomUUID } from 'node:crypto';
import { inArray, sql } from 'drizzle-orm';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { RecutFault, RecutPreview, RecutProposal } from '@/data/model/recut';
import type { Scope } from '@/data/model/scope';
import { keepLook } from '../audit/store';
import type { Connection, Executor } from '../db/client';
import { clockNow } from '../db/clock';
import { readInstallation, writeInstallation } from '../dictionary/store';
import { putJobs } from '../job/store';
import { appendChanges } from '../live/append';
import { followHeirs } from './recut-follow';
import { checkWorkers, countMoves, type Moved, readMoves, writeMoves } from './recut-moves';
import { planRecut, type RecutPlan } from './recut-plan';
import { sweepJobs } from './recut-sweep';
import { block, division, recut, specialised_grid_member } from './table';

/** Boundaries are the whole installation's business: its command centre alone cuts them. */
const checkMay = async (db: Executor, scope: Scope): Promise<void> => {
  const { root } = await readInstallation(db);
  if (scope.role !== 'R2' || scope.screen === 'big' || scope.division !== root)
    throw new Problem('not_allowed', 'Boundaries are cut anew by the command centre of the installation alone.');
};

const read = async (db: Executor, scope: Scope, proposal: RecutProposal) => {
  const { faults, plan } = await planRecut(db, scope, proposal);
  const moves = plan ? await readMoves(db, plan, proposal) : [];
  return { plan, moves, faults: [...faults, ...checkWorkers(moves, proposal)] };
};

/** Dwellings, or the people in them, that go with their buildings from one grid to another. */
const countWithin = async (db: Executor, moves: readonly Moved[], what: 'dwellings' | 'residents') => {
  const houses = new Map(moves.flatMap((move) => (move.kind === 'building' ? [[move.id, move] as const] : [])));
  const rows = await db.execute<{ building: string }>(sql`
    select d.building_code as building
    from dwelling d
    ${what === 'residents' ? sql`join residence r on r.dwelling_code = d.code and r.to_on is null` : sql``}
    where d.building_code in (select jsonb_array_elements_text(${JSON.stringify([...houses.keys()])}::text::jsonb))`);
  const within = [...rows].flatMap(({ building }) => houses.get(building) ?? []);
  return countMoves(within).map(({ from, to, n }) => ({ from, to, n }));
};

const countOutside = (moves: readonly Moved[]): RecutPreview['outside'] => {
  const counts = new Map<Moved['kind'], number>();
  for (const { kind, isOutside } of moves) if (isOutside) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, n]) => ({ kind, n }));
};

/** What a proposal would do, and what is wrong with it; changes nothing. `not_allowed` for any other post. */
export const previewRecut = async (
  { db }: Connection,
  scope: Scope,
  proposal: RecutProposal,
): Promise<RecutPreview> => {
  await checkMay(db, scope);
  return db.transaction(async (tx) => {
    const { faults, moves } = await read(tx, scope, proposal);
    return {
      ...{ faults, moves: countMoves(moves), outside: countOutside(moves) },
      dwellings: await countWithin(tx, moves, 'dwellings'),
      residents: await countWithin(tx, moves, 'residents'),
    };
  });
};

const refuseFor = ({ reason, code, squareMetres }: RecutFault): Problem =>
  refuse(reason, `The boundaries are refused: ${reason}, ${code}.`, { code, squareMetres: squareMetres ?? 0 });

const writeDivisions = async (tx: Executor, plan: RecutPlan, { id, at }: { id: string; at: Date }): Promise<void> => {
  await tx
    .update(division)
    .set({ valid_to: at })
    .where(inArray(division.code, [...plan.ended]));
  await tx.insert(division).values(plan.divisions.map((node) => ({ ...node, valid_from: at, recut_id: id })));
  if (plan.blocks.length > 0) await tx.insert(block).values(plan.blocks);
};

type Cover = { code: string; line: string; grid: string };

/** Lays each line's specialised grids over the new base grids: of several, the one that lay over most of the ground. */
const writeCover = async (tx: Executor, { ended, origins }: RecutPlan): Promise<Cover[]> => {
  const listed = sql`(select jsonb_array_elements_text(${JSON.stringify(ended)}::text::jsonb))`;
  const cover = [
    ...(await tx.execute<Cover>(sql`
      select m.specialised_grid_code as code, s.line, m.grid_code as grid
      from specialised_grid_member m join specialised_grid s on s.code = m.specialised_grid_code
      where m.grid_code in ${listed} order by 2, 1, 3`)),
  ];
  const laid = [...origins].flatMap(([grid, shares]) =>
    [...new Set(cover.map(({ line }) => line))].flatMap((line) => {
      const metres = (each: Cover) => shares.get(each.grid) ?? 0;
      const [most] = cover
        .filter((each) => each.line === line && metres(each) > 0)
        .sort((a, b) => metres(b) - metres(a));
      return most ? [{ specialised_grid_code: most.code, grid_code: grid }] : [];
    }),
  );
  await tx.execute(sql`delete from specialised_grid_member where grid_code in ${listed}`);
  if (laid.length > 0) await tx.insert(specialised_grid_member).values(laid);
  return cover;
};

/** One re-cut at a time, from its first look at the records to its commit. */
const lockName = sql`hashtextextended('division/recut', 0)`;

/**
 * Cuts boundaries anew in one transaction: old divisions end, new ones begin, every record in them is placed anew, what
 * stands in them follows to their heirs, and what was is kept. Jobs sweep up what is committed meanwhile. Refused with the first thing that is wrong; `busy` while another re-cut runs; `not_allowed` for any
 * other post. A killed one leaves nothing.
 */
export const adoptRecut = async (
  { db }: Connection,
  scope: Scope,
  proposal: RecutProposal,
): Promise<{ id: string; at: string; nMoved: number }> => {
  await checkMay(db, scope);
  return db.transaction(async (tx) => {
    const [lock] = await tx.execute<{ held: boolean }>(sql`select pg_try_advisory_xact_lock(${lockName}) as held`);
    if (!lock?.held) throw new Problem('busy', 'Boundaries are being cut anew by somebody else.');
    const { plan, moves, faults } = await read(tx, scope, proposal);
    const [first] = faults;
    if (first) throw refuseFor(first);
    if (!plan) throw new Error('A proposal without faults has a plan.');
    const at = await clockNow(tx);
    const id = randomUUID();
    await writeDivisions(tx, plan, { id, at });
    await writeMoves(tx, moves, { recut: id, at });
    await followHeirs(tx, plan, { id, at });
    const cover = (await writeCover(tx, plan)).map(({ code, grid }) => ({ code, grid }));
    await tx.insert(recut).values({
      ...{ id, at, actor_id: scope.actorId, actor_role: scope.role, division_code: proposal.within, path: plan.path },
      ...{ reason: proposal.reason, proposal, moves: countMoves(moves), cover },
    });
    await keepLook(tx, scope, at, {
      action: 'recut.adopt',
      subject: id,
      purpose: proposal.reason,
      nRows: moves.length,
    });
    const installation = await readInstallation(tx);
    await writeInstallation(tx, { ...installation, recuts: [...(installation.recuts ?? []), at.toISOString()] });
    await putJobs(tx, sweepJobs(id, at));
    await appendChanges(tx, [{ kind: 'reload', id: '*', op: 'put', version: 0, path: null }]);
    return { id, at: at.toISOString(), nMoved: moves.length };
  });
};
