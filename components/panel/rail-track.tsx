'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { instantAt, placeOf, type Rail } from '../chart/rail';
import styles from './rail-track.module.css';

type RailTrackProps = {
  rail: Rail;
  /** Stretch looked at, epoch ms. */
  from: number;
  to: number;
  label: string;
  /** The clock in words. */
  valueText: string;
  onPick: (at: number) => void;
  onBrush: (from: number, to: number) => void;
  onStep: (direction: 1 | -1) => void;
  onLive: () => void;
};

/** Share of the track a drag must cover to be a brush and not a click. */
const leastBrush = 0.008;

const directions: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

const percent = (place: number) => `${(place * 100).toFixed(2)}%`;

/** Drag over the track: the stretch marked so far as places 0–1; null while none is. */
const useBrush = ({ rail, onPick, onBrush }: Pick<RailTrackProps, 'rail' | 'onPick' | 'onBrush'>) => {
  const track = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  const placeAt = ({ clientX }: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) : 0;
  };
  const handlers = {
    onPointerDown: (press: PointerEvent) => {
      if (press.button !== 0) return;
      press.currentTarget.setPointerCapture(press.pointerId);
      setDrag([placeAt(press), placeAt(press)]);
    },
    onPointerMove: (move: PointerEvent) => drag && setDrag([drag[0], placeAt(move)]),
    onPointerUp: () => {
      if (!drag) return;
      const [a, b] = [Math.min(...drag), Math.max(...drag)];
      setDrag(null);
      if (b - a < leastBrush) onPick(instantAt(rail, b));
      else onBrush(instantAt(rail, a), instantAt(rail, b));
    },
    onPointerCancel: () => setDrag(null),
  };
  const marked = drag ? { left: Math.min(...drag), right: Math.max(...drag) } : null;
  return { track, marked, handlers };
};

const Bars = ({ rail, from, to }: Pick<RailTrackProps, 'rail' | 'from' | 'to'>) => (
  <svg viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true">
    {rail.bars.map((bar) => {
      const x = placeOf(rail, bar.from) * 1000;
      const width = placeOf(rail, bar.to) * 1000 - x;
      return (
        <rect
          key={bar.bucket}
          x={x + width * 0.15}
          width={Math.max(0.6, width * 0.7)}
          y={40 - bar.share * 36}
          height={bar.share * 36}
          data-in={bar.to > from && bar.from < to}
        />
      );
    })}
  </svg>
);

/** Bars of events over time; click sets the clock, drag the stretch, arrow keys step. */
export const RailTrack = ({ rail, from, to, label, valueText, onStep, onLive, ...brushing }: RailTrackProps) => {
  const { track, marked, handlers } = useBrush({ rail, ...brushing });
  const onKeyDown = (press: KeyboardEvent) => {
    const direction = directions[press.key];
    if (!direction && press.key !== 'End') return;
    press.preventDefault();
    if (direction) onStep(direction);
    else onLive();
  };
  const { left, right } = marked ?? { left: placeOf(rail, from), right: placeOf(rail, to) };
  return (
    <div
      ref={track}
      className={styles.track}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={rail.from}
      aria-valuemax={rail.to}
      aria-valuenow={to}
      aria-valuetext={valueText}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <Bars rail={rail} from={from} to={to} />
      <i className={styles.window} style={{ left: percent(left), width: percent(right - left) }} />
    </div>
  );
};
