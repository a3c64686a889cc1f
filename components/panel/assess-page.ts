import { AssessLevel, PeriodCode } from '@/data/model/assessment';
import type { View } from '@/data/model/view';
import type { Api } from '../feed/trpc';

/** Where the page of assessment stands: `assess.community.2026Q3.440307009015`. */
export type AssessPlace = { level: AssessLevel; period: string | null; subject: string | null };

/** What the page of a View says of assessment; a part left out or unknown has its default. */
export const assessPlaceOf = ({ page }: Pick<View, 'page'>): AssessPlace => {
  const [, level, period, subject] = (page ?? '').split('.');
  return {
    level: AssessLevel.safeParse(level).data ?? 'community',
    period: PeriodCode.safeParse(period).data ?? null,
    subject: subject && /^[\w-]{1,20}$/.test(subject) ? subject : null,
  };
};

/** The page that stands there; `-` is the running period. */
export const assessPage = ({ level, period, subject }: AssessPlace): string =>
  ['assess', level, period ?? '-', ...(subject ? [subject] : [])].join('.');

/** What all of the page rests on: the scores of its level and period at the clock of the View. */
export const scoresQuery = (api: Api, view: Pick<View, 'page' | 'at' | 'known'>) => {
  const { level, period } = assessPlaceOf(view);
  return api.assessment.scores.queryOptions({ level, period, at: view.at, known: view.known });
};
