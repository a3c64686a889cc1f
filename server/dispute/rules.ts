import { type DisputeMove, type DisputeStatus, disputeEnded, disputeMoves } from '@/data/model/dispute';
import { Problem } from '@/data/model/problem';
import { isAggregateOnly, type Role, type Scope } from '@/data/model/scope';

const readers: readonly Role[] = ['R2', 'R3', 'R4', 'R5', 'R6'];
const reporters: readonly Role[] = ['R2', 'R3', 'R4', 'R5'];

type Caller = Pick<Scope, 'role' | 'screen'>;

/** Whether the caller works on disputes one by one; walls and roles that get aggregates never do. */
export const canReadDisputes = (scope: Caller): boolean => !isAggregateOnly(scope) && readers.includes(scope.role);

export const canReportDispute = (scope: Caller): boolean => canReadDisputes(scope) && reporters.includes(scope.role);

/** Moves the caller may make from a status. */
export const disputeMovesOf = (scope: Caller, from: DisputeStatus): DisputeStatus[] =>
  canReadDisputes(scope)
    ? (Object.entries(disputeMoves[from]) as [DisputeStatus, readonly Role[]][]).flatMap(([to, roles]) =>
        roles.includes(scope.role) ? [to] : [],
      )
    : [];

export const hasDisputeEnded = (status: DisputeStatus): boolean => disputeEnded.includes(status);

/** What a move must carry, and what it must not. */
export const checkDisputeMove = (scope: Caller, from: DisputeStatus, move: DisputeMove): void => {
  const roles = disputeMoves[from][move.to];
  if (!roles) throw new Problem('invalid', `A dispute does not go from ${from} to ${move.to}.`);
  if (!disputeMovesOf(scope, from).includes(move.to))
    throw new Problem('not_allowed', `${from} to ${move.to} is for ${roles.join(', ')}, not ${scope.role}.`);
  const isDistribution = move.to === 'distributed';
  if (isDistribution !== (move.lead !== null))
    throw new Problem(
      'invalid',
      isDistribution ? 'A distribution names the department that leads.' : 'Only a distribution names departments.',
    );
  if (move.lead !== null && move.assist.includes(move.lead))
    throw new Problem('invalid', `Department ${move.lead} leads; it does not assist as well.`);
  const isOutcome = move.to === 'settled' || move.to === 'referred';
  if (isOutcome !== (move.method !== null))
    throw new Problem(
      'invalid',
      isOutcome ? 'An outcome names how it was reached.' : 'Only an outcome names how it was reached.',
    );
  if ((move.to === 'assessed') !== (move.score !== null))
    throw new Problem('invalid', 'A score from 1 to 5 belongs to the assessment, and to it alone.');
  const isBack =
    from === 'settled' || from === 'referred' || move.to === 'void' || (from === 'mediating' && isDistribution);
  if (isBack && move.to !== 'reviewed' && move.note === '') throw new Problem('invalid', 'Say why in the note.');
};

/** Scale (事件规模) of a number of people: the last class that begins at or below it. */
export const scaleOf = (classes: readonly { code: string; from: number }[], nPeople: number): string =>
  classes.filter(({ from }) => from <= nPeople).sort((a, b) => b.from - a.from)[0]?.code ?? '';
