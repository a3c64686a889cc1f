'use client';

import type { Answer } from '@/data/model/answer';
import type { EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { LevelMark } from '../base/level-mark';
import { OverWords } from '../base/over-words';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { eventClock, nameable, overdueFirst } from '../chart/attention';
import { shortName } from '../chart/gap';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { setHighlight } from '../map/highlight';
import { definePanel } from '../panel/panel';
import styles from './overdue-list.module.css';

const key = 'overdue-list';
const most = 12;

/** Open events past their limit (超期在办), the longest over first: what, in which community, with whom, over by how long. */
export const overdueList = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const question = askedBy(key, view);
    return {
      open: api.event.open.queryOptions({ question, sort: 'due', limit: 60 }),
      total: api.metric.ask.queryOptions({ metric: 'event.overdue', question }),
    };
  },
  empty: ({ total }) => total.cells[0]?.value === 0,
  caption: ({ data }) => <Caption total={data.total} />,
  draw: ({ data, view, tier }) => <Overdue {...data} isFixed={view.at !== null} isNarrow={tier !== 'XL'} />,
});

const Caption = ({ total }: { total: Answer }) => {
  const { t } = useText();
  return (
    <>
      <Figure answer={total} className={styles.total} /> · {t(`panel.${key}.caption`)}
    </>
  );
};

type OverdueProps = { open: Outputs['event']['open']; total: Answer; isFixed: boolean; isNarrow: boolean };

const Overdue = ({ open, total, isFixed, isNarrow }: OverdueProps) => {
  const { t } = useText();
  const tick = useTick();
  const now = isFixed ? Date.parse(open.asOf) : tick;
  const rows = overdueFirst(nameable(open.rows), now).slice(0, most);
  const { ref, fits } = useFitRows<HTMLUListElement>(0.1);
  const left = (total.cells[0]?.value ?? 0) - Math.min(fits, rows.length);
  return (
    <div className={styles.list}>
      <ul className={styles.rows} ref={ref}>
        {rows.map((row, i) => (
          <li key={row.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
            <Row row={row} now={now} isNarrow={isNarrow} />
          </li>
        ))}
      </ul>
      {left > 0 && <p className={styles.more}>{t(`panel.${key}.more`, { n: left })}</p>}
    </div>
  );
};

const Row = ({ row, now, isNarrow }: { row: EventRow; now: number; isNarrow: boolean }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const { used, limit } = eventClock(row, now);
  const selection = `event:${row.id}`;
  const place = row.community ?? row.subdistrict;
  return (
    <div
      className={styles.event}
      data-event={row.id}
      onPointerEnter={() => setHighlight(selection)}
      onPointerLeave={() => setHighlight(null)}
    >
      <LevelMark level={row.level} size="1.75em" />
      <span className={styles.title}>
        <b>{term('event-category', row.category)}</b>
        <small>
          {place === null
            ? t('common.action.unplaced')
            : shortName(divisions.name(place), [t('common.thing.community')])}
          {!isNarrow && row.department && ` · ${term('department', row.department)}`}
        </small>
      </span>
      <OverWords minutes={used - (limit ?? used)} isShort={isNarrow} />
    </div>
  );
};
