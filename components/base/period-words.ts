import { datesOf, type Period } from '@/data/model/view';

type Words = { t: (key: string) => string; lang: 'zh' | 'en' };

const dayOf = (date: string, { lang }: Words, hasYear: boolean): string =>
  new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: lang === 'zh' ? 'numeric' : 'short',
    ...(hasYear ? { year: 'numeric' } : {}),
  }).format(new Date(`${date}T00:00:00Z`));

/** A period in words: its name, or its first and last date `2026/10/1–10/30`. */
export const periodWords = (period: Period, words: Words): string => {
  const dates = datesOf(period);
  if (!dates) return words.t(`common.period.${period}`);
  const last = new Date(Date.parse(dates.until) - 86_400_000).toISOString().slice(0, 10);
  if (last === dates.from) return dayOf(last, words, true);
  const isOneYear = last.slice(0, 4) === dates.from.slice(0, 4);
  return words.lang === 'zh' || !isOneYear
    ? `${dayOf(dates.from, words, true)}–${dayOf(last, words, !isOneYear)}`
    : `${dayOf(dates.from, words, false)} – ${dayOf(last, words, true)}`;
};
