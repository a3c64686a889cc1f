import { day, hour, hourlyWeights, midnightOf, minute, type Typhoon, typhoonsBefore, type When } from './calendar';
import type { Random } from './random';
import type { Spot, Spots, Where } from './spot';
import categories from './world/category.json';

export type Category = {
  code: string;
  l1: string;
  zh: string;
  where: Where;
  when: When;
  department: string;
  simple: number;
  auto: number;
  iot: number;
  level: number;
  weight: number;
};

/** Something that happened, before anybody dealt with it. */
export type Happening = { at: number; category: Category; level: number; source: string; spot: Spot };

export const eventCategories = categories as Category[];

/** Urgent events (Ⅱ) of the last hours, so that a demo always has some on the desk. */
const urgentOpen = 2;

type Clock = { from: number; sums: Float64Array };

const clockOf = (when: When, from: number, to: number, typhoons: Typhoon[]): Clock => {
  const sums = hourlyWeights(when, from, to, typhoons);
  for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (sums[i - 1] ?? 0);
  return { from, sums };
};

const drawHour = ({ from, sums }: Clock, low: number, high: number, random: Random): number => {
  const before = low > 0 ? (sums[low - 1] ?? 0) : 0;
  const goal = before + random.next() * ((sums[high - 1] ?? 0) - before);
  let [a, b] = [low, high - 1];
  while (a < b) {
    const middle = (a + b) >> 1;
    if ((sums[middle] ?? 0) > goal) b = middle;
    else a = middle + 1;
  }
  return from + a * hour + random.next() * hour;
};

/** Severity around the category's own: grave ones are rare, most turn out simple (Ⅳ). */
const levelOf = (category: Category, random: Random): number => {
  const shares = { 1: [0.5, 0.32, 0.18, 0], 2: [0, 0.21, 0.5, 0.29], 3: [0, 0, 0.42, 0.58], 4: [0, 0, 0, 1] }[
    category.level
  ];
  return 1 + random.weighted(shares ?? [0, 0, 0, 1]);
};

const sources: Record<string, [codes: string[], weights: number[]]> = {
  usual: [
    ['01', '02', '03', '04', '08', '05', '13', '06', '12', '09', '11', '10'],
    [45, 12, 16, 14, 5, 3, 1.5, 0.8, 1, 0.3, 0.4, 1],
  ],
  records: [
    ['01', '10', '05', '03'],
    [70, 22, 5, 3],
  ],
  service: [
    ['04', '03', '01', '05'],
    [46, 38, 14, 2],
  ],
  police: [
    ['13', '03', '01', '08', '04'],
    [44, 22, 18, 8, 8],
  ],
  storm: [
    ['01', '03', '14', '06', '04', '08', '02'],
    [42, 20, 12, 4, 12, 4, 6],
  ],
  beach: [
    ['01', '02', '03', '08', '04'],
    [38, 20, 18, 16, 8],
  ],
};

const sourceOf = (category: Category, random: Random): string => {
  if (category.iot && random.has(0.22)) return '07';
  const kind =
    { '15': 'records', '18': 'service', '13': 'police', '07': 'beach' }[category.l1] ??
    (category.when === 'storm' ? 'storm' : 'usual');
  const [codes, weights] = sources[kind] ?? [['01'], [1]];
  return codes[random.weighted(weights)] ?? '01';
};

/** Events from 24 months (or `months`) before `at` up to `at`, in order of time. */
export const drawHappenings = (options: {
  at: Date;
  total: number;
  months: number;
  spots: Spots;
  random: Random;
}): Happening[] => {
  const { total, spots, random } = options;
  const at = options.at.getTime();
  const [today, since] = [midnightOf(at), midnightOf(at - options.months * 30.4375 * day)];
  const typhoons = typhoonsBefore(at);
  const clocks = new Map<When, Clock>();
  for (const { when } of eventCategories) if (!clocks.has(when)) clocks.set(when, clockOf(when, since, at, typhoons));
  const [firstHour, lastHour] = [Math.round((today - since) / hour), Math.ceil((at - since) / hour)];
  const weights = eventCategories.map(({ weight }) => weight);
  const todayShare = (when: When): number => {
    const sums = clocks.get(when)?.sums ?? new Float64Array(1);
    const all = sums[sums.length - 1] ?? 1;
    return (all - (sums[firstHour - 1] ?? 0)) / all;
  };
  const todayWeights = eventCategories.map(({ weight, when }) => weight * todayShare(when));
  const expected = (total * todayWeights.reduce((a, b) => a + b, 0)) / weights.reduce((a, b) => a + b, 0);
  const busy = ((total / (options.months * 30.4375)) * 1.35 * (at - today)) / day;
  const nToday = Math.min(total - 1, Math.max(1, Math.round(Math.max(expected * 1.1, busy))));
  const urgentWeights = eventCategories.map(({ level }, i) => (level === 2 ? (todayWeights[i] ?? 0) : 0));
  const happenings: Happening[] = [];
  for (let i = 0; i < total; i++) {
    const isUrgent = i < Math.min(urgentOpen, nToday);
    const isToday = i < nToday;
    const category = eventCategories[random.weighted(isUrgent ? urgentWeights : isToday ? todayWeights : weights)];
    const clock = category && clocks.get(category.when);
    if (!category || !clock) continue;
    const fresh = at - random.between(0.5, 6) * hour;
    const time = isUrgent ? fresh : drawHour(clock, isToday ? firstHour : 0, isToday ? lastHour : firstHour, random);
    const moment = Math.floor(Math.min(time, at - 2 * minute) / 1000) * 1000;
    const level = isUrgent ? 2 : levelOf(category, random);
    const spot = spots.draw(category.where, random);
    happenings.push({ at: moment, category, level, source: sourceOf(category, random), spot });
  }
  return happenings.sort((a, b) => a.at - b.at);
};
