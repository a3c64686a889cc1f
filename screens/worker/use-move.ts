'use client';

import { useUploads } from '@/components/feed/upload-provider';
import type { EventStatus } from '@/data/model/event';
import type { WorkerTask } from './use-tasks';

/** Writes a move down; it is sent when the server can be reached. */
export const useMove = (post: string) => {
  const { add } = useUploads();
  return (task: WorkerTask, to: EventStatus, rest: { note: string; pictures: Blob[] } = { note: '', pictures: [] }) =>
    add({
      ...{ key: crypto.randomUUID(), post, at: Date.now(), title: task.title, refused: null, kind: 'move' },
      photos: rest.pictures.map((picture) => ({ picture, id: null })),
      input: { id: task.id, version: task.version, to, note: rest.note },
    });
};
