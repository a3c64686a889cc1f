import { z } from 'zod';
import type { FixedPeriod } from './view';

/** Who is assessed (考核对象): places, departments, and grid workers by the grid each answers for. */
export const assessLevels = ['subdistrict', 'community', 'department', 'worker'] as const;
export const AssessLevel = z.enum(assessLevels);
export type AssessLevel = z.infer<typeof AssessLevel>;

export const cycles = ['year', 'quarter'] as const;
export const Cycle = z.enum(cycles);
export type Cycle = z.infer<typeof Cycle>;

/** A period of assessment: `2026` or `2026Q3`. */
export const PeriodCode = z.string().regex(/^20\d\d(Q[1-4])?$/);

const Key = z.string().regex(/^[a-z][a-z0-9_]{1,30}$/);
const Weight = z.number().min(0.5).max(100);

/** Told by the catalogue (线上): full points at the target, none at the floor, in between in proportion or none. */
export const OnlineItem = z.object({
  kind: z.literal('online'),
  key: Key,
  metric: z.string().max(60),
  weight: Weight,
  target: z.number(),
  floor: z.number(),
  direction: z.enum(['up', 'down']),
  rule: z.enum(['linear', 'met']),
});
export type OnlineItem = z.infer<typeof OnlineItem>;

/** Scored by hand (线下), 0–100 of its weight. */
export const OfflineItem = z.object({
  kind: z.literal('offline'),
  key: Key,
  zh: z.string().trim().min(1).max(30),
  en: z.string().trim().min(1).max(60),
  weight: Weight,
});
export type OfflineItem = z.infer<typeof OfflineItem>;

export const PlanItem = z.discriminatedUnion('kind', [OnlineItem, OfflineItem]);
export type PlanItem = z.infer<typeof PlanItem>;

const weightOf = (items: readonly PlanItem[], kind?: PlanItem['kind']): number =>
  items.reduce((sum, item) => sum + (kind === undefined || item.kind === kind ? item.weight : 0), 0);

/** Why items make no plan: a key of the texts; null = they do. */
export const faultOf = (items: readonly PlanItem[]): 'keys' | 'weights' | 'online' | 'targets' | null => {
  if (new Set(items.map(({ key }) => key)).size < items.length) return 'keys';
  if (Math.abs(weightOf(items) - 100) > 1e-9) return 'weights';
  if (weightOf(items, 'online') < weightOf(items, 'offline')) return 'online';
  const isCrossed = items.some(
    (item) =>
      item.kind === 'online' && (item.direction === 'up' ? item.target <= item.floor : item.target >= item.floor),
  );
  return isCrossed ? 'targets' : null;
};

/** A plan as it is entered; the next version of its level. */
export const PlanDraft = z.object({
  level: AssessLevel,
  cycle: Cycle,
  /** Local date; it governs the periods that begin on it or later. */
  validFrom: z.iso.date(),
  items: z.array(PlanItem).min(1).max(20),
  note: z.string().trim().min(2).max(200),
  /** Version that was changed; 0 = there is none. A newer one is a conflict. */
  version: z.number().int().min(0),
});
export type PlanDraft = z.infer<typeof PlanDraft>;

/** A version of a plan (考核方案); none is ever changed. */
export type Plan = PlanDraft & { actor: string; recordedAt: string };

/** A score entered by hand (线下评分). The newest of an item, subject and period stands. */
export const OfflineDraft = z.object({
  level: AssessLevel,
  period: PeriodCode,
  subject: z.string().regex(/^[\w-]{1,40}$/),
  item: Key,
  points: z.number().min(0).max(100),
  note: z.string().trim().min(2).max(200),
});
export type OfflineDraft = z.infer<typeof OfflineDraft>;

const dayBefore = (first: string): string => new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 10);

/** First local date and first after the end of a period. */
export const datesOfCode = (code: string): { from: string; until: string } => {
  const year = Number(code.slice(0, 4));
  if (code.length === 4) return { from: `${year}-01-01`, until: `${year + 1}-01-01` };
  const quarter = Number(code.slice(5));
  const first = (q: number) => `${year + (q > 4 ? 1 : 0)}-${String(((q - 1) % 4) * 3 + 1).padStart(2, '0')}-01`;
  return { from: first(quarter), until: first(quarter + 1) };
};

/** The period as a View spells one. */
export const periodOfCode = (code: string): FixedPeriod => {
  const { from, until } = datesOfCode(code);
  return `${from}/${until}`;
};

/** Period a local date lies in. */
export const codeOfDay = (day: string, cycle: Cycle): string =>
  cycle === 'year' ? day.slice(0, 4) : `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The period just before. */
export const codeBefore = (code: string): string =>
  codeOfDay(dayBefore(datesOfCode(code).from), code.length === 4 ? 'year' : 'quarter');

/** The version that governs a period: the newest of those valid as it begins. */
export const planFor = <P extends Pick<Plan, 'version' | 'validFrom'>>(plans: readonly P[], code: string): P | null => {
  const { from } = datesOfCode(code);
  return plans
    .filter(({ validFrom }) => validFrom <= from)
    .reduce<P | null>((newest, plan) => (newest && newest.version > plan.version ? newest : plan), null);
};

/** Periods a level has been assessed in up to a local date, newest first. */
export const codesUpTo = (plans: readonly Pick<Plan, 'version' | 'validFrom' | 'cycle'>[], day: string): string[] => {
  const newest = plans.filter(({ validFrom }) => validFrom <= day).at(-1);
  const codes: string[] = [];
  for (let code = newest ? codeOfDay(day, newest.cycle) : ''; code && planFor(plans, code); code = codeBefore(code))
    codes.push(code);
  return codes;
};
