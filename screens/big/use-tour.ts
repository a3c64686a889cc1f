'use client';

import { parseAsFloat, parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Scene, WallSceneKey } from '@/data/model/view';
import { dwellSeconds, type WallSetup } from '../wall-setup';
import { goesOnAt, nextScene, planOf, restMs } from './tour';

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** When somebody last touched this wall, to the second; null = not yet. */
const useLastInput = (): number | null => {
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    const note = () => setAt(Math.floor(Date.now() / 1_000) * 1_000);
    for (const name of inputs) window.addEventListener(name, note, { passive: true });
    return () => {
      for (const name of inputs) window.removeEventListener(name, note);
    };
  }, []);
  return at;
};

/** A scene that is not drawn yet at the end of its dwell is waited for this long, looked at this often. */
const patienceMs = 60_000;
const lookAgainMs = 1_000;

/** Whether all of the scene stands: the state its root tells (screen-root.tsx). */
const isDrawn = (): boolean => document.querySelector('[data-screen]')?.getAttribute('data-state') !== 'waiting';

/** `?tour=off|on` and `?dwell=` go before the setup of the wall; a picture held still does not tour. */
const usePlan = (setup: WallSetup | null) => {
  const [asked] = useQueryState('tour', parseAsStringLiteral(['on', 'off'] as const));
  const [dwell] = useQueryState('dwell', parseAsFloat);
  const [still] = useQueryState('still', parseAsString);
  const chosen = setup?.tourScenes.join() ?? '';
  const seconds = dwell && dwell > 0 ? dwell : (setup?.dwellSeconds ?? dwellSeconds);
  const plan = useMemo(() => planOf(chosen.split(',').filter(Boolean) as Scene[], seconds), [chosen, seconds]);
  return { plan, isOn: asked === 'on' || (asked === null && still === null) };
};

/** The tour as the head of the wall shows it. `rest` = somebody touched the wall; `held` = an incident, a conductor. */
export type Tour = {
  phase: 'off' | 'running' | 'rest' | 'held';
  /** Place of the scene in the tour, from 1; 0 = not in it. */
  n: number;
  of: number;
  dwellMs: number;
  /** The scene that comes next. */
  next: Scene;
};

type TourOptions = { scene: WallSceneKey; setup: WallSetup | null; isHeld: boolean; preload: (next: Scene) => void };

/** Goes through the scenes (轮播): a dwell each, the next one loaded at half of it; rests after input, stands while held. */
export const useTour = ({ scene, setup, isHeld, preload }: TourOptions): Tour => {
  const { plan, isOn } = usePlan(setup);
  const inputAt = useLastInput();
  const [, setPage] = useQueryState('v', parseAsString.withOptions({ history: 'replace' }));
  const isStopped = !isOn || isHeld;
  const [isResting, setResting] = useState(false);
  const latest = useRef({ setPage, preload });
  latest.current = { setPage, preload };
  const entered = useRef({ scene, isStopped, at: Date.now() });
  if (entered.current.scene !== scene || entered.current.isStopped !== isStopped)
    entered.current = { scene, isStopped, at: Date.now() };
  const next = nextScene(plan, scene);
  useEffect(() => {
    if (isStopped || next === scene) return;
    const now = Date.now();
    const wait = Math.max(0, goesOnAt(entered.current.at, inputAt, plan) - now);
    setResting(inputAt !== null && now < inputAt + restMs);
    const half = setTimeout(() => latest.current.preload(next), wait / 2);
    const giveUpAt = now + wait + patienceMs;
    const goOn = () => {
      if (isDrawn() || Date.now() > giveUpAt) void latest.current.setPage(next);
      else end = setTimeout(goOn, lookAgainMs);
    };
    let end = setTimeout(goOn, wait);
    return () => {
      clearTimeout(half);
      clearTimeout(end);
    };
  }, [isStopped, scene, next, inputAt, plan]);
  const phase = !isOn ? 'off' : isStopped ? 'held' : isResting ? 'rest' : 'running';
  return {
    phase,
    n: (plan.scenes as readonly string[]).indexOf(scene) + 1,
    of: plan.scenes.length,
    dwellMs: plan.dwellMs,
    next,
  };
};
