'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Lang } from '@/data/model/format';
import { type Progress, type PublicForm, type PublicReport, refusalIn } from '@/data/model/intake';
import { type Params, translate } from '@/data/text/translate';

/** What the server said instead of doing it; `unavailable` when it could not be asked. */
export class Told extends Error {
  constructor(
    readonly code: string,
    readonly reason: string | null,
  ) {
    super(code);
  }
}

/** Text key of a refusal. */
export const keyOf = (error: unknown): string => {
  if (!(error instanceof Told)) return 'common.problem.unavailable';
  const reason = refusalIn(error.reason);
  return reason ? `intake.refused.${reason}` : `common.problem.${error.code}`;
};

const call = async <T>(path: string, body?: unknown): Promise<T> => {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`/api/public/${path}`, { cache: 'no-store', ...post });
  if (answer.ok) return answer.json();
  const told: { code?: string; reason?: string } = await answer.json().catch(() => ({}));
  throw new Told(told.code ?? 'unavailable', told.reason ?? null);
};

export const askForm = () => call<PublicForm>('form');
export const sendReport = (report: PublicReport) => call<{ receipt: string; number: string }>('report', report);
export const askProgress = (receipt: string) => call<Progress>(`report/${encodeURIComponent(receipt)}`);
export const sendRating = (receipt: string, rating: number) =>
  call<Progress>(`report/${encodeURIComponent(receipt)}`, { rating });

export type Say = { lang: Lang; t: (key: string, params?: Params) => string };

/** Language of the page and size of its letters; both stand in its address, so that a link keeps them. */
export const usePage = () => {
  const [query, setQuery] = useState<URLSearchParams | null>(null);
  useEffect(() => {
    document.documentElement.dataset.theme = 'light';
    setQuery(new URLSearchParams(window.location.search));
  }, []);
  const lang: Lang = query?.get('lang') === 'en' ? 'en' : 'zh';
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  const put = useCallback((key: string, value: string | null) => {
    const next = new URLSearchParams(window.location.search);
    if (value === null) next.delete(key);
    else next.set(key, value);
    window.history.replaceState(null, '', `?${next}`);
    setQuery(next);
  }, []);
  const t = useCallback((key: string, params?: Params) => translate(lang, key, params), [lang]);
  return { lang, t, query, put, isLarge: query?.get('size') === 'large' };
};

/** Receipts this browser got, the newest first: nobody else's device shows them. */
const keptName = 'gridhall-receipts';
const most = 10;

export const readReceipts = (): string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptName) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
};

export const keepReceipt = (receipt: string): void =>
  localStorage.setItem(
    keptName,
    JSON.stringify([receipt, ...readReceipts().filter((one) => one !== receipt)].slice(0, most)),
  );
