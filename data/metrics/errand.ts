import { divisionDimensions } from './dimensions';
import { defineMetric } from './metric';

const base = {
  code: null,
  fact: 'errand',
  numerator: '1',
  denominator: '1',
  time: null,
  dimensions: divisionDimensions,
  leastN: 0,
  freshSeconds: 2,
  source: '信息督察、核查、巡查机制',
  revision: 1,
  since: '2026-11-29',
} as const;

const isKept = '(void_at is null or void_at > $asOf)';
const waits = `issued_at <= $asOf and (finished_at is null or finished_at > $asOf) and ${isKept}`;
const isFinished = 'coalesce((finished_at <= $asOf)::int, 0)';

const open = { ...base, unit: 'errand', kind: 'count', polarity: 'neutral', decimals: 0 } as const;
const rate = {
  ...base,
  unit: 'share',
  kind: 'rate',
  polarity: 'up_good',
  decimals: 1,
  breaks: [0.8, 0.9, 0.95],
} as const;

export const patrolOpen = defineMetric({
  ...open,
  key: 'patrol.open',
  where: `kind = 'patrol' and ${waits}`,
  zh: '待办巡查',
  en: 'Patrols to be done',
  meaning: {
    zh: '截至时刻已下派、未反馈也未收回的巡查任务，按办理的网格计。',
    en: 'Patrols issued and at that instant neither finished nor taken back, counted where the grid is that does them.',
  },
});

export const patrolCoverage = defineMetric({
  ...rate,
  key: 'patrol.coverage',
  code: 'K27',
  numerator: isFinished,
  where: `kind = 'patrol' and ${isKept}`,
  time: 'due_at',
  source: 'kpi_definitions K27',
  zh: '巡查覆盖率',
  en: 'Patrol coverage',
  meaning: {
    zh: '期间内到期的应巡楼栋中，截至时刻已巡的；收回的不计。',
    en: 'Of the buildings to be patrolled by a day in the period, those patrolled; what was taken back is left out.',
  },
});

export const inspectOpen = defineMetric({
  ...open,
  key: 'inspect.open',
  where: `kind = 'inspect' and ${waits}`,
  zh: '待办督察',
  en: 'Inspections to be done',
  meaning: {
    zh: '截至时刻已下派、未反馈也未收回的督察任务，由同社区其他网格办理，按其计。',
    en: 'Inspections issued and at that instant neither finished nor taken back; another grid of the community does them.',
  },
});

export const inspectPassRate = defineMetric({
  ...rate,
  key: 'inspect.pass_rate',
  numerator: "coalesce((result = 'passed')::int, 0)",
  where: "kind = 'inspect'",
  time: 'finished_at',
  zh: '督察合格率',
  en: 'Inspections passed',
  meaning: {
    zh: '期间内完成的督察中，现场与结案所报相符的。',
    en: 'Of the inspections finished in the period, those where the place was as the closed case said.',
  },
});
