'use client';

import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { useUploads } from '@/components/feed/upload-provider';
import { usePlace } from '@/components/feed/use-place';
import { useView } from '@/components/feed/view';
import own from './collect.module.css';
import { CollectDoor } from './collect-door';
import { CollectFind } from './collect-find';
import { CollectStack } from './collect-stack';
import styles from './screen.module.css';
import { type Building, type Door, useSheet } from './use-sheet';

/** Leads to the doors of the grid (四实采集): how many of them somebody has been to. */
export const CollectCall = ({ post, onOpen }: { post: string; onOpen: () => void }) => {
  const { t } = useText();
  const { buildings } = useSheet(post);
  const doors = buildings.flatMap((building) => building.doors).filter(({ code }) => code !== null);
  if (doors.length === 0) return null;
  const n = doors.filter(({ collectedAt, waiting }) => collectedAt !== null || waiting !== null).length;
  return (
    <section className={styles.call} data-collect={doors.length}>
      <div className={own.call}>
        <h2>
          {t('collection.title')} <small>{t('collection.progress', { n, all: doors.length })}</small>
        </h2>
        <button type="button" className={styles.go} onClick={onOpen}>
          {t('collection.go')}
        </button>
      </div>
    </section>
  );
};

type At = { building: Building; door: Door | null };

/** The building and the door a selection names. */
const chosenOf = (buildings: readonly Building[], selection: string | null): At | null => {
  const [kind, code] = (selection ?? '').split(':');
  for (const building of buildings) {
    if (kind === 'building' && building.code === code) return { building, door: null };
    const door = kind === 'dwelling' ? building.doors.find((one) => one.code === code) : undefined;
    if (door) return { building, door };
  }
  return null;
};

type CollectProps = { post: string; onBack: () => void };

/**
 * Collection at the door (四实采集): a building of the grid, its doors, and behind each what is registered there, to be
 * confirmed rather than typed. All of it without a network.
 */
export const Collect = ({ post, onBack }: CollectProps) => {
  const { t } = useText();
  const { buildings, isKept, isThere } = useSheet(post);
  const { view, set } = useView();
  const { place } = usePlace(true);
  const { add, discard } = useUploads();
  const [isWhole, setWhole] = useState(false);
  const chosen = chosenOf(buildings, view.selection);
  const door = chosen?.door ?? (isWhole ? chosen?.building.doors.find(({ code }) => code === null) : null);
  if (chosen && door) {
    const { building } = chosen;
    const leave = () => {
      setWhole(false);
      set({ selection: `building:${building.code}` });
    };
    return (
      <CollectDoor
        key={`${building.code} ${door.code}`}
        building={building}
        door={door}
        post={post}
        onLeave={leave}
        onSend={async (item) => {
          await add(item);
          if (door.waiting) await discard(door.waiting.key);
        }}
      />
    );
  }
  return (
    <section className={styles.page} data-panel="worker-collect" data-state={isThere ? 'ready' : 'waiting'}>
      <button type="button" className={styles.back} onClick={() => (chosen ? set({ selection: null }) : onBack())}>
        <ChevronLeft aria-hidden />
        {t(chosen ? 'collection.buildings' : 'collection.back')}
      </button>
      {isKept && <p className={styles.kept}>{t('collection.kept')}</p>}
      {chosen ? (
        <CollectStack
          building={chosen.building}
          onDoor={(code) => (code === null ? setWhole(true) : set({ selection: `dwelling:${code}` }))}
        />
      ) : (
        <CollectFind buildings={buildings} place={place} onChoose={(selection) => set({ selection })} />
      )}
    </section>
  );
};
