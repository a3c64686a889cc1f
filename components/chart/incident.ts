import { type EventRow, type EventStage, type EventStatus, eventStages, stageOf } from '@/data/model/event';
import type { StepState } from './attention';

/** One step of the loop as an incident went through it. Minutes; null = not reached, or no limit set. */
export type IncidentStep = {
  stage: EventStage;
  state: StepState;
  /** Instant the step was first entered; null = not reached. */
  at: string | null;
  /** Time spent in it, every return included. */
  used: number | null;
  /** Time allowed from the moment it was entered. */
  allowed: number | null;
  /** How often it was entered; above 1 = sent back. */
  nEntered: number;
};

type Move = { to: EventStatus; at: string };
type Limits = Pick<EventRow, 'stage' | 'dueAt'> & { acceptDueAt: string | null };

const minutes = (from: string, to: number): number => Math.max(0, (to - Date.parse(from)) / 60_000);

/** Stretches of the history in one stage each, in order; moves inside a stage join. */
const stretchesOf = (moves: readonly Move[]): { stage: EventStage; at: string }[] =>
  moves
    .map(({ to, at }) => ({ stage: stageOf[to], at }))
    .filter(({ stage }, i, all) => i === 0 || all[i - 1]?.stage !== stage);

/** The limit that runs in a step: taking on (受理) while reported, handling (处置) until handled. */
const dueIn = (stage: EventStage, { acceptDueAt, dueAt }: Limits): string | null =>
  stage === 'report' ? acceptDueAt : stage === 'dispatch' || stage === 'handle' ? dueAt : null;

/** The five steps with time used and time allowed at an instant (epoch ms). */
export const incidentSteps = (moves: readonly Move[], event: Limits, now: number): IncidentStep[] => {
  const stretches = stretchesOf(moves);
  const current = eventStages.indexOf(event.stage);
  return eventStages.map((stage, i) => {
    const own = stretches.flatMap((stretch, at) => {
      const end = stretches[at + 1]?.at;
      return stretch.stage === stage ? [{ at: stretch.at, end: end === undefined ? now : Date.parse(end) }] : [];
    });
    const first = own[0]?.at ?? null;
    const due = dueIn(stage, event);
    const isClosed = stage === 'closed';
    return {
      stage,
      state: event.stage === 'closed' || i < current ? 'done' : i === current ? 'current' : 'open',
      at: first,
      used: first === null || isClosed ? null : own.reduce((sum, { at, end }) => sum + minutes(at, end), 0),
      allowed: first === null || due === null ? null : minutes(first, Date.parse(due)),
      nEntered: own.length,
    };
  });
};

/** Scale all bars of a timeline share: the longest time used or allowed, in minutes. */
export const stepScale = (steps: readonly IncidentStep[]): number =>
  Math.max(1, ...steps.flatMap(({ used, allowed }) => [used ?? 0, allowed ?? 0]));
