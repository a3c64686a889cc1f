'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { lifeTimes, look, newLife } from './life';
import { useWallLink } from './wall-link';

const reloadedName = 'gridhall.wall-reloaded';
const patienceMs = 4_000;

const readVersion = async (): Promise<string | null> => {
  try {
    const answer = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    const body = (await answer.json()) as { version?: unknown; build?: unknown };
    return answer.ok ? `${body.version} ${body.build}` : null;
  } catch {
    return null;
  }
};

const reload = (now: number) => {
  sessionStorage.setItem(reloadedName, String(now));
  window.location.reload();
};

/** Watches over a page that runs for weeks (看门狗): what to do is decided in `life.ts`. */
export const useLife = (): void => {
  const client = useQueryClient();
  const { state } = useWallLink();
  const isBusy = useRef(false);
  isBusy.current = state?.conductor != null || state?.interrupt != null;
  useEffect(() => {
    let life = newLife(Date.now(), Number(sessionStorage.getItem(reloadedName)) || 0);
    let wasFrozen = false;
    const worker = new Worker(new URL('./beat.worker.ts', import.meta.url));
    worker.onmessage = () => {
      wasFrozen = true;
    };
    const refetch = () => void client.invalidateQueries();
    const watch = async () => {
      const now = Date.now();
      worker.postMessage(now);
      const screen = document.querySelector<HTMLElement>('[data-screen]')?.dataset.state ?? 'waiting';
      const pulse = { now, screen, version: await readVersion(), isBusy: isBusy.current, wasFrozen };
      const { life: next, remedy } = look(life, pulse);
      life = next;
      if (remedy === 'refetch') refetch();
      if (remedy === 'reload') reload(now);
    };
    const onVisible = () => document.visibilityState === 'visible' && refetch();
    const timer = setInterval(() => void watch(), lifeTimes.lookMs);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearInterval(timer);
      worker.terminate();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [client]);
};
