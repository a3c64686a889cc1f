'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { PageView } from '@/components/feed/view';
import { scenes as order, type Scene, type WallSceneKey } from '@/data/model/view';
import { stateOf } from '../screen-root';
import { Page } from './page';
import { scenes } from './scenes';
import styles from './screen.module.css';
import type { Wall } from './use-wall';

/** Once all scenes have been drawn, each is drawn again this often, one after another. */
const roundMs = 50_000;
const gapMs = { first: 200, later: roundMs / order.length };
/** After a change of scene the wall is left alone for so long: another touch may follow. */
const restMs = 1_500;
/** A scene that cannot be drawn is left for the next one. */
const patienceMs = 20_000;

/** Resolves when nothing under it waits, or when it gave up. */
const untilDrawn = (root: HTMLElement, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const look = () => {
      if (stateOf(root) !== 'waiting') done();
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(done, patienceMs);
    signal.addEventListener('abort', done);
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
    look();
  });

type Props = { wall: Wall; shown: WallSceneKey; preload: (next: Scene) => void };

/**
 * Draws the scenes that are not shown, unseen, while somebody conducts: a touch on the tablet then finds its answers, its
 * charts and the picture of its map there. What has changed meanwhile is drawn anew within a round.
 */
export const Rehearsal = ({ wall, shown, preload }: Props) => {
  const root = useRef<HTMLDivElement>(null);
  /** How many scenes have had their turn, and the one whose turn it is. */
  const [turn, setTurn] = useState<{ n: number; scene: Scene | null }>({ n: 0, scene: null });
  const latest = useRef(preload);
  latest.current = preload;
  const changedAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of scene counts
  useEffect(() => {
    changedAt.current = Date.now();
  }, [shown]);

  useEffect(() => {
    const waiting = new AbortController();
    const { n, scene } = turn;
    let timer: ReturnType<typeof setTimeout>;
    const begin = () => {
      const rest = changedAt.current + restMs - Date.now();
      if (rest > 0) {
        timer = setTimeout(begin, rest);
        return;
      }
      const next = order[n % order.length] ?? 'overview';
      latest.current(next);
      startTransition(() => setTurn({ n: n + 1, scene: next }));
    };
    const wait = async () => {
      if (root.current && scene) await untilDrawn(root.current, waiting.signal);
      if (waiting.signal.aborted) return;
      if (root.current) root.current.dataset.rehearsed = String(n);
      timer = setTimeout(begin, n < order.length ? gapMs.first : gapMs.later);
    };
    void wait();
    return () => {
      waiting.abort();
      clearTimeout(timer);
    };
  }, [turn]);

  return createPortal(
    <div
      ref={root}
      className={`${styles.page} ${styles.unseen}`}
      data-size="wall"
      data-tier={wall.tier}
      data-rehearsed=""
      inert
    >
      {turn.scene && (
        <PageView page={turn.scene}>
          <Page wall={wall} scene={scenes[turn.scene]} isStill notice={0} />
        </PageView>
      )}
    </div>,
    document.body,
  );
};
