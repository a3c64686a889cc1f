import { nameable, rankAttention } from '@/data/model/attention';
import type { LngLat } from '@/data/model/geo';
import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { eventById, listOpenEvents } from '../event/store';
import { readBuilding } from '../place/store';
import { readAsset } from './store';

/** What forces are looked for around: a selection, or a bare point (`selection` null). */
export type Target = { selection: string | null; position: LngLat };

/** Events looked through for the most severe one: those of the attention list. */
const limit = 60;

/** The open event that needs attention most, as the caller's attention list ranks them; null = none is open. */
const mostSevere = async (connection: Connection, scope: Scope, at: Date | null): Promise<Target | null> => {
  const question = {
    division: null,
    period: 'all' as const,
    at: at?.toISOString() ?? null,
    filters: [],
    known: 'now' as const,
  };
  const open = await listOpenEvents(connection, scope, question, { sort: 'urgency', limit, offset: 0 });
  const rows = isAggregateOnly(scope) ? nameable(open.rows) : open.rows;
  const [row] = rankAttention(
    rows.filter(({ position }) => position !== null),
    Date.parse(open.asOf),
  );
  return row?.position ? { selection: `event:${row.id}`, position: row.position } : null;
};

/**
 * Place of a selected event, building or asset as the caller may see it; of the most severe open event when nothing is
 * selected. Null = it has no place, or it is of a kind that has none of its own.
 */
export const readTarget = async (
  connection: Connection,
  scope: Scope,
  query: { selection: string | null; at: Date | null },
): Promise<Target | null> => {
  const { selection, at } = query;
  if (selection === null) return mostSevere(connection, scope, at);
  const [kind = '', code = ''] = selection.split(':');
  const readers: Record<string, () => Promise<{ position: LngLat | null }>> = {
    event: () => eventById(connection, scope, code, { at, known: 'now' }),
    building: () => readBuilding(connection, scope, code, { at, known: 'now' }),
    asset: () => readAsset(connection, scope, code),
  };
  const position = (await readers[kind]?.())?.position ?? null;
  return position && { selection, position };
};
