'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useRef } from 'react';
import type { LinkKey } from '@/components/feed/kept-key';
import { useTRPCClient } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { type LinkState, sceneOf } from '@/data/model/cast';
import { emptyView, type View } from '@/data/model/view';
import { whenDrawn } from './drawn';
import { noParts, urlParts } from './url-parts';

const appliedName = 'gridhall.wall-applied';

/** Last cast this page has taken over, across reloads: a reloaded wall goes back to its scene, not to an old cast. */
const readApplied = (wall: string): number => {
  const [id, sequence] = (sessionStorage.getItem(appliedName) ?? '').split(' ');
  return id === wall ? Number(sequence) || 0 : 0;
};
const writeApplied = (wall: string, sequence: number) => sessionStorage.setItem(appliedName, `${wall} ${sequence}`);

/** Whether a cast names a scene and nothing else: then the scene's own period, metric and camera count. */
const isPlainScene = (view: View): boolean =>
  (Object.keys(emptyView) as (keyof View)[]).every(
    (key) => key === 'page' || JSON.stringify(view[key]) === JSON.stringify(emptyView[key]),
  );

/** Takes casts over into the View of this page, and tells the server when one is drawn. */
export const useApply = (key: LinkKey | null): ((state: LinkState) => void) => {
  const client = useTRPCClient();
  const { view, set } = useView();
  const latest = useRef(view.page);
  latest.current = view.page;
  const [, setParts] = useQueryStates(urlParts);
  const drawing = useRef<AbortController | null>(null);
  const confirming = useRef(0);
  const hadConductor = useRef<boolean | null>(null);
  useEffect(() => () => drawing.current?.abort(), []);

  const show = useCallback(
    (view: View) => {
      void setParts(noParts);
      const { page, ...rest } = view;
      set({ ...(page === null ? {} : { page }), ...(isPlainScene(view) ? {} : rest) });
    },
    [set, setParts],
  );

  const confirm = useCallback(
    async (sequence: number) => {
      if (confirming.current === sequence) return;
      confirming.current = sequence;
      drawing.current?.abort();
      const mine = new AbortController();
      drawing.current = mine;
      if (!key || !(await whenDrawn(mine.signal))) return;
      document.documentElement.dataset.shown = `${sequence} ${Date.now()}`;
      await client.wall.shown.mutate({ key, sequence }).catch(() => {
        confirming.current = 0;
      });
    },
    [client, key],
  );

  return useCallback(
    (state: LinkState) => {
      const { wall, sequence, view, conductor, shown } = state;
      const applied = readApplied(wall.id);
      const isNew = sequence > applied;
      const isLeft = hadConductor.current === true && conductor === null;
      hadConductor.current = conductor !== null;
      if (isNew && view && conductor) {
        writeApplied(wall.id, sequence);
        show(view);
        void confirm(sequence);
      } else if (isLeft) {
        // what a desk explored is its own: without it the wall goes back to its first scene
        if (sceneOf(latest.current) === 'explorer') set({ page: null });
        void setParts(noParts);
      }
      // a page that was loaded anew before it could say so says so now
      else if (sequence > 0 && sequence === applied && sequence > (shown?.sequence ?? 0)) void confirm(sequence);
    },
    [show, confirm, set, setParts],
  );
};
