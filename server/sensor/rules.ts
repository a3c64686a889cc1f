import { z } from 'zod';
import table from '@/data/dictionaries/sensor-kind.json';

const Kind = z.object({
  zh: z.string(),
  en: z.string(),
  unit: z.string(),
  limit: z.number(),
  /** Whether a value above the limit is the alarm, or one below it. */
  isOverAbove: z.boolean(),
  /** Minutes it must stay on the quiet side before the episode ends. */
  calmMinutes: z.number().positive(),
  /** Category of the event. */
  category: z.string(),
});
export type SensorKind = z.infer<typeof Kind>;

/** Kinds of devices by key. */
export const sensorKinds: Record<string, SensorKind> = z.record(z.string(), Kind).parse(table.kinds);

/** Where a device stands: null `overAt` = no episode runs. */
export type Episode = { overAt: Date | null; belowAt: Date | null };
export type Step = { next: Episode; does: 'open' | 'end' | null };

/**
 * The next state after a reading (去抖): the first one over the limit opens an episode, and no other does while it runs;
 * it ends once every reading of the calm time stayed below.
 */
export const nextEpisode = (now: Episode, kind: SensorKind, reading: { at: Date; value: number }): Step => {
  const { at, value } = reading;
  const isOver = kind.isOverAbove ? value > kind.limit : value < kind.limit;
  if (isOver) return { next: { overAt: now.overAt ?? at, belowAt: null }, does: now.overAt ? null : 'open' };
  if (!now.overAt) return { next: { overAt: null, belowAt: null }, does: null };
  const belowAt = now.belowAt ?? at;
  if (at.getTime() - belowAt.getTime() < kind.calmMinutes * 60_000)
    return { next: { overAt: now.overAt, belowAt }, does: null };
  return { next: { overAt: null, belowAt: null }, does: 'end' };
};
