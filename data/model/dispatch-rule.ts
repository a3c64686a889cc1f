import type {
  Candidate,
  Decision,
  DispatchRule,
  PassReason,
  RouteInputs,
  RouteReason,
  ScorePart,
  Suggestion,
} from './dispatch';

/** The policy that routes now. A later one gets a number of its own and a line in `policies`; none is ever edited. */
export const policyNow = 'p1';

/** Whether the machine may send an event by itself (自动分拨): listed, set to automatic, and somebody answers for it. */
export const sendsAlone = (rule: Pick<DispatchRule, 'isListed' | 'isAuto' | 'department'>): boolean =>
  rule.isListed && rule.isAuto && rule.department !== '';

const heldReason = ({ rule, isHeld }: RouteInputs): RouteReason | null => {
  if (!rule.isListed) return 'unlisted';
  if (!rule.isAuto) return 'byHand';
  if (rule.department === '') return 'noDepartment';
  return isHeld ? 'held' : null;
};

const byLoad = (a: Candidate, b: Candidate): number =>
  a.load - b.load || (a.worker < b.worker ? -1 : a.worker > b.worker ? 1 : 0);

const isAble = ({ covers, shift }: Candidate): boolean => covers && shift === 'on';

const deskReason = (candidates: readonly Candidate[]): RouteReason => {
  if (candidates.length === 0) return 'noLine';
  return candidates.some(({ covers }) => covers) ? 'noShift' : 'noCover';
};

const whyPassed = (candidate: Candidate, chosen: Candidate | undefined): PassReason => {
  if (!candidate.covers) return 'notCovering';
  if (candidate.shift !== 'on') return candidate.shift;
  return chosen && candidate.load > chosen.load ? 'busier' : 'sameLoad';
};

/**
 * Whom an event goes to: of those whose grid covers the place, on shift now, the one with the fewest open events, the
 * lower id at a tie; nobody = the department's duty desk. What may not be sent alone is left to a person.
 */
export const decide = (inputs: RouteInputs): Decision => {
  const { rule, candidates } = inputs;
  const held = heldReason(inputs);
  const chosen = candidates.filter(isAble).toSorted(byLoad)[0];
  return {
    isSent: held === null,
    reason: held ?? (chosen ? 'covered' : deskReason(candidates)),
    department: rule.department,
    worker: chosen?.worker ?? null,
    passed: candidates
      .filter(({ worker }) => worker !== chosen?.worker)
      .map((candidate) => ({ worker: candidate.worker, why: whyPassed(candidate, chosen) })),
  };
};

/** Points of each part at most. Cover and shift outweigh all others, so that the best suggestion is who may be sent. */
export const mostPoints: Record<ScorePart, number> = { cover: 45, shift: 35, distance: 8, load: 7, onTime: 5 };

/** The duty desk answers for the whole district at every hour, but for no place: better than who covers it off shift. */
const deskPoints: Record<ScorePart, number> = { cover: 45, shift: 30, distance: 0, load: 0, onTime: 0 };

/** Way at which no point for the distance is left. */
const farMetres = 8_000;
/** Open events at which half the points for the load are left. */
const halfLoad = 4;

const oneDecimal = (points: number): number => Math.round(points * 10) / 10;

const pointsOf = (candidate: Candidate): Record<ScorePart, number> => {
  const { covers, shift, metres, load, nHandled = 0, nOnTime = 0 } = candidate;
  const near = metres === null ? 0 : Math.max(0, 1 - metres / farMetres);
  return {
    cover: covers ? mostPoints.cover : 0,
    shift: shift === 'on' ? mostPoints.shift : 0,
    distance: oneDecimal(mostPoints.distance * near),
    load: oneDecimal((mostPoints.load * halfLoad) / (halfLoad + load)),
    // Of no case nothing is known: half the points, so that newcomers are not passed over.
    onTime: oneDecimal(mostPoints.onTime * (nHandled === 0 ? 0.5 : nOnTime / nHandled)),
  };
};

const scoreOf = (parts: Record<ScorePart, number>): number =>
  Math.round(Object.values(parts).reduce((total, points) => total + points, 0));

/** Everybody an event may be sent to, the best first; the duty desk among them where a department answers for it. */
export const rank = ({ rule, candidates }: Pick<RouteInputs, 'rule' | 'candidates'>): Suggestion[] => {
  const { department } = rule;
  const named = candidates.map((candidate): Suggestion => {
    const parts = pointsOf(candidate);
    return { worker: candidate.worker, department, score: scoreOf(parts), parts, candidate };
  });
  const desk: Suggestion = { worker: null, department, score: scoreOf(deskPoints), parts: deskPoints, candidate: null };
  return [...named, ...(department === '' ? [] : [desk])].toSorted(
    (a, b) => b.score - a.score || ((a.worker ?? '~') < (b.worker ?? '~') ? -1 : 1),
  );
};

/** Every policy there was, by number: what a stored route is replayed with. */
export const policies: Readonly<Record<string, { decide: typeof decide; rank: typeof rank }>> = {
  p1: { decide, rank },
};
