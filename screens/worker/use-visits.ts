'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import type { DoubtTask } from '@/data/model/verify';
import { useKept } from './use-kept';

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
  const { data } = asked;
  const listed = useKept('verify', post, data) ?? null;
  const waiting = new Set(
    items.flatMap((item) => (item.kind === 'visit' && !item.refused ? [`${item.input.id} ${item.input.version}`] : [])),
  );
  const tasks = (listed?.tasks ?? []).map(
    (task): VisitTask => ({ ...task, isWaiting: waiting.has(`${task.id} ${task.version}`) }),
  );
  return { tasks, spots: listed?.spots ?? {}, isKept: !data && listed !== null, isThere: listed !== null };
};
