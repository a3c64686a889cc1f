import { divisionLevels } from '@/data/model/division';
import type { Area } from '@/data/model/geo';
import { areaFinder } from '../division/locate';
import type { Place } from './event-plan';

type Node = { code: string; level: number; path: string; geometry: Area | null };
type Block = { code: string; grid_code: string; geometry: Area };

const grid = divisionLevels.indexOf('grid') + 1;

/** Finds sub-district, community, grid and block of a position, from the outlines of grids and blocks. */
export const placerOf = (divisions: readonly Node[], blocks: readonly Block[]): Place => {
  const byCode = new Map(divisions.map((node) => [node.code, node]));
  const findGrid = areaFinder(
    divisions.flatMap((n) => (n.level === grid && n.geometry ? [{ ...n, geometry: n.geometry }] : [])),
  );
  const byGrid = new Map<string, Block[]>();
  for (const block of blocks) byGrid.set(block.grid_code, [...(byGrid.get(block.grid_code) ?? []), block]);
  const findBlock = new Map([...byGrid].map(([code, own]) => [code, areaFinder(own)]));
  return (position) => {
    const node = findGrid(position);
    if (!node) return null;
    const codes = node.path.split('/').filter(Boolean);
    const at = (level: number) => codes.find((code) => byCode.get(code)?.level === level) ?? null;
    return {
      subdistrict_code: at(grid - 2),
      community_code: at(grid - 1),
      grid_code: node.code,
      block_code: findBlock.get(node.code)?.(position)?.code ?? null,
    };
  };
};
