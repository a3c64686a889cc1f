import { sql } from 'drizzle-orm';
import type { Area } from '@/data/model/geo';
import type { NewGrid, RecutFault, RecutProposal, RecutRefusal } from '@/data/model/recut';
import type { Scope } from '@/data/model/scope';
import type { Executor } from '../db/client';
import { type Shape, shapeOf, unite } from '../exchange/area-plan';
import { checkOutlines, commonOf, type Ground, metresOf } from './recut-outline';
import type { block, division } from './table';

type OldNode = {
  code: string;
  parent: string | null;
  level: number;
  path: string;
  sort: number;
  geometry: Area | null;
  isEnded: boolean;
};
type OldBlock = { grid: string; name: string; name_en: string; land_use: string; geometry: Area };

/** Row of a division that begins, without its instants. */
export type NewNode = Omit<typeof division.$inferInsert, 'valid_from' | 'valid_to' | 'recut_id'> & Shape;
export type NewBlock = typeof block.$inferInsert;

/** Divisions before and after. `heirs`: by ended code, the one that takes most of it. `origins`: by new grid, the ground it has of each ended one. */
export type RecutPlan = {
  path: string;
  ended: readonly string[];
  divisions: NewNode[];
  blocks: NewBlock[];
  heirs: ReadonlyMap<string, string>;
  origins: ReadonlyMap<string, ReadonlyMap<string, number>>;
};

const community = 5;
const grid = 6;

const fault = (reason: RecutRefusal, code: string): RecutFault => ({ reason, code, squareMetres: null });

/** All divisions below one, and it; those that an earlier re-cut ended too, as their codes stay theirs. */
const readNodes = async (db: Executor, within: string): Promise<OldNode[]> => {
  const rows = await db.execute(sql`
    select code, parent_code as parent, level, path, sort, geometry,
      valid_to is not null and valid_to <= now() as "isEnded"
    from division
    where starts_with(path, (select path from division where code = ${within}))`);
  return rows as unknown as OldNode[];
};

const takenCodes = async (db: Executor, codes: readonly string[]): Promise<string[]> => {
  const rows = await db.execute<{ code: string }>(sql`
    select code from division where code in (select jsonb_array_elements_text(${JSON.stringify(codes)}::text::jsonb))`);
  return rows.map(({ code }) => code);
};

/** Whether a code is made like those beside it: its parent's, and as many digits more. */
const isFormed = (code: string, parent: string, like: readonly OldNode[]): boolean => {
  const [model] = like;
  if (!model?.parent || !model.code.startsWith(model.parent)) return true;
  const own = code.slice(parent.length);
  return code.startsWith(parent) && own.length === model.code.length - model.parent.length && /^\d+$/.test(own);
};

type Checked = { top: OldNode; nodes: OldNode[]; grids: OldNode[]; communities: OldNode[] };

const checkEnds = ({ top, nodes, grids }: Checked, { ends }: RecutProposal): RecutFault[] => {
  const known = new Map(nodes.map((node) => [node.code, node]));
  const wrong = ends.filter((code) => {
    const node = known.get(code);
    const isCut = node && !node.isEnded && (node.level === grid || (node.level === community && top.level < community));
    return !isCut || !node.geometry;
  });
  const left = nodes.filter(
    ({ code, parent, level, isEnded }) =>
      level === grid && !isEnded && ends.includes(parent ?? '') && !ends.includes(code),
  );
  const none = grids.length === 0 ? [fault('recut_ended', top.code)] : [];
  return [
    ...wrong.map((code) => fault('recut_ended', code)),
    ...left.map(({ code }) => fault('recut_ended', code)),
    ...none,
  ];
};

const checkCodes = async (
  db: Executor,
  { top, nodes, grids }: Checked,
  proposal: RecutProposal,
): Promise<RecutFault[]> => {
  const codes = [...proposal.grids, ...proposal.communities].map(({ code }) => code);
  const twice = codes.filter((code, index) => codes.indexOf(code) < index);
  const taken = await takenCodes(db, codes);
  const beside = nodes.filter(({ level }) => level === community && top.level < community);
  const malformed = [
    ...proposal.grids.filter(({ code, community: parent }) => !isFormed(code, parent, grids)),
    ...proposal.communities.filter(({ code }) => !isFormed(code, top.code, beside)),
  ].map(({ code }) => code);
  return [...new Set([...twice, ...taken, ...malformed])].map((code) => fault('recut_code', code));
};

const checkCommunities = ({ top, nodes }: Checked, { ends, communities, grids }: RecutProposal): RecutFault[] => {
  const begun = communities.map(({ code }) => code);
  const kept = nodes.filter(({ code, level, isEnded }) => level === community && !isEnded && !ends.includes(code));
  const open = [...begun, ...kept.map(({ code }) => code)];
  const lost = grids.filter(({ community: parent }) => !open.includes(parent)).map(({ code }) => code);
  const empty = begun.filter((code) => top.level === community || !grids.some((made) => made.community === code));
  return [...lost, ...empty].map((code) => fault('recut_community', code));
};

/** Communities that stay keep their ground; those that begin share that of those that end. */
const groundsOf = ({ top, grids }: Checked, { ends, communities, grids: made }: RecutProposal): Ground[] => {
  const begun = communities.map(({ code }) => code);
  const ownerOfOld = ({ parent }: OldNode) => (ends.includes(parent ?? '') ? top.code : (parent ?? ''));
  const ownerOfNew = ({ community: parent }: NewGrid) => (begun.includes(parent) ? top.code : parent);
  const owners = new Set([...grids.map(ownerOfOld), ...made.map(ownerOfNew)]);
  return [...owners].map((code) => ({
    code,
    before: grids.flatMap((node) => (ownerOfOld(node) === code && node.geometry ? [node.geometry] : [])),
    after: made.filter((node) => ownerOfNew(node) === code).map(({ geometry }) => geometry),
  }));
};

const mostOf = (shares: ReadonlyMap<string, number> | undefined): string | undefined =>
  [...(shares ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];

const sharesOf = (grids: readonly OldNode[], made: readonly NewGrid[]): Map<string, Map<string, number>> =>
  new Map(
    made.map(({ code, geometry }) => [
      code,
      new Map(
        grids.flatMap((old) => {
          const metres = old.geometry ? metresOf(commonOf(old.geometry, geometry)) : 0;
          return metres > 0 ? [[old.code, metres] as const] : [];
        }),
      ),
    ]),
  );

const heirsOf = ({ grids, communities }: Checked, made: readonly NewGrid[], origins: RecutPlan['origins']) => {
  const heirs = new Map<string, string>();
  const shareOf = (code: string, old: readonly OldNode[], of: (grid: NewGrid) => string) => {
    const shares = new Map<string, number>();
    for (const each of made)
      for (const { code: from } of old)
        shares.set(of(each), (shares.get(of(each)) ?? 0) + (origins.get(each.code)?.get(from) ?? 0));
    const heir = mostOf(shares);
    if (heir) heirs.set(code, heir);
  };
  for (const old of grids) shareOf(old.code, [old], ({ code }) => code);
  for (const { code } of communities)
    shareOf(
      code,
      grids.filter(({ parent }) => parent === code),
      (each) => each.community,
    );
  return heirs;
};

const nodesOf = ({ top, nodes, grids }: Checked, proposal: RecutProposal, origins: RecutPlan['origins']): NewNode[] => {
  const pathOf = new Map(nodes.map(({ code, path }) => [code, path]));
  const sortOf = new Map(grids.map(({ code, sort }) => [code, sort]));
  const communities = proposal.communities.map(({ code, name, nameEn }): NewNode => {
    const path = `${top.path}${code}/`;
    pathOf.set(code, path);
    const own = proposal.grids.filter((made) => made.community === code).map(({ geometry }) => geometry);
    const names = { name, name_en: nameEn };
    return { code, parent_code: top.code, level: community, path, ...names, ...shapeOf(unite(own)) };
  });
  const made = proposal.grids.map(
    ({ code, community: parent, name, nameEn, geometry }): NewNode => ({
      ...{ code, parent_code: parent, level: grid, path: `${pathOf.get(parent)}${code}/`, name, name_en: nameEn },
      ...{ sort: sortOf.get(mostOf(origins.get(code)) ?? '') ?? 0, ...shapeOf(geometry) },
    }),
  );
  return [...communities, ...made];
};

/** Slivers of a block that rounding leaves beside a new border, in square metres, are no blocks. */
const leastBlock = 1;

const blocksOf = async (db: Executor, ended: readonly string[], made: readonly NewGrid[]): Promise<NewBlock[]> => {
  const old = (await db.execute(sql`
    select grid_code as grid, name, name_en, land_use, geometry from block
    where grid_code in (select jsonb_array_elements_text(${JSON.stringify(ended)}::text::jsonb))
    order by code`)) as unknown as OldBlock[];
  return made.flatMap(({ code, geometry }) =>
    old
      .flatMap(({ grid: _, geometry: own, ...words }) => {
        const common = commonOf(own, geometry);
        return common && metresOf(common) > leastBlock ? [{ ...words, ...shapeOf(common) }] : [];
      })
      .map((part, index) => ({ ...part, code: `${code}-${index + 1}`, grid_code: code })),
  );
};

/** What a proposal makes of the divisions; faults instead where it cannot be carried out. */
export const planRecut = async (
  db: Executor,
  scope: Scope,
  proposal: RecutProposal,
): Promise<{ faults: RecutFault[]; plan: RecutPlan | null }> => {
  const refused = (...faults: RecutFault[]) => ({ faults, plan: null });
  const nodes = await readNodes(db, proposal.within);
  const top = nodes.find(({ code }) => code === proposal.within);
  const isCut =
    top && !top.isEnded && top.path.startsWith(scope.path) && [community - 1, community].includes(top.level);
  if (!isCut) return refused(fault('recut_within', proposal.within));
  const isEnding = ({ code }: OldNode) => proposal.ends.includes(code);
  const ending = (of: number) => nodes.filter((node) => node.level === of && isEnding(node));
  const checked: Checked = { top, nodes, grids: ending(grid), communities: ending(community) };
  const faults = [
    ...checkEnds(checked, proposal),
    ...(await checkCodes(db, checked, proposal)),
    ...checkCommunities(checked, proposal),
  ];
  if (faults.length > 0) return refused(...faults);
  const wrong = checkOutlines(proposal.grids, groundsOf(checked, proposal));
  if (wrong.length > 0) return refused(...wrong);
  const origins = sharesOf(checked.grids, proposal.grids);
  const ended = proposal.ends;
  const blocks = await blocksOf(db, ended, proposal.grids);
  const divisions = nodesOf(checked, proposal, origins);
  return {
    faults: [],
    plan: { path: top.path, ended, divisions, blocks, heirs: heirsOf(checked, proposal.grids, origins), origins },
  };
};
