import { isAggregateOnly, type Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { eventsOfNumber, eventsWith, type Recent, type RecentEvent } from './recent';
import type { Shown } from './store';

/** `at`: reported by then, null = now; `rootPath` of the installation. */
type Sought = { text: string; at: Date | null; limit: number; rootPath: string };

/**
 * Events of a number, and of the recent ones those whose number begins with the words or whose title holds them, the
 * newest first. Those not placed belong to the whole installation. None where the caller gets aggregates only.
 */
export const findEvents = async (
  connection: Connection,
  scope: Scope,
  recent: () => Promise<Recent>,
  { text, at, limit, rootPath }: Sought,
): Promise<Shown[]> => {
  if (isAggregateOnly(scope)) return [];
  const isAll = rootPath.startsWith(scope.path);
  const isSeen = ({ path, reportedAt }: RecentEvent): boolean =>
    (isAll || (path?.startsWith(scope.path) ?? false)) && (at === null || reportedAt <= at.getTime());
  const [ofNumber, newest] = await Promise.all([eventsOfNumber(connection, text.toUpperCase()), recent()]);
  const found = [...ofNumber.filter(isSeen), ...eventsWith(newest, text, isSeen, limit)];
  const rows = [...new Map(found.map((event) => [event.id, event])).values()].slice(0, limit);
  return rows.map(({ id, number: name, title: detail, position }) => ({
    ...{ code: id, name, nameEn: name, detail, position },
  }));
};
