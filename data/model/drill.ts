import { z } from 'zod';
import { DivisionCode } from './division';
import type { EventLevel } from './event';
import { quantile } from './quantile';
import type { Role } from './scope';

/** What opens a drill (应急演练): where, from when, for how long. `id` is made by the sender: sent again, it opens none. */
export const DrillDraft = z.object({
  id: z.uuid(),
  name: z.string().trim().min(2).max(60),
  division: DivisionCode,
  startsAt: z.iso.datetime({ offset: true }),
  minutes: z.number().int().min(10).max(480),
  goal: z.string().trim().min(2).max(400),
});
export type DrillDraft = z.output<typeof DrillDraft>;

/** Steps whose reaction times a drill is judged by, in the order of the loop. */
export const drillSteps = ['accept', 'dispatch', 'sign', 'handle', 'close'] as const;
export type DrillStep = (typeof drillSteps)[number];

/** Reaction times of one step over all events of a drill, in seconds; null = no event came that far. */
export type DrillTime = { step: DrillStep; n: number; median: number | null; longest: number | null };

/** What is left of an event once its drill is over: no place finer than its grid, seconds each step took. */
export type DrillEvent = {
  number: string;
  title: string;
  category: string;
  level: EventLevel;
  grid: string | null;
  isClosed: boolean;
  seconds: Record<DrillStep, number | null>;
};

/** What came of a drill (演练小结); its events are gone by then. */
export type DrillSummary = { nEvents: number; nClosed: number; times: DrillTime[]; events: DrillEvent[] };

export const drillStates = ['planned', 'running', 'ended'] as const;
export type DrillState = (typeof drillStates)[number];

/** A drill as it stood at the clock. `summary` null: it is not over, or its end is being written. */
export type Drill = {
  id: string;
  name: string;
  division: string;
  goal: string;
  startsAt: string;
  endsAt: string;
  openedAt: string;
  role: Role;
  endedAt: string | null;
  state: DrillState;
  summary: DrillSummary | null;
};

/** Where a drill stands at an instant. */
export const drillStateAt = (
  { startsAt, endsAt, endedAt }: { startsAt: Date; endsAt: Date; endedAt: Date | null },
  at: Date,
): DrillState => {
  if (at >= endsAt || (endedAt !== null && at >= endedAt)) return 'ended';
  return at < startsAt ? 'planned' : 'running';
};

/** Reaction times by step over the events of a drill; times are those of the last time an event passed a step. */
export const summariseDrill = (events: DrillEvent[]): DrillSummary => ({
  nEvents: events.length,
  nClosed: events.filter((event) => event.isClosed).length,
  times: drillSteps.map((step) => {
    const taken = events.flatMap(({ seconds }) => seconds[step] ?? []).toSorted((a, b) => a - b);
    return {
      ...{ step, n: taken.length },
      median: taken.length > 0 ? Math.round(quantile(taken, 0.5)) : null,
      longest: taken.at(-1) ?? null,
    };
  }),
  events,
});
