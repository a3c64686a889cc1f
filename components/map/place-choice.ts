import { FilterField, type View } from '@/data/model/view';
import type { Divisions } from '../feed/divisions';
import { withClause } from '../feed/view';

/** Source of the clause on several places: ranking and map set the same one. */
export const placeSource = 'rank-board';

const selectedOf = ({ selection }: View): string[] => /^division:(.+)$/.exec(selection ?? '')?.slice(1) ?? [];

/** Places chosen together at a level; empty = none, or one alone, which is the selection. */
export const chosenPlaces = ({ filters }: View, level: string): readonly string[] =>
  filters.find(({ source, field }) => source === placeSource && field === level)?.values ?? [];

/** The View with places of a level chosen: several are a filter, one is looked at, none leaves neither. */
export const choosePlaces = (view: View, level: string, codes: readonly string[]): Partial<View> => {
  const field = FilterField.safeParse(level).data;
  const rest = view.filters.filter(({ source }) => source !== placeSource);
  const [only] = codes;
  if (!only) return { selection: null, filters: rest };
  if (codes.length === 1 || !field) return { selection: `division:${only}`, filters: rest };
  return {
    selection: null,
    filters: withClause({ ...view, filters: rest }, { source: placeSource, field, values: [...codes] }),
  };
};

/** The community or sub-district of a division, which can be chosen together with others; null above them. */
const choosable = (divisions: Divisions, code: string) => {
  let node = divisions.byCode(code);
  while (node && !FilterField.safeParse(node.level).success) node = divisions.byCode(node.parent);
  return node;
};

/** Adds the place a division lies in to those chosen, or takes it off them. */
export const togglePlace = (view: View, divisions: Divisions, code: string): Partial<View> | null => {
  const place = choosable(divisions, code);
  if (!place) return null;
  const several = chosenPlaces(view, place.level);
  const isPeer = (selected: string) => choosable(divisions, selected)?.level === place.level;
  const before = several.length > 0 ? several : selectedOf(view).filter(isPeer);
  const after = before.includes(place.code)
    ? before.filter((chosen) => chosen !== place.code)
    : [...before, place.code];
  return choosePlaces(view, place.level, after);
};
