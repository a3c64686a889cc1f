'use client';

import { loadLevel } from '@/data/model/beach';
import { formatCount } from '@/data/model/format';
import { momentOf } from '@/data/model/moment';
import type { View } from '@/data/model/view';
import { formatClock } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { AlertMark } from '../panel/alert-mark';
import { Card, CardSection } from '../panel/card';
import { PickLine, PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './beach-card.module.css';

const key = 'beach-card';
const words = (name: string) => `panel.${key}.${name}`;
type Found = Outputs['beach']['byId'];

/** Visitors of the day as bars against what the beach holds. */
const Day = ({ found: { beach, hours } }: { found: Found }) => {
  const { t, installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const clock = (at: string) => formatClock(new Date(at), timeZone);
  const top = Math.max(1, ...hours.map(({ visitors }) => visitors));
  const [first, last] = [hours[0], hours.at(-1)];
  const most = hours.find(({ visitors }) => visitors === top);
  if (!first || !last) return <p>{t('panel.beach-load.empty')}</p>;
  return (
    <>
      <div className={styles.bars} role="img" aria-label={t(words('day'))}>
        {hours.map(({ countedAt, visitors }) => {
          const level = loadLevel(beach.capacity > 0 ? visitors / beach.capacity : null);
          const background = level ? `var(--alert-${level})` : undefined;
          return <i key={countedAt} style={{ height: `${(visitors / top) * 100}%`, background }} />;
        })}
      </div>
      <p className={styles.axis}>
        <span>{clock(first.countedAt)}</span>
        <span>{most && t(words('most'), { n: most.visitors, time: clock(most.countedAt) })}</span>
        <span>{clock(last.countedAt)}</span>
      </p>
    </>
  );
};

const BeachBody = ({ found, set }: { found: Found; set: (patch: Partial<View>) => void }) => {
  const { t, lang } = useText();
  const divisions = useDivisions();
  const { beach } = found;
  const inWords = (n: number | null) => {
    if (n === null) return '—';
    const { digits, scale } = formatCount(n, lang);
    return `${digits}${scale}`;
  };
  const level = loadLevel(beach.load);
  return (
    <Card
      kicker={t(words('kind'))}
      title={lang === 'zh' ? beach.name : beach.nameEn}
      badge={level && <AlertMark level={level} size="1.4em" />}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('now'))}>
        <PlainLine name={t(words('visitors'))} detail={inWords(beach.visitors)} />
        <PlainLine name={t(words('weekBefore'))} detail={inWords(beach.weekBefore)} />
        <PlainLine name={t(words('capacity'))} detail={inWords(beach.capacity)} />
        <PlainLine name={t(words('load'))} detail={beach.load === null ? '—' : `${(beach.load * 100).toFixed(1)}%`} />
        {beach.community && (
          <PickLine
            name={t('common.thing.community')}
            detail={divisions.name(beach.community)}
            onPick={() => set({ selection: `division:${beach.community}` })}
          />
        )}
      </CardSection>
      <CardSection title={t(words('day'))}>
        <Day found={found} />
      </CardSection>
    </Card>
  );
};

/** One beach with its visitors through the day (沙滩档案). */
export const beachCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }): Record<string, ReturnType<typeof api.beach.byId.queryOptions>> => {
    const { kind, code } = partsOf(view.selection) ?? { kind: '', code: '' };
    return kind === 'beach' ? { found: api.beach.byId.queryOptions({ ...momentOf(view), id: code }) } : {};
  },
  empty: ({ found }) => found === undefined,
  draw: ({ data: { found }, set }) => (found ? <BeachBody found={found} set={set} /> : null),
});
