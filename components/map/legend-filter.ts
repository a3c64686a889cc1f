import type { ClassChoice, FilterField, View } from '@/data/model/view';
import type { ClassKey } from './encode';

/** Values that a layer's own legend has chosen of a field; empty = all. */
export const ownValues = (filters: View['filters'], layer: string, field: FilterField): string[] =>
  filters.find((clause) => clause.source === layer && clause.field === field)?.values ?? [];

/** Whether a row passes the clauses on fields that it carries; `own` = its layer, whose clauses count too. */
export const passesClauses = (filters: View['filters'], fields: Partial<Record<FilterField, string | null>>): boolean =>
  filters.every(({ field, values }) => {
    const value = fields[field];
    return value === undefined || values.length === 0 || values.includes(value ?? 'none');
  });

const isOf =
  ({ layer, metric, by }: ClassKey) =>
  (choice: ClassChoice): boolean =>
    choice.layer === layer && choice.metric === metric && choice.by === by;

/** Classes chosen of what is classed; undefined = all. */
export const choiceOf = (classes: View['classes'], key: ClassKey): ClassChoice | undefined => classes.find(isOf(key));

/** The choices of classes with that of one layer replaced; nothing shown removes it. */
export const withChoice = (classes: View['classes'], choice: ClassChoice): View['classes'] => [
  ...classes.filter(({ layer }) => layer !== choice.layer),
  ...(choice.shown.length > 0 ? [choice] : []),
];

/** Classes that are switched off: of `n`, and the one after them for no data. */
export const classesOff = (choice: ClassChoice | undefined, n: number): ReadonlySet<number> =>
  new Set(choice ? Array.from({ length: n + 1 }, (_, i) => i).filter((i) => !choice.shown.includes(i)) : []);

/**
 * Values chosen after a click on one of a legend, empty = all: a click switches it, with Alt it stays alone, and the one
 * that stands alone brings all back.
 */
export const chosenAfter = <T>(all: readonly T[], chosen: readonly T[], value: T, isAlone: boolean): T[] => {
  if (isAlone) return chosen.length === 1 && chosen[0] === value ? [] : [value];
  const shown = chosen.length === 0 ? all : chosen;
  const next = all.filter((known) => (known === value ? !shown.includes(known) : shown.includes(known)));
  return next.length === all.length ? [] : next;
};
