const minutesOf = { hour: 60, day: 1_440, year: 525_960 };

const digitsOf = (minutes: number): string => {
  const whole = Math.max(0, Math.floor(minutes));
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
};

/** A span for a column of a table: `00:34`, from 100 hours on days, from two years on years. */
export const spanDigits = (minutes: number, t: (key: string, params: { n: number }) => string): string => {
  if (minutes < 100 * minutesOf.hour) return digitsOf(minutes);
  if (minutes < 2 * minutesOf.year) return t('common.duration.days', { n: Math.floor(minutes / minutesOf.day) });
  return t('common.duration.years', { n: Math.floor(minutes / minutesOf.year) });
};

/** Hours are counted up to here; beyond, days and hours. */
const mostHours = 48;

/** A span in words: `34 分`, `3 时 59 分`, from two days on `2 天 3 时`, from two years on `2 年`; cut off, not rounded. */
export const spanWords = (
  minutes: number,
  t: (key: string, params: { n: number } | { h: number; m: number } | { d: number; h: number }) => string,
): string => {
  const whole = Math.max(0, Math.floor(minutes));
  if (whole >= 2 * minutesOf.year) return t('common.duration.years', { n: Math.floor(whole / minutesOf.year) });
  const [d, h] = [Math.floor(whole / minutesOf.day), Math.floor(whole / minutesOf.hour)];
  const m = whole % minutesOf.hour;
  if (h === 0) return t('common.duration.minutes', { n: m });
  if (h < mostHours)
    return m === 0 ? t('common.duration.hours', { n: h }) : t('common.duration.hoursMinutes', { h, m });
  const rest = h % 24;
  return rest === 0 ? t('common.duration.days', { n: d }) : t('common.duration.daysHours', { d, h: rest });
};
