'use client';

import { LayoutDashboard, ListTodo, Map as MapIcon, Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { PanelFrame } from '@/components/panel/panel-frame';
import { SearchBox } from '@/components/panel/search-box';
import { type StoryKey, storyCards } from '@/components/panel/story';
import { panelByKey } from '@/components/panels';
import type { SidePage } from './layout';
import styles from './phone.module.css';
import { isHoused } from './story';
import { mapLayers, StoryMap } from './story-map';

/** All cards one below the other, the one of the link in sight. */
const Cards = ({ card }: { card: StoryKey }) => {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const index = storyCards.indexOf(card);
    if (index > 0) list.current?.children[index]?.scrollIntoView({ block: 'start' });
  }, [card]);
  return (
    <div className={styles.scroll}>
      <ol className={styles.cards} ref={list}>
        {storyCards.map((key) => (
          <li key={key} className={styles.card}>
            <PanelFrame panel={panelByKey(key)} size="hand" />
          </li>
        ))}
      </ol>
    </div>
  );
};

/** What is found is shown on the map. */
const Searching = () => {
  const { set } = useView();
  return (
    <div className={styles.page} data-search="">
      <SearchBox size="hand" layers={mapLayers} isInline onChosen={() => set({ page: 'map' })} />
    </div>
  );
};

const tabs = [
  { key: 'nav.story', page: null, icon: LayoutDashboard },
  { key: 'nav.events', page: 'story-events', icon: ListTodo },
  { key: 'nav.search', page: 'search', icon: Search },
  { key: 'nav.map', page: 'map', icon: MapIcon },
] as const;

/** Foot of the phone: overview, events, search, map. */
const Nav = ({ side }: { side: SidePage | null }) => {
  const { t } = useText();
  const { set } = useView();
  return (
    <nav className={styles.nav} aria-label={t('small.nav')}>
      {tabs.map(({ key, page, icon: Icon }) => (
        <button
          key={key}
          type="button"
          data-tab={page ?? 'story'}
          aria-current={page === side ? 'page' : undefined}
          onClick={() => set({ page })}
        >
          <Icon aria-hidden />
          {t(`small.${key}`)}
        </button>
      ))}
    </nav>
  );
};

/** The phone's body: one page at a time. */
export const Phone = ({ card, side }: { card: StoryKey; side: SidePage | null }) => {
  const { view } = useView();
  return (
    <>
      {side === null && <Cards card={card} />}
      {side === 'story-events' && (
        <div className={styles.page}>
          <PanelFrame panel={panelByKey('story-events')} size="hand" />
        </div>
      )}
      {side === 'search' && <Searching />}
      {side === 'map' && (
        <main className={styles.map}>
          <StoryMap />
          {isHoused(view.selection) && (
            <div className={styles.sheet}>
              <PanelFrame panel={panelByKey('building-card')} size="hand" />
            </div>
          )}
        </main>
      )}
      <Nav side={side} />
    </>
  );
};
