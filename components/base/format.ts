import type { Lang } from '@/data/model/format';

const locale = (lang: Lang) => (lang === 'zh' ? 'zh-CN' : 'en-GB');

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using it. */
const parts = (at: Date, timeZone: string, options: Intl.DateTimeFormatOptions, lang: Lang): string => {
  const key = JSON.stringify([lang, timeZone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale(lang), { timeZone, hourCycle: 'h23', ...options });
  formats.set(key, format);
  return format.format(at);
};

/** `16:42` or `16:42:10` in the installation's time zone. */
export const formatClock = (at: Date, timeZone: string, withSeconds = false): string =>
  parts(at, timeZone, { hour: '2-digit', minute: '2-digit', ...(withSeconds ? { second: '2-digit' } : {}) }, 'en');

/** `7月15日 周三` / `Wed 15 Jul`. */
export const formatDay = (at: Date, timeZone: string, lang: Lang): string => {
  if (lang === 'en')
    return parts(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short' }, 'en').replace(',', '');
  const day = parts(at, timeZone, { month: 'numeric', day: 'numeric' }, 'zh').replace('/', '月');
  return `${day}日 ${parts(at, timeZone, { weekday: 'short' }, 'zh')}`;
};

/** Short date: `7/15` (zh) or `15/07` (en). */
export const formatDate = (at: Date, timeZone: string, lang: Lang): string =>
  parts(
    at,
    timeZone,
    lang === 'zh' ? { month: 'numeric', day: 'numeric' } : { day: '2-digit', month: '2-digit' },
    lang,
  );

/** Table date: `7/15 16:42` (zh) or `15/07 16:42` (en). */
export const formatStamp = (at: Date, timeZone: string, lang: Lang): string =>
  `${formatDate(at, timeZone, lang)} ${formatClock(at, timeZone)}`;
