import type { OnlineItem, PlanItem } from '@/data/model/assessment';
import { errorOf, leastRanked, type Place, placesOf, type RateModel, rateInterval } from '@/data/model/fair-rank';

/** A figure an item is scored by; null = it has none, or it is withheld. */
export type Measured = { value: number | null; numerator: number | null; denominator: number | null; n: number | null };

/** What the catalogue tells for an item: of the whole, and by subject. `scale`: what a ratio is multiplied by. */
export type ItemFigures = {
  model: RateModel | null;
  scale: number;
  whole: Measured | undefined;
  bySubject: ReadonlyMap<string, Measured>;
};

export type ItemScore = {
  key: string;
  /** Points of the item's weight; null = nothing to score by, or not entered yet. */
  score: number | null;
  /** Few cases: scored by the figure of the whole. */
  isSmall: boolean;
};

export type SubjectScore = {
  code: string;
  items: ItemScore[];
  online: number;
  /** Null = no offline item has been entered. */
  offline: number | null;
  total: number;
  /** Null = too few cases behind every item. */
  place: Place | null;
};

const round = (points: number): number => Math.round(points * 1e6) / 1e6;

/** Points of a value: all at the target, none at the floor; `met` knows nothing in between. */
export const pointsOf = ({ target, floor, direction, rule, weight }: OnlineItem, value: number): number => {
  const isMet = direction === 'up' ? value >= target : value <= target;
  if (rule === 'met') return isMet ? weight : 0;
  return weight * Math.min(1, Math.max(0, (value - floor) / (target - floor)));
};

/** Points of one item and the error that chance leaves in them. Few cases stand at the figure of the whole. */
const scoreOnline = (item: OnlineItem, figures: ItemFigures, code: string): ItemScore & { error: number } => {
  const own = figures.bySubject.get(code);
  const isSmall = own?.value == null || (own.n ?? 0) < leastRanked;
  const used = isSmall ? figures.whole : own;
  if (used?.value == null) return { key: item.key, score: null, isSmall, error: 0 };
  const score = round(pointsOf(item, used.value));
  const { model, scale } = figures;
  if (model === null) return { key: item.key, score, isSmall, error: 0 };
  const n = own?.denominator ?? 0;
  const x = isSmall ? (used.value / scale) * n : (own?.numerator ?? 0);
  const { low, high } = n > 0 ? rateInterval({ code, x, n }, model) : { low: 0, high: 1 };
  const error = errorOf({ low: pointsOf(item, low * scale), high: pointsOf(item, high * scale) });
  return { key: item.key, score, isSmall, error };
};

const sumOf = (items: readonly ItemScore[]): number => round(items.reduce((sum, { score }) => sum + (score ?? 0), 0));

export type Scored = {
  items: readonly PlanItem[];
  subjects: readonly string[];
  /** By key of an online item. */
  figures: ReadonlyMap<string, ItemFigures>;
  /** 0–100 by `item subject`. */
  offline: ReadonlyMap<string, number>;
};

/** Scores of a period (考核得分), in the order of the subjects: the same rows and entries give the same scores. */
export const scoreAll = ({ items, subjects, figures, offline }: Scored): SubjectScore[] => {
  const rows = subjects.map((code) => {
    const online = items.flatMap((item) => {
      const told = item.kind === 'online' ? figures.get(item.key) : undefined;
      return item.kind === 'online' && told ? [scoreOnline(item, told, code)] : [];
    });
    const byHand = items.flatMap(({ kind, key, weight }): ItemScore[] => {
      if (kind === 'online') return [];
      const points = offline.get(`${key} ${code}`);
      return [{ key, score: points === undefined ? null : round((points / 100) * weight), isSmall: false }];
    });
    const isEntered = byHand.some(({ score }) => score !== null);
    const isRanked = online.some(({ isSmall }) => !isSmall);
    return { code, online, byHand, isEntered, isRanked, error: Math.hypot(0, ...online.map(({ error }) => error)) };
  });
  const totals = rows.map(({ online, byHand }) => round(sumOf(online) + sumOf(byHand)));
  const places = placesOf(
    rows.flatMap(({ code, error, isRanked }, i) => (isRanked ? [{ code, value: totals[i] ?? 0, se: error }] : [])),
  );
  return rows.map(({ code, online, byHand, isEntered }, i) => ({
    code,
    items: [...online.map(({ error: _, ...item }) => item), ...byHand],
    online: sumOf(online),
    offline: isEntered ? sumOf(byHand) : null,
    total: totals[i] ?? 0,
    place: places.get(code) ?? null,
  }));
};

/**
 * How a subject moved against the period before, and what each item added to that: the parts sum to `change`. An item
 * without a score in one of the two, as one not entered yet, says nothing.
 */
export type Move = { change: number; places: number | null; items: { key: string; change: number }[] };

export const moveOf = (now: SubjectScore, before: SubjectScore | undefined): Move | null => {
  if (!before) return null;
  const then = new Map(before.items.map(({ key, score }) => [key, score]));
  const items = now.items.flatMap(({ key, score }) => {
    const earlier = then.get(key);
    return score === null || earlier === undefined || earlier === null ? [] : [{ key, change: round(score - earlier) }];
  });
  return {
    change: round(items.reduce((sum, { change }) => sum + change, 0)),
    places:
      now.place && before.place && !now.place.isOpen && !before.place.isOpen
        ? before.place.place - now.place.place
        : null,
    items,
  };
};
