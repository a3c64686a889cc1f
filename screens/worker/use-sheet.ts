'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import type { QueueItem } from '@/components/feed/upload-queue';
import type { SheetBuilding, SheetDoor } from '@/data/model/collection';
import { useKept } from './use-kept';

const askMs = 600_000;

export type CollectWaiting = Extract<QueueItem, { kind: 'collect' }>;
export type Door = SheetDoor & {
  /** What this device has written of the door and the server has not taken. */
  waiting: CollectWaiting | null;
};
export type Building = Omit<SheetBuilding, 'doors'> & { doors: Door[] };

/**
 * The register of the post's grid, kept on this device, with what it has written and not yet sent; without a network the last
 * one it was told.
 */
export const useSheet = (post: string) => {
  const api = useTRPC();
  const { items } = useUploads();
  const { data } = useQuery(
    api.collection.sheet.queryOptions(undefined, { refetchInterval: askMs, staleTime: askMs, retry: 1 }),
  );
  const sheet = useKept('collection', post, data) ?? null;
  const written = items.flatMap((item) => (item.kind === 'collect' ? [item] : []));
  const buildings = (sheet?.buildings ?? []).map(
    (building): Building => ({
      ...building,
      doors: building.doors.map((door) => ({
        ...door,
        waiting:
          written.findLast(({ input }) => input.building === building.code && input.dwelling === door.code) ?? null,
      })),
    }),
  );
  return { buildings, isKept: !data && sheet !== null, isThere: sheet !== null };
};
