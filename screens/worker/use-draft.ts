'use client';

import { useEffect, useState } from 'react';
import { readOwn, writeOwn } from '@/components/feed/worker-store';
import { type Draft, draftOf, emptyDraft } from './collect-draft';
import type { CollectWaiting } from './use-sheet';

const name = 'collect-draft';

type Kept = Record<string, Draft>;

/**
 * What is told at a door, kept on this device as it is written: it outlives a call, a reload and an empty battery. Begins with
 * what waits to be sent or was refused.
 */
export const useDraft = (post: string, door: string, waiting: CollectWaiting | null) => {
  const [draft, setDraft] = useState<Draft>(() => (waiting ? draftOf(waiting.input) : emptyDraft));
  useEffect(() => {
    void readOwn<Kept>(name, post).then(
      (kept) => kept?.[door] && setDraft(kept[door]),
      () => undefined,
    );
  }, [post, door]);
  const keep = async (next: Draft | null) => {
    const { [door]: _before, ...others } = (await readOwn<Kept>(name, post).catch(() => null)) ?? {};
    await writeOwn(name, post, next ? { ...others, [door]: next } : others).catch(() => undefined);
  };
  return {
    draft,
    change: (next: Draft) => {
      setDraft(next);
      void keep(next);
    },
    /** It is in the queue now. */
    clear: () => keep(null),
  };
};
