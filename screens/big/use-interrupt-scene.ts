'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import type { Course, InterruptStep } from '@/data/model/cast';
import type { Phase } from './interrupt';
import { noParts, urlParts } from './link/url-parts';

const parsers = { v: parseAsString, ...urlParts };

/** What the wall looked at before an interrupt took it, and whether somebody had chosen that. */
type Before = { url: Record<keyof typeof parsers, string | null>; isChosen: boolean };

/** The interrupt the wall is done with; `before` while it shows the incident and has a scene to go back to. */
type Taken = { id: string; before: Before | null };

type Options = { id: string | null; phase: Phase | null; course: Course; isConducted: boolean };

/**
 * Brings the wall to the incident once its notice is over, and back to what stood there before when it is over or
 * somebody sends it back. A scene chosen meanwhile stays. Tells how far the interrupt came; null without one.
 */
export const useInterruptScene = ({ id, phase, course, isConducted }: Options): InterruptStep | null => {
  const [url, setUrl] = useQueryStates(parsers, { history: 'replace' });
  const [taken, setTaken] = useState<Taken | null>(null);
  const isShown = taken?.before != null && url.v === 'event';
  const isDone = taken !== null && taken.id === id;
  const takes = id !== null && !isDone && phase === 'command' && course === 'go';
  const isOver = id === null || course === 'back';
  const latest = useRef({ url, setUrl, isConducted });
  latest.current = { url, setUrl, isConducted };
  useEffect(() => {
    const page = latest.current;
    const before = isShown ? taken.before : null;
    if (takes) {
      setTaken({ id, before: before ?? { url: page.url, isChosen: page.isConducted } });
      void page.setUrl({ ...noParts, v: 'event', sel: `event:${id}` });
    } else if (isOver) {
      // what a conductor who is gone had chosen goes with him, all but its scene
      const isStale = before?.isChosen === true && !page.isConducted;
      if (before) void page.setUrl(isStale ? { ...noParts, v: before.url.v } : before.url);
      if (!isDone || before) setTaken(id === null ? null : { id, before: null });
    } else if (phase === 'bar' && !isDone) setTaken({ id, before });
    else if (isDone && taken.before && !isShown) setTaken({ id, before: null });
  }, [takes, isOver, isDone, isShown, taken, phase, id]);
  if (id === null) return null;
  if (isDone ? isShown : takes) return 'scene';
  return !isDone && (phase === 'notice' || phase === 'held') ? 'notice' : 'past';
};
