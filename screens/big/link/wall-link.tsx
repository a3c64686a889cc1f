'use client';

import { skipToken, useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { problemOf } from '@/components/feed/failure';
import { earOf, type LinkKey, readKey, writeKey } from '@/components/feed/kept-key';
import { useTRPC, useTRPCClient } from '@/components/feed/trpc';
import { type LinkItem, type LinkState, linkTimes, type WallCard } from '@/data/model/cast';
import type { LngLat } from '@/data/model/geo';
import { useApply } from './use-apply';

const keyName = 'gridhall.wall-key';
/** Waits between attempts to register and to open the line again. */
const againMs = 3_000;

/** What a wall knows of those who look at it and conduct it. */
export type WallLink = {
  key: LinkKey | null;
  /** Null before the server first answered; kept while it is away. */
  state: LinkState | null;
  isConnected: boolean;
  /** Where the conductor points; null when nobody does. */
  pointer: LngLat | null;
};

const WallLinkContext = createContext<WallLink>({ key: null, state: null, isConnected: false, pointer: null });
export const useWallLink = (): WallLink => useContext(WallLinkContext);

/** Registers this page as a wall under the key its browser keeps; again whenever the server knows it no more. */
const useRegistration = (card: WallCard) => {
  const client = useTRPCClient();
  const [key, setKey] = useState<LinkKey | null>(null);
  const [round, setRound] = useState(0);
  const { name, width, height, tier } = card;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round registers anew
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const register = async () => {
      try {
        const kept = await client.wall.register.mutate({ key: readKey(keyName), card: { name, width, height, tier } });
        if (!isCurrent) return;
        writeKey(keyName, kept);
        setKey(kept);
      } catch {
        if (isCurrent) timer = setTimeout(() => void register(), againMs);
      }
    };
    void register();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, name, width, height, tier, round]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  return { key, again };
};

/** Where the conductor pointed within the last seconds. */
const usePointer = () => {
  const [pointer, setPointer] = useState<LngLat | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const point = useCallback((at: LngLat) => {
    setPointer(at);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setPointer(null), linkTimes.pointerMs);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { pointer, point };
};

type Props = { card: WallCard; children: ReactNode };

/** The wall's end of the link (大中小屏联动): says who it is, shows what is cast, confirms what it has drawn. */
export const WallLinkProvider = ({ card, children }: Props) => {
  const api = useTRPC();
  const { key, again } = useRegistration(card);
  const [state, setState] = useState<LinkState | null>(null);
  const { pointer, point } = usePointer();
  const apply = useApply(key);
  const client = useQueryClient();
  const onItem = (item: LinkItem) => {
    if (item.kind === 'pointer') return point([item.lng, item.lat]);
    if (item.kind === 'acknowledged') return void client.invalidateQueries(api.wall.acknowledged.pathFilter());
    setState(item.state);
    apply(item.state);
  };
  const line = useSubscription(api.wall.follow.subscriptionOptions(key ? earOf(key) : skipToken, { onData: onItem }));
  const { status, error, reset } = line;
  useEffect(() => {
    if (status !== 'error') return;
    const isUnknown = ['not_allowed', 'not_found'].includes(problemOf(error));
    const timer = setTimeout(isUnknown ? again : reset, againMs);
    return () => clearTimeout(timer);
  }, [status, error, reset, again]);
  const isConnected = status === 'pending';
  const value = useMemo<WallLink>(() => ({ key, state, isConnected, pointer }), [key, state, isConnected, pointer]);
  return <WallLinkContext value={value}>{children}</WallLinkContext>;
};
