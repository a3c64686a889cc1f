'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { pickFocus } from '@/components/chart/focus';
import { ConductorProvider } from '@/components/feed/conductor';
import { useDivisions } from '@/components/feed/divisions';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { partsOf } from '@/components/panel/question';
import { comparedLevel, focusAsk, type StoryKey } from '@/components/panel/story';
import { ScreenRoot } from '../screen-root';
import { Head } from './head';
import { cardMaps, type SidePage, smallPageOf } from './layout';
import { Phone } from './phone';
import { RemoteBar } from './remote/remote-bar';
import styles from './screen.module.css';
import { Contents, Story } from './story';
import { StoryMap } from './story-map';
import { usePhone } from './use-phone';

/** Code of the place the story is about; undefined while unknown, null when nothing stands out. */
const useFocusCode = (): string | null | undefined => {
  const api = useTRPC();
  const { view } = useView();
  const divisions = useDivisions();
  const answer = useQuery(api.metric.ask.queryOptions(focusAsk(divisions, view))).data;
  return answer ? (pickFocus(answer, comparedLevel(divisions, view))?.code ?? null) : undefined;
};

/** Lets the map follow the card: its metric, its period, its place. What somebody selected himself stays. */
const useCardMap = (card: StoryKey, side: SidePage | null) => {
  const focus = useFocusCode();
  const { view, set } = useView();
  const map = cardMaps[card];
  const own = partsOf(view.selection)?.kind;
  const isFree = side === null && (own === undefined || own === 'division');
  const selection = map.isAtFocus && focus ? `division:${focus}` : null;
  useEffect(() => {
    if (focus === undefined || side !== null) return;
    set({ metric: map.metric, period: map.period });
  }, [focus, map, side, set]);
  useEffect(() => {
    if (focus !== undefined && isFree) set({ selection });
  }, [focus, isFree, selection, set]);
};

const Meeting = () => {
  const { view, set } = useView();
  const isPhone = usePhone();
  const { card, side } = smallPageOf(view.page);
  useCardMap(card, side);
  if (isPhone)
    return (
      <div className={styles.phone}>
        <Head isPhone />
        <Phone card={card} side={side} />
        <RemoteBar card={card} />
      </div>
    );
  const go = (page: StoryKey) => set({ page, selection: null });
  return (
    <div className={styles.screen}>
      <Head isPhone={false} />
      <Story card={card} go={go} isList={side === 'story-events'} />
      <Contents card={card} go={go} />
      <main className={styles.map}>
        <StoryMap />
      </main>
      <RemoteBar card={card} />
    </div>
  );
};

export const SmallScreen = () => (
  <ScreenRoot screen="small" theme="light" size="hand">
    <ConductorProvider screen="small">
      <Meeting />
    </ConductorProvider>
  </ScreenRoot>
);
