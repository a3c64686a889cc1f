'use client';

import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useDrill } from '@/components/feed/drill';
import { useLive } from '@/components/feed/live';
import { FeedProvider } from '@/components/feed/provider';
import { useView } from '@/components/feed/view';
import { ClockBand, ClockEdge } from '@/components/panel/clock-band';
import { DrillBand } from '@/components/panel/drill-band';
import { FieldGlass } from '@/components/panel/field-glass';
import { Glass } from '@/components/panel/glass';
import type { ScreenKey } from '@/data/model/scope';

type State = 'waiting' | 'ready' | 'stale' | 'failed';

/** State of a whole screen or scene, read from the panels and the map that stand in it. */
export const stateOf = (root: HTMLElement): State => {
  const states = [...root.querySelectorAll<HTMLElement>('[data-panel],[data-map]')].map((node) => node.dataset.state);
  if (states.length === 0 || states.includes('waiting')) return 'waiting';
  if (states.includes('failed')) return 'failed';
  return states.includes('stale') ? 'stale' : 'ready';
};

type RootProps = {
  screen: ScreenKey;
  /** Name of a screen that is none of the three classes: it tells of past time in its own way. */
  name?: string;
  theme: 'dark' | 'light';
  size: 'wall' | 'desk' | 'hand' | 'paper';
  children: ReactNode;
};

const Root = ({ screen, name, theme, size, children }: RootProps) => {
  const root = useRef<HTMLDivElement>(null);
  const { isLost } = useLive();
  const { view } = useView();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const isSilent = isLost && view.at === null;
  // written straight to the page, before its next frame: what others read there never lags behind what stands there
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const tell = () => {
      const state = stateOf(element);
      const told = isSilent && state === 'ready' ? 'stale' : state;
      if (element.dataset.state !== told) element.dataset.state = told;
    };
    const observer = new MutationObserver(tell);
    observer.observe(element, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
    tell();
    return () => observer.disconnect();
  }, [isSilent]);
  const drill = useDrill();
  const hasBand = screen !== 'big' && name === undefined && view.at !== null;
  const nBands = Number(hasBand) + Number(drill !== null);
  return (
    <div
      ref={root}
      style={{ minHeight: '100dvh', '--page': `calc(100dvh - ${44 * nBands}px)` } as CSSProperties}
      data-screen={name ?? screen}
      data-size={size}
      data-state="waiting"
    >
      {drill !== null && <DrillBand id={drill} screen={screen} />}
      {hasBand && <ClockBand />}
      {children}
      <ClockEdge screen={screen} />
      {screen !== 'big' && drill === null && (
        <>
          <Glass />
          <FieldGlass hasPage={screen === 'mid'} />
        </>
      )}
    </div>
  );
};

/** Screens that may go into a drill: the desk and the worker's phone. A wall never does. */
const drillScreens = ['mid', 'worker'];

/** Outermost element of a screen: feed, theme, and the state that tests and watchdogs read. */
export const ScreenRoot = (props: RootProps) => (
  <FeedProvider screen={props.screen} mayDrill={drillScreens.includes(props.name ?? props.screen)}>
    <Root {...props} />
  </FeedProvider>
);
