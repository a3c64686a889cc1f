'use client';

import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { View } from '@/data/model/view';
import { stepClock } from '../chart/rail';
import { atInstant, instantOfKey } from './replay-key';

/** Least time a step is looked at; and the most it waits for slow answers. */
const leastMs = 700;
const mostMs = 4_000;
const beatMs = 100;

type ReplayOptions = {
  view: View;
  set: (patch: Partial<View>) => void;
  stepHours: number;
  /** Epoch ms the data reaches to. */
  live: number;
  /** Where a replay begins when the clock is live. */
  from: number;
};

/** Instant the clock stands at a step on; null = caught up with the end. */
const nextOf = ({ view, stepHours, live }: ReplayOptions, steps: number): string | null => {
  const at = view.at === null ? live : Date.parse(view.at);
  const next = stepClock(at, steps * stepHours, live);
  return next === null ? null : new Date(next).toISOString();
};

/** Asks all that stands on the screen for the next instant too, and lets go of what was asked for passed ones. */
const askAhead = (client: QueryClient, at: string, next: string): void => {
  const cache = client.getQueryCache();
  const isPassed = (key: QueryKey) => ![null, at, next].includes(instantOfKey(key));
  for (const query of cache.findAll({ type: 'inactive', predicate: ({ queryKey }) => isPassed(queryKey) }))
    cache.remove(query);
  for (const { queryKey, options } of cache.findAll({ type: 'active' })) {
    const ahead = atInstant(queryKey, at, next);
    if (ahead && typeof options.queryFn === 'function')
      void client.prefetchQuery({ queryKey: ahead, queryFn: options.queryFn });
  }
};

/**
 * Moves the clock of the View step by step (回放): each step is shown once all panels have answered it, and the answers
 * of the next one are fetched meanwhile. Ends where the data or a fixed period ends.
 */
export const useReplay = (options: ReplayOptions) => {
  const client = useQueryClient();
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const move = (steps: number, stepHours: number): void => {
    const { view, set } = latest.current;
    const next = nextOf({ ...latest.current, stepHours }, steps);
    if (next === null) setPlaying(false);
    set({ at: next, period: view.period });
  };
  const play = useRef(move);
  useEffect(() => {
    play.current = move;
  });
  useEffect(() => {
    if (!isPlaying) return;
    let steppedAt = performance.now();
    let askedAt: string | null = null;
    const timer = setInterval(() => {
      const { view, stepHours } = latest.current;
      const isBusy = client.isFetching({ type: 'active' }) > 0;
      const next = nextOf(latest.current, speed);
      if (!isBusy && view.at !== null && next !== null && askedAt !== view.at) {
        askedAt = view.at;
        askAhead(client, view.at, next);
      }
      const waited = performance.now() - steppedAt;
      if (waited < leastMs || (waited < mostMs && client.isFetching() > 0)) return;
      steppedAt = performance.now();
      play.current(speed, stepHours);
    }, beatMs);
    return () => clearInterval(timer);
  }, [isPlaying, speed, client]);

  const toggle = (): void => {
    const { view, set, from, live } = latest.current;
    const isAtEnd = view.at === null || Date.parse(view.at) >= live;
    if (!isPlaying && isAtEnd) set({ at: new Date(from).toISOString(), period: view.period });
    setPlaying(!isPlaying);
  };
  return {
    isPlaying,
    toggle,
    /** One hour on or back, whatever the replay's step. */
    step: (direction: 1 | -1) => move(direction, 1),
    speed,
    setSpeed,
    stop: () => setPlaying(false),
  };
};
