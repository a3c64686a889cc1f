'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryState } from 'nuqs';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { problemOf } from '@/components/feed/failure';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { type OwnBlock, type OwnReport, ownRefOf } from '@/data/model/own-report';

/** Page on which a report is put together that has no name yet. */
export const newPage = 'own';

/** What stands in the form. */
export type Draft = { name: string; isShared: boolean; blocks: OwnBlock[] };

type Own = {
  /** The kept report the page shows; null = one of the catalogue, or a new one. */
  saved: OwnReport | null;
  /** Null = the form is closed. */
  draft: Draft | null;
  setDraft: (draft: Draft | null) => void;
};

const OwnContext = createContext<Own>({ saved: null, draft: null, setDraft: () => undefined });
export const useOwn = (): Own => useContext(OwnContext);

const emptyDraft: Draft = {
  name: '',
  isShared: true,
  blocks: [{ kind: 'trend', metric: 'event.reported', by: [], filters: [] }],
};

const noRef = { id: '000000000000', version: null };

/** Reads the report of one's own that the page names; what its address leaves out is as it was kept. */
export const OwnProvider = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const { t } = useText();
  const { view, set } = useView();
  const [period] = useQueryState('t', parseAsString);
  const ref = ownRefOf(view.page);
  const { data, error } = useQuery({
    ...api.report.byId.queryOptions(ref ?? noRef, { retry: false }),
    enabled: ref !== null,
  });
  const isNew = view.page === newPage;
  // what was being written belongs to the page it was begun on
  const [form, setForm] = useState<{ page: string | null; draft: Draft | null } | null>(null);
  const draft = form?.page === view.page ? form.draft : isNew ? emptyDraft : null;
  const setDraft = (next: Draft | null) => setForm({ page: view.page, draft: next });
  const saved = ref ? (data ?? null) : null;
  const isBare = saved !== null && period === null;
  useEffect(() => {
    if (saved && isBare) set({ division: saved.division, period: saved.period, at: saved.at, known: 'then' });
  }, [saved, isBare, set]);
  if (ref && error)
    return (
      <p role="alert" data-panel="report" data-state="failed">
        {t(`common.problem.${problemOf(error)}`)}
      </p>
    );
  if ((ref && !saved) || isBare) return null;
  return <OwnContext value={{ saved, draft, setDraft }}>{children}</OwnContext>;
};
