'use client';

import { type BeachNow, loadLevel } from '@/data/model/beach';
import { amountWords, changeFrom, formatCount } from '@/data/model/format';
import { momentOf } from '@/data/model/moment';
import type { View } from '@/data/model/view';
import { formatClock } from '../base/format';
import { useFit } from '../base/use-fit';
import { shortName } from '../chart/gap';
import { type Text, useText } from '../feed/text';
import { setHighlight } from '../map/highlight';
import { AlertMark } from '../panel/alert-mark';
import { definePanel } from '../panel/panel';
import { focusOf } from '../panel/question';
import styles from './beach-load.module.css';

const key = 'beach-load';

/** The fullest beaches (沙滩客流): visitors out of what a beach holds, against the same hour a week before. */
export const beachLoad = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({
    shore: api.beach.list.queryOptions({ ...momentOf(view), division: focusOf(view) }),
  }),
  empty: ({ shore }) => shore.beaches.every(({ visitors }) => visitors === null),
  caption: ({ data, tier }) => (
    <Caption countedAt={data.shore.countedAt} n={data.shore.beaches.length} isShort={tier !== 'XL'} />
  ),
  draw: ({ data, view, set, size, tier }) => (
    <Beaches beaches={data.shore.beaches} view={view} set={size === 'wall' ? null : set} isNarrow={tier !== 'XL'} />
  ),
});

const Caption = ({ countedAt, n, isShort }: { countedAt: string | null; n: number; isShort: boolean }) => {
  const { t, installation } = useText();
  const time = installation && countedAt ? formatClock(new Date(countedAt), installation.timeZone) : '—';
  return t(`panel.${key}.${isShort ? 'captionShort' : 'caption'}`, { n, time });
};

type BeachesProps = {
  beaches: BeachNow[];
  view: View;
  set: ((patch: Partial<View>) => void) | null;
  /** A narrow wing: the counts are left out, the share of what a beach holds stays. */
  isNarrow: boolean;
};

const Beaches = ({ beaches, view, set, isNarrow }: BeachesProps) => {
  const { ref, fits } = useFit<HTMLUListElement>(set ? 2.4 : 1.6, 12);
  const counted = beaches.filter(({ load }) => load !== null);
  return (
    <ul className={styles.rows} ref={ref} data-narrow={isNarrow ? '' : undefined}>
      {counted.slice(0, fits).map((beach) => {
        const selection = `beach:${beach.id}`;
        return (
          <li
            key={beach.id}
            className={styles.row}
            data-selected={view.selection === selection ? '' : undefined}
            onPointerEnter={set ? () => setHighlight(selection) : undefined}
            onPointerLeave={set ? () => setHighlight(null) : undefined}
          >
            <Name beach={beach} onSelect={set && (() => set({ selection }))} />
            <Load beach={beach} />
          </li>
        );
      })}
    </ul>
  );
};

const Name = ({ beach, onSelect }: { beach: BeachNow; onSelect: (() => void) | null }) => {
  const { t, lang } = useText();
  const level = loadLevel(beach.load);
  const words = (
    <>
      {level && <AlertMark level={level} size="1em" />}{' '}
      {lang === 'zh' ? beach.name : shortName(beach.nameEn, [t('panel.beach-card.kind')])}
    </>
  );
  return onSelect ? (
    <button type="button" className={styles.name} onClick={onSelect}>
      {words}
    </button>
  ) : (
    <span className={styles.name}>{words}</span>
  );
};

const Load = ({ beach: { load, visitors, capacity, weekBefore } }: { beach: BeachNow }) => {
  const { t, lang } = useText();
  const counted = formatCount(visitors ?? 0, lang);
  const holds = formatCount(capacity, lang);
  const level = loadLevel(load);
  const share = load ?? 0;
  return (
    <>
      <span className={styles.track}>
        <span
          className={styles.bar}
          style={{ width: `${Math.min(1, share) * 100}%`, background: level ? `var(--alert-${level})` : undefined }}
        />
      </span>
      <span className={styles.share}>{(share * 100).toFixed(1)}%</span>
      <span className={styles.count} title={t(`panel.${key}.of`)}>
        {counted.digits}
        {counted.scale} / {holds.digits}
        {holds.scale}
      </span>
      <span className={styles.change}>{changeWords(visitors, weekBefore, t)}</span>
    </>
  );
};

/** Visitors are counted, and more of them is neither good nor bad. */
const visited = { unit: 'person', kind: 'count', polarity: 'neutral' } as const;

/** Direction and size of the change on the week before; a dash without anything to compare with. */
const changeWords = (now: number | null, before: number | null, t: Text['t']): string => {
  const change = changeFrom(visited, before, now);
  if (!change || change.direction === 'flat') return '—';
  return `${change.direction === 'up' ? '▲' : '▼'} ${amountWords(change, visited, t)}`;
};
