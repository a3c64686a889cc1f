'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import styles from './screen.module.css';

type Hit = Outputs['search']['find'][number];

const mostFound = 4;

/** Buildings of one's own grid by name or address. */
export const BuildingFind = ({ onChoose }: { onChoose: (hit: Hit) => void }) => {
  const { t, lang } = useText();
  const api = useTRPC();
  const [text, setText] = useState('');
  const asked = useQuery({ ...api.search.find.queryOptions({ text }, { retry: 0 }), enabled: text.trim().length > 1 });
  const hits = (asked.data ?? []).filter(({ kind }) => kind === 'building').slice(0, mostFound);
  const choose = (hit: Hit) => {
    setText('');
    onChoose(hit);
  };
  return (
    <>
      <input
        type="search"
        className={styles.text}
        aria-label={t('phone.building')}
        placeholder={t('phone.building')}
        value={text}
        onChange={(change) => setText(change.target.value)}
      />
      {text !== '' && (
        <ul className={styles.found}>
          {hits.map((hit) => (
            <li key={hit.code}>
              <button type="button" className={styles.hit} data-building={hit.code} onClick={() => choose(hit)}>
                {lang === 'zh' ? hit.name : hit.nameEn}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
