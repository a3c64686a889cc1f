'use client';

import { Figure } from '@/components/base/figure';
import { useText } from '@/components/feed/text';
import { useCodeWord } from '@/components/panel/code-word';
import { cutSentence, sentenceValues } from '@/data/reports/block';
import styles from './block.module.css';
import type { BlockProps } from './question';

/** A sentence computed from its answers; the figures in it explain themselves as all others do. */
export const Sentence = ({ block, answers }: BlockProps) => {
  const { t } = useText();
  const code = useCodeWord();
  const { params, figures } = sentenceValues(block, answers, { code, t });
  const parts = cutSentence(t(`report.sentence.${block.say ?? block.key}`, params), figures);
  return (
    <p className={styles.words}>
      {parts.map((part, i) =>
        typeof part === 'string' ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no other name and keep their order
          <Figure key={i} answer={part.answer} cell={part.cell} className={styles.said} />
        ),
      )}
    </p>
  );
};
