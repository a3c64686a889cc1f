'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search as Glass } from 'lucide-react';
import { useDeferredValue, useRef, useState } from 'react';
import { groupBy } from '@/components/base/group';
import { useShortcut } from '@/components/base/shortcut';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import type { View } from '@/data/model/view';
import styles from './search.module.css';

type Hit = Outputs['place']['search'][number];
type Group = { value: Hit['kind']; items: Hit[] };

/** Looking at a thing closely enough to see the building. */
const closeZoom = 16.5;

/** What choosing a hit changes: a division is entered, anything else selected and brought into sight. */
export const patchFor = (hit: Hit): Partial<View> => {
  if (hit.kind === 'division') return { division: hit.code, selection: null, camera: null };
  const camera = hit.position
    ? {
        lng: hit.position[0],
        lat: hit.position[1],
        zoom: closeZoom,
        pitch: hit.kind === 'building' ? 45 : 0,
        bearing: 0,
      }
    : undefined;
  return { selection: `${hit.kind}:${hit.code}`, ...(camera ? { camera } : {}) };
};

const Results = ({ choose }: { choose: (hit: Hit) => void }) => {
  const { t, lang } = useText();
  return (
    <Autocomplete.List className={styles.list}>
      {(group: Group) => (
        <Autocomplete.Group key={group.value} items={group.items}>
          <Autocomplete.GroupLabel className={styles.group}>{t(`common.thing.${group.value}`)}</Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(hit: Hit) => (
              <Autocomplete.Item
                key={`${hit.kind}:${hit.code}`}
                value={hit}
                className={styles.item}
                onClick={() => choose(hit)}
              >
                <span>{lang === 'zh' ? hit.name : hit.nameEn}</span>
                <span className={styles.detail}>
                  {hit.kind === 'division' ? t(`common.thing.${hit.detail}`) : hit.detail}
                </span>
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
};

const useHits = (text: string): { groups: Group[]; isSettled: boolean } => {
  const api = useTRPC();
  const words = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    ...api.place.search.queryOptions({ text: words }, { enabled: words !== '' }),
    placeholderData: keepPreviousData,
  });
  const hits = words === '' ? [] : (data ?? []);
  const groups = [...groupBy(hits, ({ kind }) => kind)].map(([value, items]) => ({ value, items }));
  return { groups, isSettled: words !== '' && data !== undefined && !isFetching };
};

/** Search box (Ctrl K or /): places, buildings, dwellings and events, by type. */
export const Search = () => {
  const { t, lang } = useText();
  const { set } = useView();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const { groups, isSettled } = useHits(text);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
    return undefined;
  };
  useShortcut({ 'mod+k': focus, '/': focus });
  const choose = (hit: Hit) => {
    setText('');
    input.current?.blur();
    set(patchFor(hit));
  };
  return (
    <Autocomplete.Root
      items={groups}
      filter={null}
      value={text}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setText(value);
      }}
      itemToStringValue={(hit: Hit) => `${hit.kind}:${hit.code}`}
      autoHighlight
      locale={lang === 'zh' ? 'zh-CN' : 'en'}
    >
      <Autocomplete.InputGroup className={styles.box}>
        <Glass aria-hidden />
        <Autocomplete.Input ref={input} aria-label={t('common.action.search')} placeholder={t('mid.search.hint')} />
        <kbd aria-hidden>Ctrl K</kbd>
      </Autocomplete.InputGroup>
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.positioner} sideOffset={4}>
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.Status className={styles.status}>
              {isSettled && groups.length === 0 ? t('mid.search.none', { text }) : ''}
            </Autocomplete.Status>
            <Results choose={choose} />
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
};
