'use client';

import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type EventRow, type EventSort, eventSorts } from '@/data/model/event';
import type { Question } from '@/data/model/view';
import type { Sort } from '../base/table';
import type { Divisions } from '../feed/divisions';
import { useKept } from '../feed/kept';
import { type Api, useTRPC } from '../feed/trpc';

/** Rows fetched at a time; the panel waits for the first page. */
export const pageSize = 100;

/** Column a list is ordered by; its own order is gravest and soonest due first. */
export const sortKeyOf = (key: string): EventSort => eventSorts.find((known) => known === key) ?? 'urgency';

export const pageQuery = (api: Api, question: Question, sort: Sort, page: number, size = pageSize) =>
  api.event.list.queryOptions({
    question,
    sort: sortKeyOf(sort.key),
    order: sort.order,
    limit: size,
    offset: page * size,
  });

/** Place of an event: its grid where one grid among many matters, else its community. */
export const placeOf = (row: EventRow, divisions: Divisions, isClose: boolean): string =>
  divisions.name(isClose ? (row.grid ?? row.community) : (row.community ?? row.subdistrict ?? row.grid));

/** Rows of a long list, fetched page by page as they come into sight. */
export const useEventPages = (question: Question, sort: Sort) => {
  const api = useTRPC();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const first = Math.floor(range.first / pageSize);
  const last = Math.floor(range.last / pageSize);
  const pages = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const results = useQueries({ queries: pages.map((page) => pageQuery(api, question, sort, page)) });
  const kept = useKept(new Map(pages.map((page, i) => [String(page), results[i]?.data?.rows])));
  const rowAt = (index: number): EventRow | undefined => {
    const page = Math.floor(index / pageSize);
    return kept.get(String(page))?.[index - page * pageSize];
  };
  const onRange = useCallback((from: number, to: number) => {
    setRange((old) => (old.first === from && old.last === to ? old : { first: from, last: to }));
  }, []);
  const indexOf = (id: string | null): number | null => {
    for (const page of pages) {
      const at = kept.get(String(page))?.findIndex((row) => row.id === id) ?? -1;
      if (at >= 0) return page * pageSize + at;
    }
    return null;
  };
  return { rowAt, onRange, indexOf };
};
