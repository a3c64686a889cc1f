'use client';

import { useQuery } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import type { Answer } from '@/data/model/answer';
import type { Ask } from '@/data/model/ask';
import { datesOf, type View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useShortcut } from '../base/shortcut';
import { endOfPeriod, periodOver } from '../chart/bucket';
import { railBars, railOf, windowStart } from '../chart/rail';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { RailTrack } from '../panel/rail-track';
import { useReplay } from '../panel/use-replay';
import styles from './time-rail.module.css';

const key = 'time-rail';
const words = (name: string) => `panel.${key}.${name}`;
const speeds = [1, 4, 16];
/** The clock is set to whole hours. */
const hourMs = 3_600_000;

type RailProps = { answer: Answer; view: View; set: (patch: Partial<View>) => void };

/** Data that came to an end this long ago is past (a file of another year): the rail ends with it. */
const endedMs = 3 * 86_400_000;

/** The rail's question: what was reported in a wider stretch, up to now or the end of the data. */
const railAsk = (view: View, at: string | null, now: number): Ask => {
  const { period, bucket } = railOf(view.period, now);
  const question = { ...questionOf(key, view), period, at };
  return { metric: 'event.reported', dimensions: [bucket], question, complete: true };
};

/** The answer that ends with the data, once it is known that they ended. */
const useRailAnswer = ({ answer, view }: Pick<RailProps, 'answer' | 'view'>): Answer => {
  const api = useTRPC();
  const lastAt = useQuery(api.metric.span.queryOptions()).data?.lastAt ?? null;
  const now = Date.parse(answer.to);
  const end = lastAt && now - Date.parse(lastAt) > endedMs ? Date.parse(lastAt) + 86_400_000 : null;
  const ask = railAsk(view, end === null ? null : new Date(end).toISOString(), end ?? now);
  return useQuery({ ...api.metric.ask.queryOptions(ask), enabled: end !== null }).data ?? answer;
};

/** Stretch looked at on the rail, the replay over it, and what sets its clock. */
const useRail = ({ answer: toNow, view, set }: RailProps) => {
  const answer = useRailAnswer({ answer: toNow, view });
  const { installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const { bucket, stepHours } = railOf(view.period, Date.parse(answer.to));
  const rail = useMemo(() => railBars(answer, bucket, timeZone), [answer, bucket, timeZone]);
  const to = view.at ? Date.parse(view.at) : rail.to;
  const from = windowStart(view.period, new Date(to), timeZone)?.getTime() ?? rail.from;
  const live = Math.min(rail.to, endOfPeriod(view.period, timeZone)?.getTime() ?? rail.to);
  const replay = useReplay({ view, set, stepHours, live, from });
  useShortcut({
    ' ': () => void replay.toggle(),
    arrowleft: () => void replay.step(-1),
    arrowright: () => void replay.step(1),
  });
  const onPick = (place: number) => {
    const at = Math.round(place / hourMs) * hourMs;
    const days = datesOf(view.period)?.days;
    const isAhead = at >= Date.parse(toNow.to);
    // a fixed period moves along with the clock
    const period = days ? periodOver(new Date(at - days * 86_400_000 + 1), new Date(at), timeZone) : view.period;
    set(isAhead ? { at: null } : { at: new Date(at).toISOString(), period });
  };
  const onBrush = (a: number, b: number) => {
    set({ period: periodOver(new Date(a), new Date(b), timeZone), at: null });
  };
  const onLive = () => {
    replay.stop();
    set({ at: null });
  };
  return { rail, from, to, timeZone, replay, stepHours, onPick, onBrush, onLive };
};

const TimeRail = (props: RailProps) => {
  const { t, lang } = useText();
  const { rail, from, to, timeZone, replay, stepHours, onPick, onBrush, onLive } = useRail(props);
  const isLive = props.view.at === null;
  const range = `${formatStamp(new Date(from), timeZone, lang)} – ${formatStamp(new Date(to), timeZone, lang)}`;
  return (
    <div className={styles.rail} data-live={isLive}>
      <Button
        kind="primary"
        className={styles.play}
        aria-label={t(`common.action.${replay.isPlaying ? 'pause' : 'play'}`)}
        aria-pressed={replay.isPlaying}
        onClick={replay.toggle}
      >
        {replay.isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
      </Button>
      <p className={styles.words}>
        <strong>{range}</strong>
        <span>
          {t(isLive ? 'common.clock.live' : 'common.clock.replay')} ·{' '}
          {t(words(stepHours === 1 ? 'stepHour' : 'stepDay'))}
        </span>
      </p>
      <RailTrack
        {...{ rail, from, to, onPick, onBrush, onLive }}
        label={t(words('title'))}
        valueText={range}
        onStep={replay.step}
      />
      <Button
        aria-label={t(words('speed'), { n: replay.speed })}
        onClick={() => replay.setSpeed(speeds[(speeds.indexOf(replay.speed) + 1) % speeds.length] ?? 1)}
      >
        {replay.speed}×
      </Button>
      <Button disabled={isLive} onClick={onLive}>
        {t('common.clock.backToLive')}
      </Button>
    </div>
  );
};

/** Events over time at the foot of the map: sets the clock of the whole screen, and replays (时间轴). */
export const timeRail = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({ answer: api.metric.ask.queryOptions(railAsk(view, null, Date.now())) }),
  draw: ({ data, view, set }) => <TimeRail answer={data.answer} view={view} set={set} />,
});
