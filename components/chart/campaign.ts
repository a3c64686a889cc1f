import type { Answer } from '@/data/model/answer';
import { type CampaignWindows, dateAfter } from '@/data/model/campaign';
import { leastCompared } from '@/data/model/format';
import { datesOf } from '@/data/model/view';

/** Days of one bar. */
export const barDays = 7;

export type CampaignPhase = 'before' | 'during' | 'after';
/** Events of up to seven days of one phase; `days` tells a shorter one. */
export type CampaignBar = { phase: CampaignPhase; from: string; days: number; n: number };

const phases: CampaignPhase[] = ['before', 'during', 'after'];

/** Whole stretch a campaign is drawn over. */
export const spanOf = ({ before, during, after }: CampaignWindows): { from: string; until: string } => ({
  from: datesOf(before)?.from ?? '',
  until: datesOf(after ?? during)?.until ?? '',
});

/** Bars of an answer by day: none mixes two phases. Those before are counted back from the first day. */
export const barsOf = (answer: Answer, windows: CampaignWindows): CampaignBar[] => {
  const counts = new Map(answer.cells.map(({ at, value }) => [at.day, value ?? 0]));
  return phases.flatMap((phase) => {
    const dates = datesOf(windows[phase] ?? '');
    if (!dates) return [];
    const rest = phase === 'before' ? dates.days % barDays : 0;
    const starts = rest > 0 ? [0] : [];
    for (let day = rest; day < dates.days; day += barDays) starts.push(day);
    return starts.map((start, i) => {
      const days = (starts[i + 1] ?? dates.days) - start;
      const from = dateAfter(dates.from, start);
      const n = Array.from({ length: days }, (_, day) => counts.get(dateAfter(from, day)) ?? 0);
      return { phase, from, days, n: n.reduce((all, each) => all + each, 0) };
    });
  });
};

/** Change in percent; null = nothing before, or so few that it is chance. */
export const effectOf = (before: number | null, now: number | null): number | null =>
  before === null || now === null || before < leastCompared ? null : ((now - before) / before) * 100;
