'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { View } from '@/data/model/view';
import { stepClock } from '../chart/rail';

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

/** Moves the clock of the View step by step (回放): each step is shown once all panels have answered it. */
export const useReplay = (options: ReplayOptions) => {
  const client = useQueryClient();
  const [isPlaying, setPlaying] = useState(false);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const step = (direction: 1 | -1, factor = 1): void => {
    const { view, set, stepHours, live } = latest.current;
    const at = view.at === null ? live : Date.parse(view.at);
    const next = stepClock(at, direction * factor * stepHours, live);
    if (next === null) setPlaying(false);
    set({ at: next === null ? null : new Date(next).toISOString() });
  };

  const play = useRef(step);
  useEffect(() => {
    play.current = step;
  });
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    if (!isPlaying) return;
    let steppedAt = performance.now();
    const timer = setInterval(() => {
      const waited = performance.now() - steppedAt;
      if (waited < leastMs || (waited < mostMs && client.isFetching() > 0)) return;
      steppedAt = performance.now();
      play.current(1, speed);
    }, beatMs);
    return () => clearInterval(timer);
  }, [isPlaying, speed, client]);

  const toggle = (): void => {
    const { view, set, from } = latest.current;
    if (!isPlaying && view.at === null) set({ at: new Date(from).toISOString() });
    setPlaying(!isPlaying);
  };
  return { isPlaying, toggle, step, speed, setSpeed, stop: () => setPlaying(false) };
};
