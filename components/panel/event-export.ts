'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventRow } from '@/data/model/event';
import type { Question } from '@/data/model/view';
import { downloadCsv } from '../base/download';
import { formatStamp } from '../base/format';
import type { Sort } from '../base/table';
import { csvOf } from '../chart/csv';
import { type Divisions, useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { pageQuery } from './event-pages';

const words = (name: string) => `panel.event-queue.${name}`;

/** Place of an event: its grid where one grid among many matters, else its community. */
export const placeOf = (row: EventRow, divisions: Divisions, isClose: boolean): string =>
  divisions.name(isClose ? (row.grid ?? row.community) : (row.community ?? row.subdistrict ?? row.grid));

/** Rows an export holds at most. */
export const exportLimit = 5_000;

/** Columns of the file, in order. */
const useFields = (): [string, (row: EventRow) => string][] => {
  const { term, lang, installation } = useText();
  const divisions = useDivisions();
  const stamp = (at: string | null) => (at ? formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang) : '');
  return [
    ['number', (row) => row.number],
    ['level', (row) => term('event-level', String(row.level))],
    ['what', (row) => row.title],
    ['category', (row) => term('event-category', row.category)],
    ['place', (row) => placeOf(row, divisions, true)],
    ['stage', (row) => term('event-stage', row.stage)],
    ['source', (row) => term('event-source', row.source)],
    ['handler', (row) => (row.department ? term('department', row.department) : '')],
    ['reported', (row) => stamp(row.reportedAt)],
    ['due', (row) => stamp(row.dueAt)],
    ['closed', (row) => stamp(row.closedAt)],
  ];
};

/** Rows asked for at a time. */
const batchSize = 500;

/** Writes the list as shown – its filters, its order, all its rows – to a CSV file. */
export const useEventExport = (question: Question, sort: Sort) => {
  const api = useTRPC();
  const client = useQueryClient();
  const { t } = useText();
  const divisions = useDivisions();
  const fields = useFields();
  const [isBusy, setBusy] = useState(false);
  const write = async () => {
    setBusy(true);
    try {
      const fetchPage = (page: number) => client.fetchQuery(pageQuery(api, question, sort, page, batchSize));
      const first = await fetchPage(0);
      const nPages = Math.ceil(Math.min(first.total, exportLimit) / batchSize);
      const rest = await Promise.all(Array.from({ length: Math.max(0, nPages - 1) }, (_, i) => fetchPage(i + 1)));
      const rows = [first, ...rest].flatMap((page) => page.rows.map((row) => fields.map(([, read]) => read(row))));
      const head = fields.map(([field]) => t(words(`csv.${field}`)));
      const place = question.division ?? divisions.root.code;
      downloadCsv(`events-${place}-${first.asOf.slice(0, 10)}.csv`, csvOf(head, rows));
    } finally {
      setBusy(false);
    }
  };
  return { write, isBusy };
};
