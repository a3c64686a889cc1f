'use client';

import type { ReactNode } from 'react';
import { useText } from '@/components/feed/text';
import type { CollectItem } from '@/data/model/collection';
import own from './collect.module.css';
import type { Draft, KnownItem, Shown } from './collect-draft';
import styles from './screen.module.css';
import type { Door } from './use-sheet';

/** A tab of a door: what is registered, what was told of it, and how it is told on. */
export type Part = {
  door: Door;
  draft: Draft;
  change: (draft: Draft) => void;
  told: ReadonlyMap<string, CollectItem>;
  /** Names of records that say something else than when they were told of. */
  changed: ReadonlySet<string>;
};

/** A record told without a value. */
export const tellAs = (told: 'confirm' | 'gone', { kind, key, stamp }: Shown): KnownItem =>
  told === 'gone' && kind !== 'dwelling' ? { told, kind, key, stamp } : { told: 'confirm', kind, key, stamp };

type RowProps = {
  name: string;
  title: string;
  words: readonly (string | null)[];
  isChanged: boolean;
  acts: readonly { key: string; label: string; isOn: boolean; act: () => void }[];
  children?: ReactNode;
};

/** A record on the register and what may be told of it, each one tap. */
export const RecordRow = ({ name, title, words, isChanged, acts, children }: RowProps) => {
  const { t } = useText();
  return (
    <li className={own.record} data-record={name} data-told={acts.find(({ isOn }) => isOn)?.key ?? ''}>
      <div className={styles.about}>
        <h3>{title}</h3>
        <p className={styles.words}>
          {words.filter(Boolean).map((word) => (
            <span key={word}>{word}</span>
          ))}
        </p>
        {isChanged && <p className={own.again}>{t('collection.again')}</p>}
      </div>
      <div className={own.acts}>
        {acts.map(({ key, label, isOn, act }) => (
          <button key={key} type="button" className={own.choice} aria-pressed={isOn} data-act={key} onClick={act}>
            {label}
          </button>
        ))}
      </div>
      {children}
    </li>
  );
};

type InputProps = {
  label: string;
  value: string;
  name: string;
  list?: readonly { code: string; label: string }[];
  isNumber?: boolean;
  onWrite: (text: string) => void;
};

/** One value that is typed or chosen. */
export const ValueInput = ({ label, value, name, list, isNumber = false, onWrite }: InputProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: one of two controls stands in it
  <label className={styles.label}>
    {label}
    {list ? (
      <select className={styles.text} data-value={name} value={value} onChange={({ target }) => onWrite(target.value)}>
        {list.map(({ code, label: word }) => (
          <option key={code} value={code}>
            {word}
          </option>
        ))}
      </select>
    ) : (
      <input
        className={styles.text}
        data-value={name}
        inputMode={isNumber ? 'numeric' : undefined}
        value={value}
        onChange={({ target }) => onWrite(target.value)}
      />
    )}
  </label>
);
