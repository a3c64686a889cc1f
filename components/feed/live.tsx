'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { EventRow, LiveItem } from '@/data/model/event';
import { useTick } from './clock';
import { useText } from './text';
import { type Api, useTRPC } from './trpc';

/** Feed silence after which every live panel turns stale. */
const silenceMs = 15_000;
/** Lists and figures are asked again at most this often while changes stream in. */
const refetchMs = 2_000;

type Live = {
  /** Instant the feed is up to (截至); null before the first item. */
  asOf: Date | null;
  isLost: boolean;
  /** Words for how old the data is; null while live. */
  age: string | null;
};

const LiveContext = createContext<Live>({ asOf: null, isLost: false, age: null });
export const useLive = (): Live => useContext(LiveContext);

/** Puts a newer image of a row into cached lists; older or equal versions change nothing. */
export const mergeEvent = <T extends { rows: EventRow[] }>(list: T | undefined, row: EventRow): T | undefined => {
  const known = list?.rows.find(({ id }) => id === row.id);
  if (!list || !known || known.version >= row.version) return list;
  return { ...list, rows: list.rows.map((old) => (old.id === row.id ? row : old)) };
};

const mergeIntoCache = (client: QueryClient, api: Api, row: EventRow) => {
  for (const filter of [api.event.points.pathFilter(), api.event.list.pathFilter()]) {
    client.setQueriesData<{ rows: EventRow[] }>(filter, (list) => mergeEvent(list, row));
  }
};

export const LiveProvider = ({ children }: { children: ReactNode }) => {
  const api = useTRPC();
  const client = useQueryClient();
  const { t } = useText();
  const tick = useTick();
  const [asOf, setAsOf] = useState<Date | null>(null);
  const [seenAt, setSeenAt] = useState(0);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);

  const refetchSoon = useCallback(() => {
    pending.current ??= setTimeout(() => {
      pending.current = null;
      void client.invalidateQueries(api.metric.pathFilter());
      void client.invalidateQueries(api.event.pathFilter());
      void client.invalidateQueries(api.workforce.pathFilter());
    }, refetchMs);
  }, [client, api]);

  const onItem = useCallback(
    (item: LiveItem) => {
      setSeenAt(Date.now());
      if (item.kind === 'clock') return setAsOf(new Date(item.asOf));
      if (item.kind === 'event' && item.event) mergeIntoCache(client, api, item.event);
      refetchSoon();
    },
    [client, api, refetchSoon],
  );

  useSubscription(api.live.changes.subscriptionOptions(undefined, { onData: ({ data }) => onItem(data) }));
  useEffect(() => () => clearTimeout(pending.current ?? undefined), []);

  const silence = seenAt === 0 ? 0 : tick - seenAt;
  const isLost = silence > silenceMs;
  const value = useMemo<Live>(
    () => ({
      asOf,
      isLost,
      age: isLost ? t('common.age.minutes', { minutes: Math.max(1, Math.round(silence / 60_000)) }) : null,
    }),
    [asOf, isLost, silence, t],
  );
  return <LiveContext.Provider value={value}>{children}</LiveContext.Provider>;
};
