'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import type { Lang } from '@/data/model/format';
import { type Params, translate } from '@/data/text/translate';
import { FeedFailure } from './failure';
import { useTRPC } from './trpc';

export type Text = {
  lang: Lang;
  setLang: (lang: Lang) => void;
  /** Sentence by key `<namespace>.<key>`, ICU parameters. */
  t: (key: string, params?: Params) => string;
  /** Dictionary word (字典项) of a list; the code itself when the list has no such word. */
  term: (list: string, code: string | null | undefined) => string;
  /** Words of a list in code order. */
  words: (list: string) => { code: string; label: string; parent: string | null }[];
  /** The installation's name, locale, time zone; null until loaded. */
  installation: { name: string; root: string; timeZone: string; demo: string | null; recuts?: string[] } | null;
};

const TextContext = createContext<Text | null>(null);

export const useText = (): Text => {
  const text = useContext(TextContext);
  if (!text) throw new Error('useText needs a FeedProvider above it.');
  return text;
};

export const TextProvider = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const asked = useQuery(api.dictionary.installation.queryOptions(undefined, { staleTime: Infinity }));
  const askedWords = useQuery(api.dictionary.words.queryOptions(undefined, { staleTime: Infinity }));
  const installation = asked.data;
  const words = askedWords.data;
  const [chosen, setLang] = useQueryState('lang', parseAsStringLiteral(['zh', 'en'] as const));
  const lang: Lang = chosen ?? installation?.locale ?? 'zh';
  useEffect(() => {
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  }, [lang]);
  const value = useMemo<Text>(() => {
    const lists = new Map<string, { code: string; label: string; parent: string | null }[]>();
    const labels = new Map<string, string>();
    for (const word of words ?? []) {
      const entry = { code: word.code, label: word[lang], parent: word.parent };
      lists.set(word.list, [...(lists.get(word.list) ?? []), entry]);
      labels.set(`${word.list}/${word.code}`, word[lang]);
    }
    return {
      lang,
      setLang: (next) => void setLang(next),
      t: (key, params) => translate(lang, key, params),
      term: (list, code) => (code ? (labels.get(`${list}/${code}`) ?? code) : '—'),
      words: (list) => lists.get(list) ?? [],
      installation: installation
        ? { ...installation, name: lang === 'zh' ? installation.name : installation.nameEn }
        : null,
    };
  }, [lang, words, installation, setLang]);
  const error = asked.error ?? askedWords.error;
  if (error && !(words && installation)) return <FeedFailure error={error} lang={lang} />;
  return <TextContext.Provider value={value}>{words && installation ? children : null}</TextContext.Provider>;
};
