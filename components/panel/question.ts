import { askedBy, type Question, type View } from '@/data/model/view';

/** Kind and code of a selection; null when nothing is selected. */
export const partsOf = (selection: string | null): { kind: string; code: string } | null => {
  const at = selection?.indexOf(':') ?? -1;
  return selection && at > 0 ? { kind: selection.slice(0, at), code: selection.slice(at + 1) } : null;
};

/** Division the panels of a desk look at: the one selected on the map, else the one drilled to. */
export const focusOf = (view: View): string | null => {
  const selected = partsOf(view.selection);
  return selected?.kind === 'division' ? selected.code : view.division;
};

/** What a panel of a desk asks: the View without its own clauses, at the division in focus. */
export const questionOf = (panel: string, view: View): Question => ({
  ...askedBy(panel, view),
  division: focusOf(view),
});
