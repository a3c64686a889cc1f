import { dateAfter } from '../model/campaign';
import { hour, localOf } from './calendar';
import { districtPath } from './division-rows';
import type { Scene } from './scene';
import type { DemoTableName } from './table';
import told from './world/campaign.json';

const idOf = (n: number): string => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const actor = ['R2:demo', 'R2'] as const;

const pathOf = (code: string): string => `${districtPath}${code.slice(0, 9)}/${code.length > 9 ? `${code}/` : ''}`;

/** Campaigns of the demo, counted back from its end: two closed, one to be closed, others running or to come. */
export const campaignTables = ({ at, divided }: Scene): [DemoTableName, unknown[][]][] => {
  const { subdistricts, communities } = divided.land.world;
  const today = localOf(at.getTime()).date;
  const codeOf = (area: string): string => {
    const nodes = area.startsWith('s') ? subdistricts : communities;
    return nodes[Number(area.slice(1)) % nodes.length]?.code ?? '';
  };
  const atClock = (date: string, hours: number) => new Date(Date.parse(`${date}T00:00:00+08:00`) + hours * hour);
  const all = told.map((each, i) => {
    const startsOn = dateAfter(today, -each.daysBack);
    const planned = dateAfter(startsOn, each.days - 1);
    const endsOn = dateAfter(planned, each.extended);
    const steps: unknown[][] = [['open', atClock(dateAfter(startsOn, -9), 9), ...actor, planned, each.goal]];
    if (each.extended > 0) steps.push(['extend', atClock(dateAfter(planned, -2), 15), ...actor, endsOn, each.longer]);
    if (each.closed) steps.push(['close', atClock(dateAfter(endsOn, 2), 16), ...actor, endsOn, each.closed]);
    return { ...each, id: idOf(i + 1), startsOn, steps, areas: [...new Set(each.areas.map(codeOf))] };
  });
  return [
    [
      'campaign',
      all.map(({ id, name, categories, department, startsOn, goal }) => [
        ...[id, name, categories, department, startsOn, goal],
      ]),
    ],
    ['campaign_area', all.flatMap(({ id, areas }) => areas.map((code, i) => [id, i + 1, code, pathOf(code)]))],
    ['campaign_move', all.flatMap(({ id, steps }) => steps.map((step, i) => [id, i + 1, ...step]))],
  ];
};
