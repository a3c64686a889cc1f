'use client';

import { memo } from 'react';
import { noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { facetRows } from '../chart/facet';
import { useText } from '../feed/text';
import styles from './breakdown.module.css';

type BreakdownProps = {
  answer: Answer;
  dimension: string;
  /** Dictionary list its codes belong to. */
  list: string;
  tone: string;
  shown?: number;
};

/** Parts of a whole as bars from zero, largest first. */
export const Breakdown = memo(({ answer, dimension, list, tone, shown = 5 }: BreakdownProps) => {
  const { t, term, lang } = useText();
  const rows = facetRows(answer, dimension, { chosen: [] }).filter(({ cell }) => cell.value !== 0);
  return (
    <ul className={styles.list}>
      {rows.slice(0, shown).map(({ code, cell, share }) => (
        <li key={code}>
          <span>{code === noCode ? t('common.action.unknown') : term(list, code)}</span>
          <span className={styles.bar} aria-hidden>
            <i style={{ width: `${share * 100}%`, background: tone }} />
          </span>
          <Figure answer={answer} cell={cell} hasUnit={lang === 'zh'} className={styles.figure} />
        </li>
      ))}
    </ul>
  );
});
