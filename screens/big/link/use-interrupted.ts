'use client';

import { useEffect } from 'react';
import { useTRPCClient } from '@/components/feed/trpc';
import type { InterruptStep } from '@/data/model/cast';
import { useWallLink } from './wall-link';

/** Tells who is at this wall what interrupts it and how far; `null` = nothing, undefined = not known yet. */
export const useInterrupted = (event: string | null | undefined, step: InterruptStep | null): void => {
  const client = useTRPCClient();
  const { key, isConnected } = useWallLink();
  useEffect(() => {
    if (!key || !isConnected || event === undefined) return;
    const by = event !== null && step !== null ? { event, step } : null;
    // what a lost line swallowed is said again once it stands
    void client.wall.interrupted.mutate({ key, by }).catch(() => {});
  }, [client, key, isConnected, event, step]);
};
