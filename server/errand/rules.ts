import type { ErrandKind, ErrandMove } from '@/data/model/errand';
import { resultsOf } from '@/data/model/errand';

type State = {
  kind: ErrandKind;
  version: number;
  receivedAt: Date | null;
  finishedAt: Date | null;
  voidAt: Date | null;
};

/** Why a step cannot be taken as the errand stands; null = it can. */
export type ErrandFault = 'void' | 'stale' | 'step' | 'result';

/** Steps follow one another: received, then finished with a result of its own kind; what was taken back takes none. */
export const faultOfStep = (errand: State, { version, step, result }: ErrandMove): ErrandFault | null => {
  if (errand.voidAt !== null) return 'void';
  if (errand.version !== version) return 'stale';
  const next = errand.receivedAt === null ? 'receive' : errand.finishedAt === null ? 'finish' : null;
  if (step !== next) return 'step';
  return result === null || resultsOf(errand.kind).includes(result) ? null : 'result';
};

/** The grid that inspects what another handled: the next one of the community, around; null = there is no other. */
export const inspectorOf = (grid: string, grids: readonly string[]): string | null => {
  const at = grids.indexOf(grid);
  const next = grids[(at + 1) % grids.length];
  return at < 0 || next === undefined || next === grid ? null : next;
};
