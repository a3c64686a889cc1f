'use client';

import { useQuery } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import type { Answer } from '@/data/model/answer';
import { type Campaign, type CampaignWindows, windowsOf } from '@/data/model/campaign';
import { askedBy, datesOf, type FixedPeriod, type View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { bucketAt } from '../chart/bucket';
import { barDays, barsOf, effectOf, spanOf } from '../chart/campaign';
import { changeWords } from '../chart/change';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './campaign-effect.module.css';

const key = 'campaign-card';
const words = (name: string) => `campaign.effect.${name}`;

type AreaProps = { area: string; campaign: Campaign; windows: CampaignWindows; view: View };

/** The events a campaign is about in one of its areas, over a stretch of days. */
const useAsked = ({ area, campaign, windows, view }: AreaProps) => {
  const api = useTRPC();
  const { from, until } = spanOf(windows);
  const { categories } = campaign;
  const filters = categories.length > 0 ? [{ source: key, field: 'categoryL1' as const, values: categories }] : [];
  const question = (period: FixedPeriod) => ({ ...askedBy(key, view), division: area, period, filters });
  const ask = (period: FixedPeriod) => ({ metric: 'event.reported', question: question(period) });
  const isOver = windows.after !== null;
  const before = useQuery(api.metric.ask.queryOptions(ask(windows.before)));
  const during = useQuery(api.metric.ask.queryOptions(ask(windows.during)));
  const after = useQuery({ ...api.metric.ask.queryOptions(ask(windows.after ?? windows.during)), enabled: isOver });
  const days = useQuery(api.metric.ask.queryOptions({ ...ask(`${from}/${until}`), dimensions: ['day'] }));
  const all = [before, during, days, ...(isOver ? [after] : [])];
  return {
    ...{ before: before.data, during: during.data, days: days.data },
    after: isOver ? after.data : undefined,
    missing: all.some(({ isPending }) => isPending) ? 'waiting' : all.some(({ isError }) => isError) ? 'failed' : null,
  };
};

const Bars = ({ days, windows }: { days: Answer | undefined; windows: CampaignWindows }) => {
  const { t } = useText();
  const bars = days ? barsOf(days, windows) : [];
  const most = Math.max(1, ...bars.map(({ n }) => n));
  return (
    <div className={styles.bars} role="img" aria-label={t(words('bars'), { n: barDays })}>
      {bars.map(({ phase, from, days: length, n }) => (
        <i
          key={from}
          data-phase={phase}
          data-short={length < barDays ? '' : undefined}
          title={t(words('bar'), { from: from.slice(5).replace('-', '/'), days: length, n })}
          style={{ '--share': n / most, flexGrow: length } as CSSProperties}
        />
      ))}
    </div>
  );
};

const toldBy = (answer: Answer | undefined): number | null => answer?.cells[0]?.value ?? null;

const Area = (props: AreaProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { before, during, after, days, missing } = useAsked(props);
  const { windows } = props;
  const now = windows.after === null ? during : after;
  const percent = effectOf(toldBy(before), toldBy(now));
  const told = [
    ['before', before, windows.days],
    ['during', during, datesOf(windows.during)?.days ?? 0],
    ...(windows.after === null ? [] : ([['after', after, windows.days]] as const)),
  ] as const;
  return (
    <section className={styles.area} data-area={props.area}>
      {missing && <span hidden data-panel="" data-state={missing} />}
      <h4>
        {divisions.name(props.area)}
        {missing === 'failed' && <small>{t('common.state.failed')}</small>}
      </h4>
      <dl>
        {told.map(([phase, answer, n]) => (
          <div key={phase} data-phase={phase}>
            <dt>{t(words(phase), { n })}</dt>
            <dd>{answer && <Figure answer={answer} />}</dd>
          </div>
        ))}
        <div data-effect={percent === null ? '' : Math.round(percent)}>
          <dt>{t(words(windows.after === null ? 'changeRunning' : 'change'))}</dt>
          <dd>{before && now && (percent === null ? t(words('few')) : changeWords(percent))}</dd>
        </div>
      </dl>
      <Bars days={days} windows={windows} />
    </section>
  );
};

/** Before and after, area by area (整治前后); what is counted is the events reported of its classes. */
export const CampaignEffect = ({ campaign, view }: { campaign: Campaign; view: View }) => {
  const { t, installation } = useText();
  const tick = useTick();
  const today = bucketAt(new Date(view.at ?? tick), 'day', installation?.timeZone ?? 'UTC');
  const windows = windowsOf(campaign, today);
  if (!windows) return <p className={styles.none}>{t(words('none'))}</p>;
  return (
    <div className={styles.areas}>
      {campaign.areas.map((area) => (
        <Area key={area} area={area} campaign={campaign} windows={windows} view={view} />
      ))}
      <p className={styles.none}>{t(words('note'), { n: barDays })}</p>
    </div>
  );
};
