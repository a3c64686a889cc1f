'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useRef, useState } from 'react';
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

/** What this page was told to show and has not confirmed yet. */
type Asked = { sequence: number; page: string | null };

/** Tells the server, and the page itself, when the scene of a cast is drawn. */
const useConfirm = (key: LinkKey | null, page: string | null): ((asked: Asked) => void) => {
  const client = useTRPCClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const confirmed = useRef(0);
  const isThere = asked !== null && (asked.page === null || sceneOf(asked.page) === sceneOf(page));
  const sequence = isThere ? asked.sequence : null;
  // asked in one turn with the View: by this effect what was asked stands in the page
  useEffect(() => {
    if (sequence === null || sequence === confirmed.current || !key) return;
    const drawing = new AbortController();
    const confirm = async () => {
      if (!(await whenDrawn(drawing.signal))) return;
      confirmed.current = sequence;
      document.documentElement.dataset.shown = `${sequence} ${Date.now()}`;
      await client.wall.shown.mutate({ key, sequence }).catch(() => {
        // said again with the next state the server sends
        confirmed.current = 0;
        setAsked((now) => (now?.sequence === sequence ? null : now));
      });
    };
    void confirm();
    return () => drawing.abort();
  }, [client, key, sequence]);
  return setAsked;
};

/** Takes casts over into the View of this page, and confirms each once it is drawn. */
export const useApply = (key: LinkKey | null): ((state: LinkState) => void) => {
  const { view, set } = useView();
  const ask = useConfirm(key, view.page);
  const latest = useRef(view.page);
  latest.current = view.page;
  const [, setParts] = useQueryStates(urlParts);
  const hadConductor = useRef<boolean | null>(null);

  const show = useCallback(
    (view: View) => {
      void setParts(noParts);
      const { page, ...rest } = view;
      set({ ...(page === null ? {} : { page }), ...(isPlainScene(view) ? {} : rest) });
    },
    [set, setParts],
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
        ask({ sequence, page: view.page });
      } else if (isLeft) {
        // what a desk explored is its own: without it the wall goes back to its first scene
        if (sceneOf(latest.current) === 'explorer') set({ page: null });
        void setParts(noParts);
      }
      // a page that was loaded anew before it could say so says so now
      else if (sequence > 0 && sequence === applied && sequence > (shown?.sequence ?? 0))
        ask({ sequence, page: view?.page ?? null });
    },
    [show, ask, set, setParts],
  );
};
