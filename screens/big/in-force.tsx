'use client';

import { Fragment } from 'react';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { ClassWords } from '@/components/map/class-words';
import { useClauseWords } from '@/components/panel/clause-words';
import styles from './stage.module.css';

/** Filters in force and classes chosen, one a line at the lower left of the map, so that nobody reads a part for the whole. */
export const InForce = ({ layers }: { layers: readonly string[] }) => {
  const { t } = useText();
  const { view } = useView();
  const wordsOf = useClauseWords();
  const line = ({ what, values }: { what: string; values: string[] }) => (
    <p data-map-cover="">
      {what}{' '}
      {values.map((value, i) => (
        <b key={value}>{i < values.length - 1 ? `${value}${t('common.and')}` : value}</b>
      ))}
    </p>
  );
  return (
    <div className={styles.inForce} data-in-force="">
      {view.filters.map((clause) => (
        <Fragment key={`${clause.source}.${clause.field}`}>{line(wordsOf(clause))}</Fragment>
      ))}
      {view.classes.length > 0 && (
        <ClassWords size="wall" layers={layers}>
          {line}
        </ClassWords>
      )}
    </div>
  );
};
