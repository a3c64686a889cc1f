import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import type { FilterField, View } from '@/data/model/view';

/** A value of a facet: how many there are, and whether it is chosen. */
export type FacetRow = { code: string; cell: Cell; isChosen: boolean; share: number };

/** Source of a facet's clause: its own query leaves it out, the others keep it. */
export const facetSource = (field: string): string =>
  field === 'category' || field === 'categoryL1' ? 'facet-category' : `facet-${field}`;

/** Values a facet has in force. */
export const chosenOf = (view: View, field: FilterField): string[] =>
  view.filters.find((clause) => clause.source === facetSource(field) && clause.field === field)?.values ?? [];

type RowOrder = { codes?: readonly string[]; chosen: readonly string[] };

/** Rows of a facet: in the order given, or largest first; a chosen value stays even when nothing is left of it. */
export const facetRows = (answer: Answer, dimension: string, { codes, chosen }: RowOrder): FacetRow[] => {
  const cells = new Map(answer.cells.map((cell) => [cell.at[dimension] ?? noCode, cell]));
  const empty = (code: string): Cell => ({ at: { [dimension]: code }, value: 0, numerator: 0, denominator: 1, n: 0 });
  const known = codes ?? [...new Set([...cells.keys(), ...chosen])];
  const rows = known.map((code) => ({ code, cell: cells.get(code) ?? empty(code) }));
  const top = Math.max(1, ...rows.map(({ cell }) => cell.value ?? 0));
  const ordered = codes
    ? rows
    : rows.sort((a, b) => (b.cell.value ?? 0) - (a.cell.value ?? 0) || (a.code < b.code ? -1 : 1));
  return ordered.map(({ code, cell }) => ({
    code,
    cell,
    isChosen: chosen.includes(code),
    share: (cell.value ?? 0) / top,
  }));
};

/** The first rows and all chosen ones; the rest fold away. */
export const foldRows = (rows: readonly FacetRow[], shown: number): { open: FacetRow[]; folded: FacetRow[] } => ({
  open: rows.filter((row, i) => i < shown || row.isChosen),
  folded: rows.filter((row, i) => i >= shown && !row.isChosen),
});

export const toggled = (values: readonly string[], code: string): string[] =>
  values.includes(code) ? values.filter((value) => value !== code) : [...values, code];

/** Groups (大类) and kinds (小类) chosen; one of the two is empty, because clauses are joined by AND. */
export type CategoryChoice = { groups: string[]; kinds: string[] };
/** Kinds of each group. */
export type CategoryTree = ReadonlyMap<string, readonly string[]>;

const kindsOf = (tree: CategoryTree, groups: readonly string[]) =>
  groups.flatMap((group) => [...(tree.get(group) ?? [])]);

/** Whole groups as groups, anything else as kinds. */
const settle = (tree: CategoryTree, kinds: readonly string[]): CategoryChoice => {
  const touched = [...tree].filter(([, members]) => members.some((kind) => kinds.includes(kind)));
  const isWhole = touched.every(([, members]) => members.every((kind) => kinds.includes(kind)));
  return isWhole ? { groups: touched.map(([group]) => group), kinds: [] } : { groups: [], kinds: [...kinds] };
};

export const toggleGroup = (tree: CategoryTree, choice: CategoryChoice, group: string): CategoryChoice => {
  if (choice.kinds.length === 0) return { groups: toggled(choice.groups, group), kinds: [] };
  const members = tree.get(group) ?? [];
  const others = choice.kinds.filter((kind) => !members.includes(kind));
  const isWhole = members.every((kind) => choice.kinds.includes(kind));
  return settle(tree, isWhole ? others : [...others, ...members]);
};

export const toggleKind = (tree: CategoryTree, choice: CategoryChoice, kind: string): CategoryChoice =>
  settle(tree, toggled([...kindsOf(tree, choice.groups), ...choice.kinds], kind));

/** Whether all, some or none of a group is chosen. */
export const groupState = (tree: CategoryTree, choice: CategoryChoice, group: string): 'all' | 'some' | 'none' => {
  if (choice.groups.includes(group)) return 'all';
  return (tree.get(group) ?? []).some((kind) => choice.kinds.includes(kind)) ? 'some' : 'none';
};
