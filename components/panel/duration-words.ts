import type { Params } from '@/data/text/translate';

/** Seconds as a drill tells them: `45 秒`, `3 分 20 秒`; a dash for none. */
export const secondsWords = (seconds: number | null, t: (key: string, params?: Params) => string): string => {
  if (seconds === null) return '—';
  const [m, s] = [Math.floor(seconds / 60), seconds % 60];
  return m === 0 ? t('drill.seconds', { s }) : t('drill.minutes', { m, s });
};
