'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { keepAnswers, restoreAnswers } from './kept-answers';

const keepMs = 3_000;
const probeMs = 4_000;
/** Parts of a page a browser remembers; it stops at 250 by itself. */
const mostParts = 1_000;

/** What the server says of itself; null = it is not to be reached in time. */
const probe = async (): Promise<{ build: string | null } | null> => {
  if (!navigator.onLine) return null;
  return fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(probeMs) })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
};

/** Takes up what was kept; it is all asked again where the server may yet answer. A device without a store has nothing. */
const takeUp = async (client: QueryClient): Promise<void> => {
  await restoreAnswers(client).catch(() => undefined);
  if (navigator.onLine) await client.invalidateQueries({ refetchType: 'none' });
};

/** Parts of this page that came before the service worker was there. */
const partsOfPage = (): string[] => [
  window.location.pathname,
  ...performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${window.location.origin}/_next/static/`)),
];

/** Resolves when a service worker answers for this page: from then on it sees every part that comes. */
const isControlled = (): Promise<void> =>
  new Promise((resolve) => {
    if (navigator.serviceWorker.controller) resolve();
    else navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
  });

/** Lets the service worker keep this page; a build alone has one, as pages under development change by themselves. */
const keepPage = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/service-worker.js');
  await isControlled();
  const message = { type: 'CACHE_URLS', payload: { urlsToCache: partsOfPage() } };
  navigator.serviceWorker.controller?.postMessage(message);
};

/** Keeps answers as they come, at most every three seconds. */
const keepFrom = (client: QueryClient): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = client.getQueryCache().subscribe(({ type }) => {
    if (type !== 'updated') return;
    timer ??= setTimeout(() => {
      timer = null;
      keepAnswers(client).catch(() => stop());
    }, keepMs);
  });
  return () => {
    stop();
    clearTimeout(timer ?? undefined);
  };
};

/**
 * Memory of a tablet: the last answers are kept on it, and shown with their age when the server cannot be reached. The
 * children wait until it is known whether it can.
 */
export const OfflineMemory = ({ children }: { children: ReactNode }) => {
  const client = useQueryClient();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let stop = () => {};
    let isGone = false;
    performance.setResourceTimingBufferSize(mostParts);
    const start = async () => {
      const server = await probe();
      if (!server) await takeUp(client);
      if (isGone) return;
      setReady(true);
      stop = keepFrom(client);
      if (server?.build) await keepPage();
    };
    void start();
    return () => {
      isGone = true;
      stop();
    };
  }, [client]);
  return isReady ? children : null;
};
