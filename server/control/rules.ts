import {
  type ControlLevel,
  type ControlMove,
  type ControlState,
  type ControlStep,
  type ControlTodo,
  controlLevels,
  controlMoves,
  controlRoles,
} from '@/data/model/control';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Scope } from '@/data/model/scope';

const isLevel = (level: Scope['level']): level is ControlLevel => controlLevels.some((each) => each === level);

/** Whether the caller is the post that carries tickets at his level; walls never are. */
export const canControl = (scope: Pick<Scope, 'role' | 'screen' | 'level'>): boolean =>
  !isAggregateOnly(scope) && isLevel(scope.level) && controlRoles[scope.level] === scope.role;

/** What rules look at of a part. */
export type Standing = { division: string; parent: string | null; level: ControlLevel; state: ControlState };

const isDone = (state: ControlState): boolean => state === 'reported' || state === 'closed';

/** Divisions a part was passed on to that have not reported. */
export const openBelow = (parts: readonly Standing[], division: string): string[] =>
  parts.flatMap((part) => (part.parent === division && !isDone(part.state) ? [part.division] : []));

/** Steps a division may make of its own part. */
export const ownMoves = (parts: readonly Standing[], division: string): ControlStep[] => {
  const own = parts.find((part) => part.division === division);
  if (!own) return [];
  const makers = ['own', own.parent === null ? 'top' : 'lower'];
  return (Object.entries(controlMoves[own.state]) as [ControlStep, { by: string }][]).flatMap(([step, { by }]) =>
    makers.includes(by) &&
    !(step === 'pass' && own.level === 'community') &&
    !(step === 'close' && openBelow(parts, division).length > 0)
      ? [step]
      : [],
  );
};

/** Divisions whose report one above may send back: they have reported, he has not. */
export const returnableBy = (parts: readonly Standing[], division: string): string[] => {
  const own = parts.find((part) => part.division === division);
  if (!own || isDone(own.state)) return [];
  return parts.flatMap((part) => (part.parent === division && part.state === 'reported' ? [part.division] : []));
};

const todoByState: Record<ControlState, ControlTodo> = {
  waiting: 'sign',
  signed: 'decide',
  passed: 'report',
  kept: 'report',
  reported: 'none',
  closed: 'none',
};

/** What a division has to do now (本级待办). */
export const todoOf = (parts: readonly Standing[], division: string): ControlTodo => {
  const own = parts.find((part) => part.division === division);
  const todo = own ? todoByState[own.state] : 'none';
  if (todo !== 'report') return todo;
  if (openBelow(parts, division).length > 0) return 'wait';
  return own?.parent === null ? 'close' : 'report';
};

const checkMaker = (parts: readonly Standing[], part: Standing, move: ControlMove, caller: string): void => {
  const { by } = controlMoves[part.state][move.step] ?? {};
  if (!by) throw new Problem('invalid', `A part that is ${part.state} takes no ${move.step}.`, { step: move.step });
  const maker = by === 'above' ? part.parent : part.division;
  if (maker !== caller) throw new Problem('not_allowed', `This ${move.step} is for ${maker}, not ${caller}.`);
  if (by === 'top' && part.parent !== null)
    throw new Problem('not_allowed', 'Only the level that pushed it closes it.');
  if (by === 'lower' && part.parent === null) throw new Problem('invalid', 'The top closes; it has none to report to.');
  const above = parts.find(({ division }) => division === part.parent);
  if (by === 'above' && above && isDone(above.state))
    throw new Problem('invalid', 'What has been reported on is not sent back any more.');
};

/** Throws unless the caller may make the move of this part now, and it carries what it must. */
export const checkControlMove = (
  parts: readonly Standing[],
  part: Standing,
  move: ControlMove,
  caller: string,
): void => {
  checkMaker(parts, part, move, caller);
  if ((move.step === 'pass') !== move.children.length > 0)
    throw refuse('control_below', 'A pass, and nothing else, names divisions right below, each with its duty.');
  const hasWords = move.step === 'report' || move.step === 'return' || move.step === 'close';
  if (hasWords && move.note.length < 2) throw refuse('words_missing', `Say in the note what this ${move.step} says.`);
  const open = openBelow(parts, part.division);
  const isEarly = open.length > 0 && (move.step === 'close' || (move.step === 'report' && move.reason.length < 2));
  if (isEarly) throw refuse('control_open', `Not reported yet: ${open.join(', ')}.`, { n: open.length });
};

/**
 * How much a post sees of a part: all of his own branch and of those above him; of a branch beside his, whose part it
 * is and how far, without its words; of what lies deeper there, nothing.
 */
export const sightOf = (
  part: { path: string; parent: string | null },
  caller: { path: string },
  parentPath: string | null,
): 'all' | 'beside' | 'none' => {
  if (part.path.startsWith(caller.path) || caller.path.startsWith(part.path)) return 'all';
  return parentPath !== null && caller.path.startsWith(parentPath) ? 'beside' : 'none';
};
