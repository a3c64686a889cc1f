import type { Lang } from './format';

/** Stretches of local time that figures are counted by. */
export type Bucket = 'hour' | 'day' | 'week' | 'month';

/** Short name of a bucket under an axis: `09`, `11/22` (`22 Nov`), `2026-11`. */
export const labelOfBucket = (code: string, bucket: Bucket, lang: Lang): string => {
  if (bucket === 'hour') return code.slice(11, 16);
  if (bucket === 'month') return code;
  const [, month, day] = code.slice(0, 10).split('-').map(Number);
  if (lang === 'zh') return `${month}/${day}`;
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${code.slice(0, 10)}T00:00:00Z`),
  );
};
