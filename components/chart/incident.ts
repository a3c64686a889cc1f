import { clockMinutes } from '@/data/model/attention';
import { type EventRow, type EventStage, type EventStatus, eventStages, stageOf } from '@/data/model/event';
import type { StepState } from './attention';

/** One step of the loop as an incident went through it. Minutes; null = not reached, or no limit set. */
export type IncidentStep = {
  stage: EventStage;
  state: StepState;
  /** Instant the step was first entered; null = not reached. */
  at: string | null;
  /** Time spent in it, every return included: the steps add up to the time since the report. */
  used: number | null;
  /** Its own limit; null = none, or that of the handling which it runs under. */
  allowed: number | null;
  /** Time spent before it under the same limit: what dispatching took of the handling's. */
  before: number;
  /** It went on past the instant it was due. */
  isOver: boolean;
  /** How often it was entered; above 1 = sent back. */
  nEntered: number;
};

type Move = { to: EventStatus; at: string };
type Limits = Pick<EventRow, 'stage' | 'reportedAt' | 'dueAt'> & { acceptDueAt: string | null };

const minutes = (from: string, to: number): number => clockMinutes(Date.parse(from), to);

/** Stretches of the history in one stage each, in order; moves inside a stage join. */
const stretchesOf = (moves: readonly Move[]): { stage: EventStage; at: string }[] =>
  moves
    .map(({ to, at }) => ({ stage: stageOf[to], at }))
    .filter(({ stage }, i, all) => i === 0 || all[i - 1]?.stage !== stage);

/** The limit that runs in a step: taking on (受理) while reported, handling (处置) until handled. */
const dueIn = (stage: EventStage, { acceptDueAt, dueAt }: Limits): string | null =>
  stage === 'report' ? acceptDueAt : stage === 'dispatch' || stage === 'handle' ? dueAt : null;

/** The limit of a step itself, as it was set: taking on from the report, handling from when that was due. */
const allowedIn = (stage: EventStage, { reportedAt, acceptDueAt, dueAt }: Limits): number | null => {
  if (stage === 'report') return acceptDueAt === null ? null : minutes(reportedAt, Date.parse(acceptDueAt));
  return stage === 'handle' && dueAt !== null ? minutes(acceptDueAt ?? reportedAt, Date.parse(dueAt)) : null;
};

/** The five steps with time used and time allowed at an instant (epoch ms). */
export const incidentSteps = (moves: readonly Move[], event: Limits, now: number): IncidentStep[] => {
  const stretches = stretchesOf(moves);
  const current = eventStages.indexOf(event.stage);
  const ownOf = (stage: EventStage) =>
    stretches.flatMap((stretch, at) => {
      const end = stretches[at + 1]?.at;
      return stretch.stage === stage ? [{ at: stretch.at, end: end === undefined ? now : Date.parse(end) }] : [];
    });
  const usedIn = (stage: EventStage) => ownOf(stage).reduce((sum, { at, end }) => sum + minutes(at, end), 0);
  return eventStages.map((stage, i) => {
    const own = ownOf(stage);
    const first = own[0]?.at ?? null;
    const due = dueIn(stage, event);
    const isClosed = stage === 'closed';
    return {
      stage,
      state: event.stage === 'closed' || i < current ? 'done' : i === current ? 'current' : 'open',
      at: first,
      used: first === null || isClosed ? null : usedIn(stage),
      allowed: first === null ? null : allowedIn(stage, event),
      before: stage === 'handle' ? usedIn('dispatch') : 0,
      isOver: due !== null && (own.at(-1)?.end ?? 0) > Date.parse(due),
      nEntered: own.length,
    };
  });
};

/**
 * Bar of a step: shares of its own limit taken before it and in it, at most the whole of it together. All bars are as long
 * as their limits, so they tell how much of it is gone; the minutes stand beside. Null = no limit of its own to hold against.
 */
export const barOf = ({ used, allowed, before }: IncidentStep): { before: number; used: number } | null => {
  if (used === null || allowed === null || allowed <= 0) return null;
  const share = Math.min(1, before / allowed);
  return { before: share, used: Math.min(1 - share, used / allowed) };
};
