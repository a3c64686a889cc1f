import askWord from '@/data/dictionaries/ask-word.json';
import { type NamedPeriod, Period } from '@/data/model/view';

const { period: grammar, numeral, ten, hundred } = askWord;
const digits: Readonly<Record<string, number>> = numeral;
const units: Readonly<Record<string, string>> = grammar.units;
const yearsBack: Readonly<Record<string, number>> = grammar.yearsBack;
const halves: Readonly<Record<string, number>> = grammar.halves;
const halfUnits: Readonly<Record<string, { unit: string; n: number }>> = grammar.halfUnits;

/** A number in digits or numerals, up to hundreds: `30`, `三十`, `一百二十`; years digit by digit. */
export const numberPattern = `(?:[0-9]+|[${Object.keys(numeral).join('')}${ten}${hundred}]+)`;

/** The number that digits or numerals say; without tens and hundreds digit by digit. */
export const readNumber = (text: string): number => {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const signs = [...text];
  if (!signs.some((sign) => sign === ten || sign === hundred))
    return Number(signs.map((sign) => digits[sign]).join(''));
  let [sum, last]: [number, number | null] = [0, null];
  for (const sign of signs) {
    const scale = sign === hundred ? 100 : sign === ten ? 10 : null;
    if (scale === null) last = digits[sign] ?? 0;
    else [sum, last] = [sum + (last ?? 1) * scale, null];
  }
  return sum + (last ?? 0);
};

const dayMs = 86_400_000;
const textOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dateOf = (year: number, month: number, day: number): number => Date.UTC(year, month, day);

/** Dates as a period, never beyond today; null where nothing of them has begun. */
const between = (from: number, until: number, today: string): Period | null => {
  const end = Math.min(until, Date.parse(today) + dayMs);
  return Period.safeParse(`${textOf(from)}/${textOf(end)}`).data ?? null;
};

/** The calendar unit that holds today, or one some units before it. */
const calendarPeriod = (unit: string, back: number, today: string): Period | null => {
  const now = new Date(today);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (unit === 'day')
    return back === 0 ? 'today' : between(dateOf(year, month, day - back), dateOf(year, month, day - back + 1), today);
  if (unit === 'week') {
    const monday = day - ((now.getUTCDay() + 6) % 7) - 7 * back;
    return between(dateOf(year, month, monday), dateOf(year, month, monday + 7), today);
  }
  const months = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12;
  const first = month - (month % months) - months * back;
  return between(dateOf(year, first, 1), dateOf(year, first + months, 1), today);
};

const named: Readonly<Record<string, NamedPeriod>> = {
  'day.1': 'today',
  'day.7': 'P7D',
  'day.30': 'P30D',
  'day.90': 'P90D',
  'day.365': 'P365D',
  'month.1': 'P30D',
  'month.3': 'P90D',
  'month.12': 'P365D',
};

/** Units up to today, today with them. */
const rollingPeriod = (unit: string, n: number, today: string): Period | null => {
  const [base, count] =
    unit === 'week'
      ? ['day', n * 7]
      : unit === 'quarter'
        ? ['month', n * 3]
        : unit === 'year'
          ? ['month', n * 12]
          : [unit, n];
  const name = named[`${base}.${count}`];
  if (name) return name;
  const now = new Date(today);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const from = base === 'day' ? dateOf(year, month, day - count + 1) : dateOf(year, month - count, day + 1);
  return count > 0 ? between(from, Number.POSITIVE_INFINITY, today) : null;
};

type Groups = Readonly<Record<string, string | undefined>>;

const isWithin = (value: number, least: number, most: number) => value >= least && value <= most;

/** Dates as they are written; a month, quarter or half without a year is the latest that has begun. */
const datedPeriod = (groups: Groups, today: string): Period | null => {
  const read = (name: string): number | null => (groups[name] === undefined ? null : readNumber(groups[name] ?? ''));
  const thisYear = Number(today.slice(0, 4));
  const said = groups.back === undefined ? read('year') : thisYear - (yearsBack[groups.back] ?? 0);
  const [month, day, quarter] = [read('month'), read('day'), read('quarter')];
  const half = groups.half === undefined ? null : (halves[groups.half] ?? 0);
  const first = month !== null ? month - 1 : quarter !== null ? (quarter - 1) * 3 : half !== null ? half * 6 : 0;
  const last =
    month !== null ? (read('last') ?? month) - 1 : quarter !== null ? first + 2 : half !== null ? first + 5 : 11;
  if (!isWithin(first, 0, 11) || !isWithin(last, first, 11)) return null;
  const year = said ?? (dateOf(thisYear, first, day ?? 1) <= Date.parse(today) ? thisYear : thisYear - 1);
  if (day === null) return between(dateOf(year, first, 1), dateOf(year, last + 1, 1), today);
  const on = dateOf(year, first, day);
  return new Date(on).getUTCDate() === day ? between(on, on + dayMs, today) : null;
};

const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .replaceAll('{n}', `(?<n>${numberPattern})`)
      .replaceAll('{m}', numberPattern)
      .replaceAll('{unit}', Object.keys(units).join('|'))
      .replaceAll('{year}', grammar.year)
      .replaceAll('{back}', Object.keys(yearsBack).join('|')),
    'y',
  );

const rolling = grammar.rolling.map(pattern);
const dated = grammar.dates.map(pattern);

const readRolling = ({ n = '', unit = '', half = '' }: Groups, today: string): Period | null => {
  const known = halfUnits[half] ?? { unit: units[unit] ?? '', n: readNumber(n) };
  return Number.isInteger(known.n) && known.n <= 3_650 ? rollingPeriod(known.unit, known.n, today) : null;
};

/** Periods written at a place of a text, in numbers: where each ends, and what it means. */
export const periodsAt = (text: string, at: number, today: string): { to: number; period: Period }[] =>
  [...rolling.map((one) => [one, readRolling] as const), ...dated.map((one) => [one, datedPeriod] as const)].flatMap(
    ([one, read]) => {
      one.lastIndex = at;
      const match = one.exec(text);
      const period = match && read(match.groups ?? {}, today);
      return match && period ? [{ to: at + match[0].length, period }] : [];
    },
  );

/** Periods that have words of their own, by those words. */
export const periodWords = (today: string): [word: string, period: Period][] => [
  ...grammar.all.map((word): [string, Period] => [word, 'all']),
  ...Object.entries(grammar.calendar).flatMap(([key, words]) => {
    const [unit = '', back = '0'] = key.split('.');
    const period = calendarPeriod(unit, Number(back), today);
    return period ? words.map((word): [string, Period] => [word, period]) : [];
  }),
];

/** Both periods and all between them; the second null = up to today. Null where they are out of order or have no dates. */
export const joinPeriods = (first: Period, second: Period | null, today: string): Period | null => {
  const tomorrow = textOf(Date.parse(today) + dayMs);
  const edgesOf = (period: Period): [string, string] | null =>
    period === 'today' ? [today, tomorrow] : period.includes('/') ? [period.slice(0, 10), period.slice(11)] : null;
  const [start, end] = [edgesOf(first), second === null ? [today, tomorrow] : edgesOf(second)];
  return start && end ? (Period.safeParse(`${start[0]}/${end[1]}`).data ?? null) : null;
};
