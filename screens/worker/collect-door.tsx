'use client';

import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/components/feed/text';
import type { QueueItem } from '@/components/feed/upload-queue';
import { type CollectKind, collectKinds } from '@/data/model/collection';
import own from './collect.module.css';
import { confirmRest, nameOf, recordsOf, settledOf } from './collect-draft';
import { CollectEntities } from './collect-entities';
import { CollectPeople } from './collect-people';
import { CollectUse } from './collect-use';
import { Report } from './report';
import styles from './screen.module.css';
import { useDraft } from './use-draft';
import type { Building, Door } from './use-sheet';

const tabs = [...collectKinds, 'event'] as const;
type Tab = (typeof tabs)[number];

type DoorProps = {
  building: Building;
  door: Door;
  post: string;
  onLeave: () => void;
  onSend: (item: QueueItem) => Promise<void>;
};

/** Tabs a door has: nobody lives behind no door. */
const tabsOf = ({ code }: Door): readonly Tab[] => (code === null ? ['entity', 'event'] : tabs);

/** One door: dwelling, people, entities, events (四实), each record told by a tap, sent as one. */
export const CollectDoor = ({ building, door, post, onLeave, onSend }: DoorProps) => {
  const { t, lang } = useText();
  const shownTabs = tabsOf(door);
  const [tab, setTab] = useState<Tab>(shownTabs[0] ?? 'entity');
  const [isReporting, setReporting] = useState(false);
  const [isSending, setSending] = useState(false);
  const { draft, change, clear } = useDraft(post, door.code ?? building.code, door.waiting);
  const { items, told, changed, lost } = settledOf(draft, door);
  const name = [lang === 'zh' ? building.name : building.nameEn, door.room].filter(Boolean).join(' ');
  if (isReporting && building.position)
    return (
      <Report
        post={post}
        center={building.position}
        at={{ position: building.position, from: 'building', building: building.code, name }}
        onDone={(key) => {
          setReporting(false);
          if (key) change({ ...draft, events: [...draft.events, key] });
        }}
      />
    );
  const countOf = (kind: CollectKind) => {
    const records = recordsOf(door, kind);
    const n = records.filter((record) => told.has(nameOf(record))).length;
    return { n, all: records.length, added: draft.added.filter((item) => item.kind === kind).length };
  };
  const countWords = (one: Tab): string => {
    if (one === 'event') return String(draft.events.length);
    const { n, all, added } = countOf(one);
    return `${n}/${all}${added > 0 ? ` +${added}` : ''}`;
  };
  /** The use on record is one tap as it stands. */
  const rest = tab === 'event' || tab === 'dwelling' ? 0 : countOf(tab).all - countOf(tab).n;
  const send = async () => {
    const key = crypto.randomUUID();
    setSending(true);
    await onSend({
      ...{ key, post, at: Date.now(), title: name, photos: [], refused: null, kind: 'collect' },
      input: { building: building.code, dwelling: door.code, items, events: draft.events },
    });
    // In the queue first: what breaks in between is told twice rather than not at all.
    await clear();
    onLeave();
  };
  const part = { door, draft, change, told, changed };
  return (
    <section className={styles.page} data-panel="worker-door" data-state="ready">
      <button type="button" className={styles.back} onClick={onLeave}>
        <ChevronLeft aria-hidden />
        {t('collection.doors')}
      </button>
      <h2 className={styles.heading}>{name}</h2>
      <p className={styles.sub}>{building.address}</p>
      {(changed.size > 0 || lost > 0) && (
        <p className={styles.reason} role="alert" data-changed={changed.size} data-lost={lost}>
          {t('collection.changed', { n: changed.size + lost })}
        </p>
      )}
      <div role="tabpanel" id="collect-panel" aria-labelledby={`collect-${tab}`} className={own.panel}>
        {tab === 'dwelling' && <CollectUse {...part} />}
        {tab === 'person' && <CollectPeople {...part} />}
        {tab === 'entity' && <CollectEntities {...part} />}
        {tab === 'event' && (
          <>
            <p className={styles.empty}>{t('collection.event.hint', { n: draft.events.length })}</p>
            <button
              type="button"
              className={styles.more}
              data-report=""
              disabled={!building.position}
              onClick={() => setReporting(true)}
            >
              {t('collection.event.go')}
            </button>
          </>
        )}
      </div>
      <div className={own.dock}>
        {rest > 0 && tab !== 'event' && (
          <button
            type="button"
            className={styles.more}
            data-rest={rest}
            onClick={() => change(confirmRest(draft, door, tab))}
          >
            {t('collection.rest', { n: rest })}
          </button>
        )}
        <div role="tablist" aria-label={t('collection.title')} className={own.tabs}>
          {shownTabs.map((one) => (
            <button
              key={one}
              id={`collect-${one}`}
              type="button"
              role="tab"
              aria-selected={tab === one}
              aria-controls="collect-panel"
              data-tab={one}
              onClick={() => setTab(one)}
            >
              {t(`collection.tab.${one}`)}
              <small>{countWords(one)}</small>
            </button>
          ))}
        </div>
        <button
          type="button"
          className={styles.main}
          data-send=""
          disabled={items.length === 0 || isSending}
          onClick={() => void send()}
        >
          {t('collection.send', { n: items.length })}
        </button>
      </div>
    </section>
  );
};
