'use client';

import { useState } from 'react';
import { type CategoryWord, categoriesLike } from '@/data/model/category-guess';
import styles from './intake.module.css';
import type { Say } from './photo-pick';

type CategoryPickProps = {
  /** Offered first, with the rule that named each where it is told. */
  guesses: readonly { code: string; why?: string }[];
  words: readonly CategoryWord[];
  lang: 'zh' | 'en';
  chosen: string | null;
  t: Say;
  onChoose: (code: string) => void;
};

const mostFound = 8;

/** Categories whose name holds what was typed, then those that share words with it. */
const find = (words: readonly CategoryWord[], text: string, lang: 'zh' | 'en'): string[] => {
  const typed = text.trim().toLowerCase();
  if (typed === '') return [];
  const holding = words.filter((word) => word[lang].toLowerCase().includes(typed)).map(({ code }) => code);
  return [...new Set([...holding, ...categoriesLike(text, words)])].slice(0, mostFound);
};

/** Three guesses to tap, and a search over the whole list. A guess becomes the category by a tap alone. */
export const CategoryPick = ({ guesses, words, lang, chosen, t, onChoose }: CategoryPickProps) => {
  const [text, setText] = useState('');
  const nameOf = (code: string) => words.find((word) => word.code === code)?.[lang] ?? code;
  const found = find(words, text, lang).map((code) => ({ code, why: undefined }));
  const shown: readonly { code: string; why?: string | undefined }[] = text.trim() === '' ? guesses : found;
  return (
    <div data-categories="">
      <ul className={styles.choices}>
        {shown.map(({ code, why }) => (
          <li key={code}>
            <button
              type="button"
              className={styles.choice}
              data-category={code}
              aria-pressed={code === chosen}
              onClick={() => {
                setText('');
                onChoose(code);
              }}
            >
              {nameOf(code)}
              {why && <small>{t(`intake.guess.${why}`)}</small>}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && text.trim() !== '' && <p className={styles.none}>{t('intake.category.none')}</p>}
      <input
        type="search"
        className={styles.search}
        aria-label={t('intake.category.search', { n: words.length })}
        placeholder={t('intake.category.search', { n: words.length })}
        value={text}
        onChange={(change) => setText(change.target.value)}
      />
    </div>
  );
};
