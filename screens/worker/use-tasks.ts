'use client';

import { useQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import { afterQueue } from '@/components/feed/upload-queue';
import { useKept } from './use-kept';

type Listed = Outputs['event']['tasks'];
export type WorkerTask = Listed['tasks'][number] & { isWaiting: boolean };

const pollMs = 30_000;

/** Statuses in which a case needs nothing more from who handled it. */
const handedOn = ['S50', 'S61', 'S62'];

/**
 * What waits for this post, with what this device has written and not yet sent; without a network the last list this
 * device was told. `failed`: there is neither.
 */
export const useTasks = (post: string, department: string | null) => {
  const api = useTRPC();
  const { items } = useUploads();
  const asked = useQuery(
    api.event.tasks.queryOptions({ department }, { refetchInterval: pollMs, staleTime: pollMs, retry: 1 }),
  );
  const { data } = asked;
  const kept = useKept('tasks', post, data);
  const listed = kept ?? null;
  const tasks = (listed?.tasks ?? [])
    .map((task): WorkerTask => afterQueue(task, items))
    .filter(({ status }) => !handedOn.includes(status));
  const isCutOff = !data && (asked.isError || asked.fetchStatus === 'paused');
  return {
    tasks,
    asOf: listed?.asOf ?? null,
    isKept: isCutOff && listed !== null,
    state: listed ? ('ready' as const) : isCutOff && kept !== undefined ? ('failed' as const) : ('waiting' as const),
    askAgain: () => void asked.refetch(),
  };
};
