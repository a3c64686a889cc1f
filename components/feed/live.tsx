'use client';

import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { EventRow, LiveItem } from '@/data/model/event';
import type { ScreenKey } from '@/data/model/scope';
import { makeCatchUp } from './catch-up';
import { useTick } from './clock';
import { useDrill } from './drill';
import { useText } from './text';
import { type Api, useTRPC } from './trpc';

/** Feed silence after which every live panel turns stale. */
const silenceMs = 15_000;
/** Lists and figures are asked again at most this often while changes stream in … */
const refetchMs = 2_000;
/** … and at least this often while none do: today ends, limits pass, shifts begin without a change. */
export const askAgainMs = 60_000;
/** Waits between attempts to open a feed that is lost. */
const reopenMs = 10_000;
/** A feed opened anew without having heard anything is told to ask again: what it missed can't be known. */
const unknownCursor = 'none';

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

/** Whether a cached answer is about now: the past does not change with the feed. */
export const isLive = ({ queryKey }: Pick<Query, 'queryKey'>): boolean => {
  const [, options] = queryKey as [unknown, { input?: { at?: string | null; question?: { at?: string | null } } }?];
  return (options?.input?.at ?? options?.input?.question?.at ?? null) === null;
};

const mergeIntoCache = (client: QueryClient, api: Api, row: EventRow) => {
  for (const filter of [api.event.points.pathFilter(), api.event.list.pathFilter()]) {
    client.setQueriesData<{ rows: EventRow[] }>({ ...filter, predicate: isLive }, (list) => mergeEvent(list, row));
  }
};

const askAgain = (client: QueryClient, api: Api) => {
  const live = [
    api.metric,
    api.event,
    api.dispatch.desk,
    api.entity,
    api.workforce,
    api.alert,
    api.weather,
    api.beach,
    api.supervision,
    api.notice,
    api.volunteer,
  ];
  for (const module of live) void client.invalidateQueries({ ...module.pathFilter(), predicate: isLive });
};

/** Instant the oldest figure on the screen stands at; null = none is on it. */
const figuresAt = (client: QueryClient, api: Api): number | null => {
  const asked = client.getQueryCache().findAll({ ...api.metric.pathFilter(), type: 'active', predicate: isLive });
  const instants = asked.flatMap(({ state }) => {
    const { asOf } = (state.data ?? {}) as { asOf?: unknown };
    return typeof asOf === 'string' ? [Date.parse(asOf)] : [];
  });
  // those of a period that is over stand at its end for good
  const newest = Math.max(...instants);
  return instants.length === 0 ? null : Math.min(...instants.filter((at) => at > newest - askAgainMs));
};

/**
 * Hands on what the feed tells. A browser opens a line that ended anew by itself, with the cursor it heard last; one it gave
 * up on (an answer that is no 200), or that is silent, is opened anew here.
 */
const useChanges = (screen: ScreenKey, isLost: boolean, take: (item: LiveItem) => void) => {
  const drill = useDrill();
  const cursor = useRef<string | null>(null);
  const [nOpened, setOpened] = useState(0);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    const said = { screen, ...(drill === null ? {} : { drill }) };
    const from = cursor.current ?? (nOpened === 0 ? null : unknownCursor);
    const query = new URLSearchParams(from === null ? said : { ...said, from });
    const source = new EventSource(`/api/live?${query}`);
    setRefused(false);
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      cursor.current = lastEventId;
      for (const item of JSON.parse(data) as LiveItem[]) take(item);
    };
    source.onerror = () => setRefused(source.readyState === EventSource.CLOSED);
    return () => source.close();
  }, [screen, drill, nOpened, take]);
  useEffect(() => {
    if (!isLost && !isRefused) return;
    const timer = setInterval(() => setOpened((n) => n + 1), reopenMs);
    return () => clearInterval(timer);
  }, [isLost, isRefused]);
};

export const LiveProvider = ({ screen, children }: { screen: ScreenKey; children: ReactNode }) => {
  const api = useTRPC();
  const client = useQueryClient();
  const { t } = useText();
  const tick = useTick();
  const [asOf, setAsOf] = useState<Date | null>(null);
  const [seenAt, setSeenAt] = useState(() => Date.now());
  const askedAt = useRef(Date.now());
  const [catchUp] = useState(makeCatchUp);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);

  const refetchSoon = useCallback(() => {
    pending.current ??= setTimeout(() => {
      pending.current = null;
      askedAt.current = Date.now();
      askAgain(client, api);
    }, refetchMs);
  }, [client, api]);

  const onItem = useCallback(
    (item: LiveItem) => {
      setSeenAt(Date.now());
      if (item.kind === 'clock') {
        setAsOf(new Date(item.asOf));
        const isBehind = catchUp.isBehind(Date.parse(item.asOf), figuresAt(client, api));
        if (isBehind || Date.now() - askedAt.current > askAgainMs) refetchSoon();
        return;
      }
      catchUp.changed();
      // A bulk load, or boundaries cut anew.
      if (item.kind === 'refetch') void client.invalidateQueries(api.dictionary.installation.queryFilter());
      if (item.kind === 'event' && item.event) mergeIntoCache(client, api, item.event);
      refetchSoon();
    },
    [client, api, catchUp, refetchSoon],
  );

  useEffect(() => () => clearTimeout(pending.current ?? undefined), []);

  const silence = tick - seenAt;
  const isLost = silence > silenceMs;
  useChanges(screen, isLost, onItem);
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
