'use client';

import { useState } from 'react';
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

/** Where one tap takes a case that waits to be signed or taken up again. */
const tapped: Partial<Record<EventStatus, EventStatus>> = { S31: 'S40', S60: 'S40' };

/** The next step of a case: done by a tap, or on a page of its own, whose case is `handled`. */
export const useAct = (post: string) => {
  const [handled, setHandled] = useState<string | null>(null);
  const move = useMove(post);
  const act = (task: WorkerTask) => {
    const to = tapped[task.status];
    if (to) void move(task, to);
    else setHandled(task.id);
  };
  return { act, handled, setHandled };
};
