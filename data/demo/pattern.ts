import type { Site } from './cells';
import { noiseOf } from './plane';
import type { Random } from './random';
import type { Pattern } from './shell';
import type { SettlementPlan } from './world';

type Mix = Partial<Record<Pattern, number>>;

/** Shares of block patterns in the heart, the body and the edge of a settlement. */
const mixes: Record<SettlementPlan['kind'], [Mix, Mix, Mix]> = {
  town: [
    { shops: 40, civic: 7, market: 5, slabs: 12, office: 6, compound: 6, houses: 20, park: 4 },
    { houses: 54, shops: 12, compound: 8, slabs: 9, school: 4, park: 4, old: 6, quarters: 2, civic: 2, hospital: 0.8 },
    { houses: 44, old: 10, compound: 9, works: 8, quarters: 4, site: 4, park: 5, school: 3, hamlet: 11 },
  ],
  compound: [
    { shops: 24, compound: 44, hotel: 10, civic: 6, park: 16 },
    { compound: 36, slabs: 24, houses: 22, hotel: 8, park: 10 },
    { compound: 24, houses: 40, slabs: 12, hotel: 6, site: 6, park: 12 },
  ],
  village: [
    { houses: 54, old: 16, civic: 6, shops: 8, school: 6 },
    { houses: 64, old: 13, compound: 3, school: 2, park: 3, quarters: 2, hamlet: 4 },
    { houses: 46, old: 14, hamlet: 24, works: 6, park: 6, site: 4 },
  ],
  resort: [
    { guest: 66, hotel: 10, shops: 10, old: 10, civic: 4 },
    { guest: 60, hotel: 7, houses: 18, old: 9, park: 6 },
    { guest: 44, houses: 22, hamlet: 18, hotel: 6, park: 10 },
  ],
  industry: [
    { works: 66, office: 14, quarters: 20 },
    { works: 76, quarters: 18, park: 3, site: 3 },
    { works: 70, quarters: 10, site: 10, park: 10 },
  ],
};

const like = noiseOf(41);

const draw = (mix: Mix, random: Random): Pattern => {
  const entries = Object.entries(mix) as [Pattern, number][];
  return entries[random.weighted(entries.map(([, weight]) => weight))]?.[0] ?? 'houses';
};

/** Pattern of a block in the open. */
export const openPattern = (site: Site, random: Random): Pattern => {
  if (site.ground === 'farm') return random.has(0.3) ? 'hamlet' : random.has(0.25) ? 'huts' : 'none';
  if (site.ground === 'beach') return random.has(0.55) ? 'kiosk' : 'none';
  return site.ground === 'hill' && random.has(0.05) ? 'huts' : 'none';
};

/** Pattern of a street block, by how far out in its settlement it lies; neighbours tend to be alike. */
export const townPattern = (site: Site, plan: SettlementPlan, random: Random): Pattern => {
  const [u, v] = [(site.column * plan.pitch[0]) / plan.radius[0], (site.row * plan.pitch[1]) / plan.radius[1]];
  const out = Math.hypot(u, v) + 0.18 * like(site.x / 400, site.y / 400);
  const [heart, body, edge] = mixes[plan.kind];
  const pattern = draw(out < 0.36 ? heart : out < 0.8 ? body : edge, random);
  const cluster = like(site.x / 260 + 50, site.y / 260);
  if (plan.kind === 'town' && cluster > 0.63 && pattern === 'houses') return out < 0.8 ? 'compound' : 'old';
  if (plan.kind === 'town' && cluster < -0.2 && pattern === 'compound') return 'houses';
  return pattern;
};
