'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { shortName } from '../chart/gap';
import { loadRows } from '../chart/load';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { focusOf } from '../map/focus-level';
import { definePanel } from '../panel/panel';
import styles from './force-by-area.module.css';

const key = 'force-by-area';
const rowEm = 1.45;

/** Open events against workers on duty, place by place (各社区力量): where one worker has most on hand. */
export const forceByArea = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api, divisions }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const { level } = focusOf(view, divisions);
    const by = (metric: string) => api.metric.ask.queryOptions({ metric, dimensions: [level], question });
    return { open: by('event.open'), onDuty: by('duty.on_duty'), perResident: by('duty.per_ten_thousand') };
  },
  empty: ({ open, onDuty }) => open.cells.length === 0 && onDuty.cells.length === 0,
  caption: ({ tier }) => (tier === 'XL' ? <Caption /> : null),
  draw: ({ data, size, tier }) => <Areas {...data} isNarrow={tier !== 'XL' || size === 'hand'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

type AreasProps = { open: Answer; onDuty: Answer; perResident: Answer; isNarrow: boolean };

const Areas = ({ open, onDuty, perResident, isNarrow }: AreasProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const dimension = open.dimensions[0] ?? '';
  const rows = loadRows(open, onDuty, dimension);
  const { ref, fits } = useFit<HTMLDivElement>(rowEm, rows.length + 1);
  const densityOf = new Map(perResident.cells.map((cell) => [cell.at[dimension], cell]));
  const endings = ['community', 'subdistrict'].map((level) => t(`common.thing.${level}`));
  const words = ['open', 'onDuty', ...(isNarrow ? [] : ['perResident'])];
  return (
    <div className={styles.body}>
      <div className={styles.table} data-narrow={isNarrow ? '' : undefined} ref={ref}>
        <div className={`${styles.row} ${styles.head}`}>
          <span>{t(`common.thing.${dimension}`)}</span>
          <span>{t(`panel.${key}.load`)}</span>
          {words.map((word) => (
            <span key={word}>{t(`panel.${key}.${word}`)}</span>
          ))}
        </div>
        {rows.slice(0, Math.max(1, fits - 1)).map((row) => {
          const density = densityOf.get(row.code);
          return (
            <div className={styles.row} key={row.code} data-code={row.code}>
              <span className={styles.name}>{shortName(divisions.name(row.code), endings)}</span>
              {row.isUnmanned ? (
                <span className={styles.unmanned}>{t(`panel.${key}.unmanned`)}</span>
              ) : (
                <span className={styles.track}>
                  <i className={styles.bar} style={{ width: `${row.share * 100}%` }} />
                </span>
              )}
              <Figure answer={open} cell={row.open} />
              <Figure answer={onDuty} cell={row.onDuty} className={row.isUnmanned ? styles.none : undefined} />
              {!isNarrow && (density ? <Figure answer={perResident} cell={density} hasUnit={false} /> : <span>—</span>)}
            </div>
          );
        })}
      </div>
    </div>
  );
};
