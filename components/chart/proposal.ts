import type { Answer, Cell } from '@/data/model/answer';
import { pickFocus } from './focus';

/** What a story's proposals rest on: rises by place, overdue by department, workers on duty by sub-district. */
export type ProposalBase = { byPlace: Answer; late: Answer; duty: Answer };

/** One thing to decide: `code` of the department or place, the cell it rests on, and how much there is of it. */
export type Proposal = { kind: 'supervise' | 'patrol' | 'duty'; code: string; answer: Answer; cell: Cell; n: number };

const missingOf = ({ denominator, numerator }: Cell): number => (denominator ?? 0) - (numerator ?? 0);

const largest = (cells: readonly Cell[], size: (cell: Cell) => number): Cell | null =>
  cells.reduce<Cell | null>((best, cell) => (size(cell) > (best ? size(best) : 0) ? cell : best), null);

/**
 * Proposals by rule: press the department with most overdue, patrol the place that rose most, fill the largest gap on
 * duty. None where there is nothing to press, patrol or fill.
 */
export const proposalsOf = ({ byPlace, late, duty }: ProposalBase): Proposal[] => {
  const worst = largest(late.cells, ({ value }) => value ?? 0);
  const focus = pickFocus(byPlace, byPlace.dimensions[0] ?? 'community');
  const gap = largest(duty.cells, missingOf);
  const proposals: (Proposal | null)[] = [
    worst && { kind: 'supervise', code: worst.at.department ?? '', answer: late, cell: worst, n: worst.value ?? 0 },
    focus && {
      ...{ kind: 'patrol', code: focus.code, answer: byPlace, cell: focus.cell },
      n: focus.value - focus.previous,
    },
    gap && { kind: 'duty', code: gap.at.subdistrict ?? '', answer: duty, cell: gap, n: missingOf(gap) },
  ];
  return proposals.filter((one) => one !== null);
};

/** What became of a proposal: the same figure later; null = it can no longer be told. */
export type Outcome = { proposal: Proposal; answer: Answer; cell: Cell; then: number; now: number; isBetter: boolean };

const dimensionOf: Record<Proposal['kind'], string> = {
  supervise: 'department',
  patrol: 'place',
  duty: 'subdistrict',
};

/** Figure a proposal is judged by: what is overdue, what was reported, who is missing. Smaller is better. */
const sizeOf = (kind: Proposal['kind'], cell: Cell): number => (kind === 'duty' ? missingOf(cell) : (cell.value ?? 0));

/** The outcomes of proposals by the same questions asked later; a code that is gone from an answer has come to 0. */
export const outcomesOf = (proposals: readonly Proposal[], now: ProposalBase): Outcome[] =>
  proposals.map((proposal) => {
    const { kind, code } = proposal;
    const answer = { supervise: now.late, patrol: now.byPlace, duty: now.duty }[kind];
    const dimension = kind === 'patrol' ? (now.byPlace.dimensions[0] ?? 'community') : dimensionOf[kind];
    const found = answer.cells.find((cell) => cell.at[dimension] === code);
    const cell = found ?? { at: { [dimension]: code }, value: 0, numerator: 0, denominator: 1, n: 0 };
    const [then, later] = [sizeOf(kind, proposal.cell), found ? sizeOf(kind, found) : 0];
    return { proposal, answer, cell, then, now: later, isBetter: later < then };
  });
