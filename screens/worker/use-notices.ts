'use client';

import { useQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import { useKept } from './use-kept';

export type Notice = Outputs['notice']['list']['rows'][number];

const pollMs = 30_000;

/** Notices of this post, of a handler those of his department (null = of all), those unread first, with what this device has read and not yet said so; without a network as told last. */
export const useNotices = (post: string, department: string | null) => {
  const api = useTRPC();
  const { items, add } = useUploads();
  const { data } = useQuery(
    api.notice.list.queryOptions(
      { department },
      {
        ...{ refetchInterval: pollMs, staleTime: pollMs, retry: 1 },
      },
    ),
  );
  const listed = useKept(`notices ${department ?? ''}`, post, data);
  const read = new Map(
    items.flatMap(({ kind, input, at }) => (kind === 'read' ? input.ids.map((id) => [id, at]) : [])),
  );
  const rows = (listed?.rows ?? []).map((row): Notice => {
    const at = read.get(row.id);
    return row.readAt === null && at !== undefined ? { ...row, readAt: new Date(at).toISOString() } : row;
  });
  const nRead = (listed?.rows ?? []).filter(({ id, readAt }) => readAt === null && read.has(id)).length;
  return {
    rows,
    unread: (listed?.unread ?? 0) - nRead,
    asOf: listed?.asOf ?? null,
    isKept: !data && Boolean(listed),
    /** Marks notices as read: said to the server when it can be reached. */
    markRead: (ids: number[], title: string) =>
      void add({
        ...{ key: crypto.randomUUID(), post, at: Date.now(), photos: [], refused: null, title },
        ...{ kind: 'read', input: { ids, department } },
      }),
  };
};
