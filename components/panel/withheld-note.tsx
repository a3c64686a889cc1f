'use client';

import type { Answer } from '@/data/model/answer';
import { formatValue } from '@/data/model/format';
import { useText } from '../feed/text';
import styles from './withheld-note.module.css';

/** Cells not shown because too few people are behind each, and what they add up to together: the parts make the whole. */
export const WithheldNote = ({ answer }: { answer: Answer }) => {
  const { t, lang } = useText();
  const n = answer.cells.filter(({ withheld }) => withheld).length;
  if (n === 0) return null;
  const sum = answer.withheldTotal ?? null;
  const { digits, scale } = formatValue(answer, sum, lang);
  const unit = t(`common.unit.${answer.unit}`);
  return (
    <p className={styles.note} data-withheld={n} data-withheld-total={sum ?? ''}>
      {sum === null
        ? t('panel.withheld.unknown', { n })
        : t('panel.withheld.sum', { n, sum: `${digits}${scale}`, unit })}
    </p>
  );
};
