'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Lang } from '@/data/model/format';
import { refusalIn } from '@/data/model/intake';
import { type Params, translate } from '@/data/text/translate';

/** What the server said instead of doing it; `unavailable` when it could not be asked. */
export class Told extends Error {
  constructor(
    readonly code: string,
    readonly reason: string | null,
    readonly params: Params = {},
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
    window.history.replaceState(null, '', `?${next}${window.location.hash}`);
    setQuery(next);
  }, []);
  const t = useCallback((key: string, params?: Params) => translate(lang, key, params), [lang]);
  return { lang, t, query, put, isLarge: query?.get('size') === 'large' };
};
