import type { Answer } from '@/data/model/answer';
import type { EventRow } from '@/data/model/event';

/** What a layer shows, as rows (图层的表格): figures by one dimension, or events. */
export type TwinTable =
  | { layer: string; kind: 'figures'; answer: Answer; dimension: string }
  | { layer: string; kind: 'events'; rows: EventRow[] };

type Known = { layer: { key: string }; data: object | null };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isAnswer = (value: unknown): value is Answer =>
  isObject(value) && Array.isArray(value.cells) && typeof value.metric === 'string' && Array.isArray(value.dimensions);
const hasAll = (rows: unknown, keys: readonly string[]): boolean =>
  Array.isArray(rows) && rows.every((row) => isObject(row) && keys.every((key) => key in row));

const tableOf = (layer: string, value: unknown): TwinTable | null => {
  if (isAnswer(value)) {
    const dimension = value.dimensions[0];
    return dimension === undefined ? null : { layer, kind: 'figures', answer: value, dimension };
  }
  if (!isObject(value)) return null;
  if (hasAll(value.rows, ['id', 'level', 'stage', 'reportedAt', 'title']))
    return { layer, kind: 'events', rows: value.rows as EventRow[] };
  return null;
};

/** Tables of the layers shown, in their order; what two layers draw from one answer is one table. */
export const readTwin = (answers: readonly Known[]): TwinTable[] => {
  const seen = new Set<unknown>();
  return answers.flatMap(({ layer, data }) =>
    Object.values(data ?? {}).flatMap((value: unknown) => {
      const table = seen.has(value) ? null : tableOf(layer.key, value);
      seen.add(value);
      return table ? [table] : [];
    }),
  );
};
