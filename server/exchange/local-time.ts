const fields = {
  yyyy: '(\\d{4})',
  MM: '(\\d{1,2})',
  dd: '(\\d{1,2})',
  HH: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
} as const;
type Field = keyof typeof fields;
const tokens = /yyyy|MM|dd|HH|mm|ss/g;

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** Milliseconds the wall clock of a zone is ahead of UTC at an instant. */
const offsetAt = (instant: number, timeZone: string): number => {
  const part = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
};

/** Instant of a wall-clock time. Of two (autumn) the first; one the clock skips (spring) moves past the gap. */
const fromWall = (wall: number, timeZone: string): Date => {
  const before = wall - offsetAt(wall - 86_400_000, timeZone);
  const after = wall - offsetAt(wall + 86_400_000, timeZone);
  const exact = [Math.min(before, after), Math.max(before, after)].find((t) => t + offsetAt(t, timeZone) === wall);
  return new Date(exact ?? Math.max(before, after));
};

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const isoTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Parser of one time format, `iso` (with offset) or a pattern of yyyy MM dd HH mm ss local to the zone. Null = the text
 * is no such time; 30 February is none.
 */
export const timeParser = (format: string, timeZone: string): ((text: string) => Date | null) => {
  if (format === 'iso')
    return (text) => {
      const at = isoTime.test(text) ? new Date(text) : null;
      return at && !Number.isNaN(at.getTime()) ? at : null;
    };
  const order = [...format.matchAll(tokens)].map((match) => match[0] as Field);
  const literal = format.split(tokens).map(escapePattern);
  const pattern = new RegExp(`^${literal.map((text, i) => text + (order[i] ? fields[order[i]] : '')).join('')}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return null;
    const value = (field: Field, otherwise: number) => Number(match[order.indexOf(field) + 1] ?? otherwise);
    const has = (field: Field) => order.includes(field);
    const [year, month, day] = [value('yyyy', 1970), has('MM') ? value('MM', 1) : 1, has('dd') ? value('dd', 1) : 1];
    const [hour, minute, second] = (['HH', 'mm', 'ss'] as const).map((field) => (has(field) ? value(field, 0) : 0));
    const wall = Date.UTC(year, month - 1, day, hour, minute, second);
    const back = new Date(wall);
    const isReal =
      back.getUTCMonth() === month - 1 &&
      back.getUTCDate() === day &&
      (hour ?? 0) < 24 &&
      (minute ?? 0) < 60 &&
      (second ?? 0) < 60;
    return isReal ? fromWall(wall, timeZone) : null;
  };
};
