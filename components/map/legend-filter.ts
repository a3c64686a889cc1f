import type { FilterField, View } from '@/data/model/view';

/** Values that a layer's own legend has chosen of a field; empty = all. */
export const ownValues = (filters: View['filters'], layer: string, field: FilterField): string[] =>
  filters.find((clause) => clause.source === layer && clause.field === field)?.values ?? [];

/** Whether a row passes the clauses on fields that it carries; `own` = its layer, whose clauses count too. */
export const passesClauses = (filters: View['filters'], fields: Partial<Record<FilterField, string | null>>): boolean =>
  filters.every(({ field, values }) => {
    const value = fields[field];
    return value === undefined || values.length === 0 || values.includes(value ?? 'none');
  });
