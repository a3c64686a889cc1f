'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import { readOwn, writeOwn } from '@/components/feed/worker-store';
import type { DoubtTask } from '@/data/model/verify';

type Listed = Outputs['verify']['mine'];
export type VisitTask = DoubtTask & { isWaiting: boolean };

const pollMs = 60_000;

/**
 * Doubtful records of this post in the order they are walked, with what this device has written and not yet sent; without
 * a network the last list this device was told.
 */
export const useVisits = (post: string) => {
  const api = useTRPC();
  const { items } = useUploads();
  const asked = useQuery(api.verify.mine.queryOptions({}, { refetchInterval: pollMs, staleTime: pollMs, retry: 1 }));
  const [kept, setKept] = useState<Listed | null>(null);
  useEffect(() => {
    readOwn<Listed>('verify', post).then(setKept, () => setKept(null));
  }, [post]);
  const { data } = asked;
  useEffect(() => {
    if (data) void writeOwn('verify', post, data).catch(() => undefined);
  }, [data, post]);
  const listed = data ?? kept;
  const waiting = new Set(
    items.flatMap((item) => (item.kind === 'visit' && !item.refused ? [`${item.input.id} ${item.input.version}`] : [])),
  );
  const tasks = (listed?.tasks ?? []).map(
    (task): VisitTask => ({ ...task, isWaiting: waiting.has(`${task.id} ${task.version}`) }),
  );
  return { tasks, spots: listed?.spots ?? {}, isKept: !data && listed !== null, isThere: listed !== null };
};
