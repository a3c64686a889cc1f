import { z } from 'zod';
import { noCode } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import { type Answer, type Cell, scaleOf } from '@/data/model/answer';
import { hexagonOf } from '@/data/model/hexagon';
import type { Facts } from './follower';
import { withhold } from './suppress';

const BlockPlace = z.object({ block: z.string(), lng: z.number(), lat: z.number() });

/** The hexagon each block is counted in: that over the middle of its buildings. */
const hexagonsOfBlocks = async (facts: Facts): Promise<Map<string, string>> => {
  const rows = await facts.query(
    'select block, avg(lng)::double as lng, avg(lat)::double as lat from building where block is not null and lng is not null group by block',
  );
  return new Map(
    z
      .array(BlockPlace)
      .parse(rows)
      .map(({ block, lng, lat }) => [block, hexagonOf([lng, lat])]),
  );
};

type Group = { at: Cell['at']; shown: Cell[]; withheld: number };

const foldGroup = (metric: Metric, { at, shown, withheld }: Group): Cell => {
  if (withheld > 0) return withhold({ at, value: null, numerator: null, denominator: null, n: null });
  const sum = (part: 'numerator' | 'denominator' | 'n') => shown.reduce((total, cell) => total + (cell[part] ?? 0), 0);
  const isAdditive = metric.kind === 'count' || metric.kind === 'sum';
  const parts = { numerator: sum('numerator'), denominator: isAdditive ? 1 : sum('denominator'), n: sum('n') };
  const scale = scaleOf(metric.unit);
  const ratio = parts.denominator === 0 ? null : (parts.numerator / parts.denominator) * scale;
  return { at, value: isAdditive ? parts.numerator : ratio, ...parts };
};

/**
 * An answer by block as one by hexagon. People are counted in the hexagon of their block, so that hexagons and blocks never
 * cut each other; a hexagon is told only when all its blocks are, so that it tells nothing that they do not.
 */
export const foldToHexagons = async (metric: Metric, byBlock: Answer, facts: Facts): Promise<Answer> => {
  const hexagons = await hexagonsOfBlocks(facts);
  const groups = new Map<string, Group>();
  for (const cell of byBlock.cells) {
    const { block, ...rest } = cell.at;
    const at = { ...rest, hexagon: hexagons.get(block ?? noCode) ?? noCode };
    const key = JSON.stringify(Object.entries(at).sort());
    const group: Group = groups.get(key) ?? { at, shown: [], withheld: 0 };
    groups.set(key, group);
    if (cell.withheld) group.withheld += 1;
    else group.shown.push(cell);
  }
  const cells = [...groups.values()].map((group) => foldGroup(metric, group));
  const known = cells.reduce((sum, cell) => sum + (cell.numerator ?? 0), 0);
  const whole = byBlock.cells.reduce((sum, cell) => sum + (cell.numerator ?? 0), byBlock.withheldTotal ?? 0);
  const withheldTotal = byBlock.withheldTotal === null ? null : whole - known;
  return {
    ...byBlock,
    dimensions: byBlock.dimensions.map((key) => (key === 'block' ? 'hexagon' : key)),
    withheldTotal,
    cells,
  };
};
