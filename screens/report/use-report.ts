'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { localStamp } from '@/components/chart/bucket';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import type { Answer } from '@/data/model/answer';
import { ownRefOf } from '@/data/model/own-report';
import { asksOf, type Report, ReportKey, type ReportPlace } from '@/data/model/report';
import type { View } from '@/data/model/view';
import { reports } from '@/data/reports';
import { ownReport } from '@/data/reports/own';
import { newPage, useOwn } from './use-own';

/** Report a View stands at: its page. */
export const keyOf = ({ page }: Pick<View, 'page'>): ReportKey | 'own' =>
  page === newPage || ownRefOf(page) ? 'own' : (ReportKey.safeParse(page).data ?? 'population');

/** The report shown: what stands in the form, what was kept, or one of the catalogue. */
const useShown = (view: View): Report => {
  const { saved, draft } = useOwn();
  const blocks = draft?.blocks ?? saved?.blocks;
  const own = useMemo(() => ownReport(blocks ?? []), [blocks]);
  const key = keyOf(view);
  return key === 'own' ? own : reports[key];
};

/** Local date of the clock of the page, whatever period is looked at: what stretches are offered by. */
export const useToday = (): string => {
  const [at] = useQueryState('at', parseAsString);
  const timeZone = useText().installation?.timeZone ?? 'UTC';
  const asked = at === null ? Number.NaN : Date.parse(at);
  return localStamp(Number.isNaN(asked) ? new Date() : new Date(asked), timeZone).slice(0, 10);
};

/** The report of the View and where, when and by which record it is made. */
export const useReport = (): { report: Report; place: ReportPlace } => {
  const { view } = useView();
  const divisions = useDivisions();
  const { level } = divisions.byCode(view.division) ?? divisions.root;
  const { division, period, at } = view;
  return { report: useShown(view), place: { division, period, at, known: at === null ? 'now' : view.known, level } };
};

/** The first answer of the report: as-of and data version of the whole stand in it. */
export const useFirstAnswer = (): Answer | undefined => {
  const api = useTRPC();
  const { report, place } = useReport();
  const blocks = report.sections.flatMap((section) => section.blocks);
  const first = blocks.flatMap((block) => asksOf(block, place) ?? [])[0]?.[1];
  return useQuery({
    ...api.metric.ask.queryOptions(first ?? { metric: 'event.reported', question: { ...place, filters: [] } }),
    enabled: first !== undefined,
  }).data;
};
