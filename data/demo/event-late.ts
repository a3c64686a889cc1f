import { hour } from './calendar';
import { type Category, eventCategories, type Happening } from './event-draw';
import type { Step } from './event-life';
import type { Random } from './random';

/** What an event was filed as at first, and when that was put right. */
export type Correction = { from: Category; fromLevel: number; recordedAt: number };

/** Share of events some step of which came in late: a phone without network, a paper form at the end of the shift. */
const lateShare = 0.05;
const correctedShare = 0.02;

/**
 * Instants the steps were recorded at: mostly when they happened; of a few events, from one step on, hours or days later and
 * together. What would come in only after `end` is not late.
 */
export const delaysOf = (steps: readonly Step[], end: number, random: Random): number[] => {
  const prompt = steps.map(({ at }) => at);
  if (!random.has(lateShare)) return prompt;
  const first = random.whole(0, steps.length - 1);
  const upTo = Math.floor((steps[first]?.at ?? end) + random.between(0.4, 120) * hour);
  return upTo > end ? prompt : prompt.map((at, i) => (i < first ? at : Math.max(at, upTo)));
};

/** Another category of the same group, and now and then another level, which the event carried until corrected. */
export const correctLater = (event: Happening, end: number, random: Random): Correction | null => {
  if (!random.has(correctedShare)) return null;
  const others = eventCategories.filter(({ l1, code }) => l1 === event.category.l1 && code !== event.category.code);
  const recordedAt = Math.floor(event.at + random.between(0.5, 240) * hour);
  const from = others.length > 0 ? random.pick(others) : event.category;
  const fromLevel = random.has(0.4) ? (event.level === 4 ? 3 : event.level + 1) : event.level;
  const isSame = from === event.category && fromLevel === event.level;
  return isSame || recordedAt > end ? null : { from, fromLevel, recordedAt };
};
