'use client';

import type { CSSProperties } from 'react';
import type { Answer } from '@/data/model/answer';
import type { EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { LevelMark } from '../base/level-mark';
import { OverWords } from '../base/over-words';
import { spanWords } from '../base/span';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { eventClock, nameable, overdueFirst, rankAttention, stepsOf } from '../chart/attention';
import { shortName } from '../chart/gap';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import styles from './attention-list.module.css';

/** Open events most in need of attention (需要关注): by level, then by the share of their time used, and who handles them. No person, no door. */
export const attentionList = definePanel({
  key: 'attention-list',
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const question = askedBy('attention-list', view);
    return {
      open: api.event.open.queryOptions({ question, sort: 'urgency', limit: 60 }),
      total: api.metric.ask.queryOptions({ metric: 'event.open', question }),
      grave: api.metric.ask.queryOptions({ metric: 'event.grave', question }),
      overdue: api.metric.ask.queryOptions({ metric: 'event.overdue', question }),
      late: api.event.open.queryOptions({ question, sort: 'due', limit: 60 }),
    };
  },
  empty: ({ open }) => open.rows.length === 0,
  caption: ({ data, tier }) => <Caption total={data.total} isShort={tier !== 'XL'} />,
  draw: ({ data, view, size, tier }) => (
    <Attention {...data} isFixed={view.at !== null} isWall={size === 'wall'} tier={tier} />
  ),
});

const Caption = ({ total, isShort }: { total: Answer; isShort: boolean }) => {
  const { t, lang } = useText();
  return (
    <>
      {t('panel.attention-list.of')} <Figure answer={total} hasUnit={lang === 'zh'} className={styles.total} />
      {!isShort && ` · ${t('panel.attention-list.caption')}`}
    </>
  );
};

type Tier = 'XL' | 'L' | 'S';

type AttentionProps = {
  open: Outputs['event']['open'];
  total: Answer;
  grave: Answer;
  overdue: Answer;
  late: Outputs['event']['open'];
  isFixed: boolean;
  isWall: boolean;
  tier: Tier;
};

const Attention = ({ open, late, isFixed, isWall, tier, ...counts }: AttentionProps) => {
  const tick = useTick();
  const now = isFixed ? Date.parse(open.asOf) : tick;
  const most = tier === 'S' ? 3 : 4;
  const { ref, fits } = useFitRows<HTMLDivElement>(0.3);
  const listed = (list: EventRow[]) => (isWall ? nameable(list) : list);
  const rows = rankAttention(listed(open.rows), now).slice(0, most);
  const shown = rows.slice(0, fits);
  const longest = overdueFirst(listed(late.rows), now).find(({ id }) => !shown.some((row) => row.id === id));
  return (
    <div className={styles.list}>
      <div className={styles.rows} ref={ref}>
        {rows.map((row, i) => (
          <div key={row.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
            <Row row={row} now={now} isNarrow={tier !== 'XL'} />
          </div>
        ))}
      </div>
      <More {...counts} shown={shown} longest={longest} now={now} />
    </div>
  );
};

type MoreProps = Record<'total' | 'grave' | 'overdue', Answer> & {
  shown: EventRow[];
  /** Of those left out the longest over its limit. */
  longest: EventRow | undefined;
  now: number;
};

/** How many open events the list leaves out, how many grave ones among them, how many overdue, and which the longest. */
const More = ({ shown, longest, total, grave, overdue, now }: MoreProps) => {
  const { t } = useText();
  const left = (total.cells[0]?.value ?? 0) - shown.length;
  const graveLeft = (grave.cells[0]?.value ?? 0) - shown.filter(({ level }) => level <= 2).length;
  const overLeft = (overdue.cells[0]?.value ?? 0) - shown.filter((row) => eventClock(row, now).isOver).length;
  if (left <= 0) return null;
  const words = t('panel.attention-list.more', { n: left, grave: graveLeft, over: overLeft });
  return (
    <p className={styles.more} data-more={left}>
      {words}
      {longest && overLeft > 0 && <Longest row={longest} now={now} />}
    </p>
  );
};

const Longest = ({ row, now }: { row: EventRow; now: number }) => {
  const { t, term } = useText();
  const { used, limit } = eventClock(row, now);
  return (
    <span className={styles.longest}>
      {t('panel.attention-list.longest')}
      <span>
        {term('event-category', row.category)} · <Where row={row} isNarrow />
      </span>{' '}
      <OverWords minutes={used - (limit ?? used)} />
    </span>
  );
};

const Row = ({ row, now, isNarrow }: { row: EventRow; now: number; isNarrow: boolean }) => {
  const { t, term } = useText();
  const unit = row.department ? term('department', row.department) : t('panel.attention-list.unassigned');
  return (
    <div className={styles.event} data-event={row.id} data-level={row.level}>
      <LevelMark level={row.level} size="1.85em" />
      <div className={styles.words}>
        <div className={styles.line}>
          <span className={styles.title}>{term('event-category', row.category)}</span>
          {isNarrow ? <span className={styles.unit}>{unit}</span> : <Times row={row} now={now} isNarrow={false} />}
        </div>
        <div className={`${styles.line} ${styles.sub}`}>
          <Where row={row} isNarrow={isNarrow} />
          {isNarrow ? (
            <Times row={row} now={now} isNarrow />
          ) : (
            <span>{[unit, term('event-stage', row.stage)].join(' · ')}</span>
          )}
        </div>
        <div className={styles.steps} style={{ '--step': `var(--alert-${row.level})` } as CSSProperties}>
          {stepsOf(row.stage).map((step, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: five fixed steps
            <i key={i} data-step={step} />
          ))}
        </div>
      </div>
    </div>
  );
};

/** Community, and its grid where there is room; never a door. */
const Where = ({ row, isNarrow }: { row: EventRow; isNarrow: boolean }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const place = [row.community ?? row.subdistrict, isNarrow ? null : row.grid].filter((code) => code !== null);
  const names = place.map((code) => divisions.name(code));
  const words = isNarrow ? names.map((name) => shortName(name, [t('common.thing.community')])) : names;
  return <span>{words.join(' · ') || t('common.action.unplaced')}</span>;
};

/** Time used and its limit; past the limit the time is marked and the words say by how much. A narrow wing says one of it. */
const Times = ({ row, now, isNarrow }: { row: EventRow; now: number; isNarrow: boolean }) => {
  const { t } = useText();
  const { used, limit, isOver } = eventClock(row, now);
  const over = limit !== null && isOver ? <OverWords minutes={used - limit} /> : null;
  const spent = t('common.duration.used', { time: spanWords(used, t) });
  if (isNarrow) {
    const left = limit === null ? spent : t('common.duration.left', { time: spanWords(limit - used, t) });
    return <span className={`${styles.times} ${styles.used}`}>{over ?? left}</span>;
  }
  const allowed =
    limit === null
      ? t('panel.attention-list.noLimit')
      : t('panel.attention-list.limit', { limit: spanWords(limit, t) });
  return (
    <span className={styles.times}>
      <span className={styles.used}>{spent}</span>
      <span className={styles.limit}>{over ?? allowed}</span>
    </span>
  );
};
