'use client';

import { Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import type { Answer } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useShortcut } from '../base/shortcut';
import { periodOver } from '../chart/bucket';
import { railBars, railOf, windowStart } from '../chart/rail';
import { useText } from '../feed/text';
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

/** Stretch looked at on the rail, the replay over it, and what sets its clock. */
const useRail = ({ answer, view, set }: RailProps) => {
  const { installation } = useText();
  const timeZone = installation?.timeZone ?? 'UTC';
  const { bucket, stepHours } = railOf(view.period, Date.parse(answer.to));
  const rail = useMemo(() => railBars(answer, bucket, timeZone), [answer, bucket, timeZone]);
  const to = view.at ? Date.parse(view.at) : rail.to;
  const from = windowStart(view.period, new Date(to), timeZone)?.getTime() ?? rail.from;
  const replay = useReplay({ view, set, stepHours, live: rail.to, from });
  useShortcut({
    ' ': () => void replay.toggle(),
    arrowleft: () => void replay.step(-1),
    arrowright: () => void replay.step(1),
  });
  const onPick = (place: number) => {
    const at = Math.round(place / hourMs) * hourMs;
    set({ at: at >= rail.to ? null : new Date(at).toISOString() });
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
  ask: ({ view, api }) => {
    const { period, bucket } = railOf(view.period, Date.now());
    return {
      answer: api.metric.ask.queryOptions({
        metric: 'event.reported',
        dimensions: [bucket],
        question: { ...questionOf(key, view), period, at: null },
        complete: true,
      }),
    };
  },
  draw: ({ data, view, set }) => <TimeRail answer={data.answer} view={view} set={set} />,
});
