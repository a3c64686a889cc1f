'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { uploadPicture } from './photo-upload';
import { useTRPC, useTRPCClient } from './trpc';
import { type Ports, type QueueItem, Refused, sendQueue } from './upload-queue';
import { putItem, readItems, removeItem } from './worker-store';

export type Uploads = {
  /** What this post has written and the server has not taken, the oldest first. */
  items: QueueItem[];
  isSending: boolean;
  add: (item: QueueItem) => Promise<void>;
  /** Takes a refusal back and sends again: a move on the case as it is now, as somebody has seen that it changed. */
  retry: (item: QueueItem) => Promise<void>;
  discard: (key: string) => Promise<void>;
};

const UploadContext = createContext<Uploads | null>(null);

export const useUploads = (): Uploads => {
  const uploads = useContext(UploadContext);
  if (!uploads) throw new Error('useUploads needs an UploadProvider above it.');
  return uploads;
};

const againMs = 15_000;
const transient = ['busy', 'unavailable'];

type Told = { data?: { problem?: { code: string; params?: { reason?: string } } | null } | null };

/** An answer that says no for good becomes a refusal; the rest is tried again. */
const orRefused = async <T,>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    const problem = (error as Told).data?.problem;
    if (!problem || transient.includes(problem.code)) throw error;
    throw new Refused({ code: problem.code, reason: problem.params?.reason ?? null });
  }
};

/** Epoch ms by the server, as of now; null when it is not reached. */
const askTime = async (): Promise<number | null> => {
  const answer = await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(8_000) }).catch(
    () => null,
  );
  const at = Date.parse(answer?.headers.get('date') ?? '');
  return answer?.ok && !Number.isNaN(at) ? at : null;
};

const usePorts = (): Omit<Ports, 'now'> => {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      put: putItem,
      remove: removeItem,
      upload: async (picture) => (await uploadPicture(picture)).id,
      report: (input) => orRefused(client.event.report.mutate({ ...input, source: '01' })),
      move: (input) => orRefused(client.event.move.mutate(input)),
      errand: (input) => orRefused(client.errand.move.mutate(input)),
      visit: (input) => orRefused(client.verify.visit.mutate(input)),
      care: (input) => orRefused(client.care.visit.mutate(input)),
      collect: (input) => orRefused(client.collection.submit.mutate(input)),
      special: (input) => orRefused(client.collection.submitForm.mutate(input)),
      read: (input) => orRefused(client.notice.read.mutate(input)),
    }),
    [client],
  );
};

/** Keeps what is written on the device and sends it when the server can be reached: at once, on return, every 15 s. */
export const UploadProvider = ({ post, children }: { post: string; children: ReactNode }) => {
  const [items, setItems] = useState<QueueItem[]>([]);
  const [isSending, setSending] = useState(false);
  const ports = usePorts();
  const api = useTRPC();
  const client = useTRPCClient();
  const cache = useQueryClient();
  const busy = useRef(false);
  const readOwn = useCallback(async () => (await readItems()).filter((item) => item.post === post), [post]);
  const reload = useCallback(async () => {
    const own = await readOwn();
    setItems(own);
    return own;
  }, [readOwn]);
  const send = useCallback(async () => {
    const waiting = (await reload()).filter(({ refused }) => !refused);
    if (busy.current || waiting.length === 0) return;
    busy.current = true;
    setSending(true);
    const startedAt = await askTime();
    const offset = (startedAt ?? 0) - Date.now();
    if (startedAt !== null) await sendQueue(await reload(), { ...ports, now: () => Date.now() + offset });
    busy.current = false;
    setSending(false);
    const left = (await readOwn()).filter(({ refused }) => !refused);
    // What was written is shown until what came of it is there: else a case stands for a moment as it was before. What
    // was refused says that something is not as it was shown.
    if (left.length !== waiting.length)
      await Promise.all(
        [api.event, api.errand, api.verify, api.care, api.collection, api.notice].map((module) =>
          cache.invalidateQueries(module.pathFilter()),
        ),
      );
    await reload();
  }, [readOwn, reload, ports, cache, api]);
  useEffect(() => {
    const start = () => void send();
    start();
    const timer = setInterval(start, againMs);
    window.addEventListener('online', start);
    document.addEventListener('visibilitychange', start);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', start);
      document.removeEventListener('visibilitychange', start);
    };
  }, [send]);
  const renew = useCallback(
    async (item: QueueItem): Promise<QueueItem> => {
      if (item.kind !== 'move' || item.refused?.code !== 'conflict') return { ...item, refused: null };
      const { version } = await client.event.byId.query({ id: item.input.id });
      return { ...item, refused: null, input: { ...item.input, version } };
    },
    [client],
  );
  const value = useMemo<Uploads>(() => {
    const change = async (work: Promise<unknown>) => {
      await work;
      await reload();
      void send();
    };
    return {
      ...{ items, isSending },
      add: (item) => change(putItem(item)),
      retry: (item) => change(renew(item).then(putItem)),
      discard: (key) => change(removeItem(key)),
    };
  }, [items, isSending, reload, send, renew]);
  return <UploadContext.Provider value={value}>{children}</UploadContext.Provider>;
};
