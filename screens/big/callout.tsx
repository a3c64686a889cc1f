'use client';

import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useState } from 'react';
import { LevelMark } from '@/components/base/level-mark';
import { OverWords } from '@/components/base/over-words';
import { type Seams, seamPx } from '@/components/base/seams';
import { spanWords } from '@/components/base/span';
import { eventClock, nameable, rankAttention } from '@/components/chart/attention';
import { useTick } from '@/components/feed/clock';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import {
  type PlaceName,
  type StagePoint,
  useAnchors,
  useMarkOf,
  useMarks,
  useNameBoxes,
  usePlaceNames,
} from '@/components/map/anchor';
import { memoLast } from '@/components/map/memo';
import type { EventRow } from '@/data/model/event';
import { askedBy } from '@/data/model/view';

import { type Box, beneath, type Placing, placeCallout } from './callout-place';
import { useWallLink } from './link/wall-link';
import styles from './stage.module.css';

/** The event in first place of the attention list, asked with the same question; null without one on the map. */
const useTopEvent = (): { event: EventRow; now: number } | null => {
  const api = useTRPC();
  const { view } = useView();
  const tick = useTick();
  const open = useQuery(
    api.event.open.queryOptions({ question: askedBy('attention-list', view), sort: 'urgency', limit: 60 }),
  ).data;
  if (!open) return null;
  const now = view.at ? Date.parse(open.asOf) : tick;
  const event = rankAttention(nameable(open.rows), now)[0];
  return event?.position ? { event, now } : null;
};

type Size = { width: number; height: number };
/** The stage on the page, px. */
export type StageBox = Size & { left: number; top: number };
type RingProps = { unit: number; tier: string; stage: StageBox; seams: Seams; notice: number };

/** The one call-out of the wall (引线标注): the gravest open event. Below XL it folds into the list; the ring stays. */
export const Callout = (props: RingProps) => {
  const top = useTopEvent();
  const { state } = useWallLink();
  // a meeting that wants quiet is not pointed at a Ⅱ: its row tells of it
  const isRowOnly = state?.isQuiet === true && top?.event.level === 2;
  return top && !isRowOnly ? <Called {...top} {...props} /> : null;
};

/** Size of an element that comes and goes. */
const useBoxSize = () => {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => setSize({ width: element.offsetWidth, height: element.offsetHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return { ref: setElement, size };
};

/** Room of a mark of events, arc-minutes. */
const markRoom = 52;

const markBox = ({ x, y }: StagePoint, unit: number): Box => {
  const side = unit * markRoom;
  return { x: x - side / 2, y: y - side / 2, width: side, height: side };
};

/** Names of places on the map, about. */
const nameBoxes = (names: readonly PlaceName[], unit: number): Box[] =>
  names.map(({ x, y, name }) => {
    const width = unit * 28 * Math.max(3, name.length);
    return { x: x - width / 2, y: y - unit * 20, width, height: unit * 40 };
  });

/** What stands in the corners, and an interrupt. */
const cornersOf = ({ unit, stage, notice }: RingProps): Box[] => [
  { x: 0, y: 0, width: unit * 560, height: unit * (150 + notice) },
  { x: stage.width - unit * 480, y: 0, width: unit * 480, height: unit * (150 + notice) },
  { x: 0, y: stage.height - unit * 310, width: unit * 600, height: unit * 310 },
  { x: stage.width - unit * 600, y: stage.height - unit * 310, width: unit * 600, height: unit * 310 },
  { x: 0, y: 0, width: stage.width, height: unit * notice },
];

/** Seams that run through the stage, as strips nothing stands on. */
const seamStrips = ({ x, y }: Seams, { left, top, width, height }: StageBox): Box[] => [
  ...x.map((at) => ({ x: at - left - seamPx, y: 0, width: 2 * seamPx, height })),
  ...y.map((at) => ({ x: 0, y: at - top - seamPx, width, height: 2 * seamPx })),
];

/** The place found last stands while nothing it depends on is another: the clock alone draws a call-out every second. */
const placeAs = memoLast((placing: string) => placeCallout(JSON.parse(placing) as Placing));

const Called = ({ event, now, ...ring }: RingProps & { event: EventRow; now: number }) => {
  const { unit, tier, stage, seams } = ring;
  const mark = useMarkOf(event);
  const others = useMarks().filter(({ key }) => key !== mark?.key);
  const areas = useNameBoxes();
  const points = useAnchors(
    mark ? [mark.position, ...areas.map(({ at }) => at), ...others.map(({ position }) => position)] : [],
  );
  const names = usePlaceNames();
  const { ref, size } = useBoxSize();
  const [at, ...rest] = points ?? [];
  if (!mark || !at) return null;
  const labels = areas.flatMap(({ width, height }, i): Box[] => {
    const middle = rest[i];
    return middle ? [{ x: middle.x - width / 2, y: middle.y - height / 2, width, height }] : [];
  });
  const marks = rest.slice(areas.length).map(({ x, y }, i) => {
    const [right, down] = others[i]?.shift ?? [0, 0];
    return markBox({ x: x + right, y: y + down }, unit);
  });
  const anchor = { x: at.x + mark.shift[0], y: at.y + mark.shift[1] };
  const radius = unit * 36;
  const margin = unit * 30;
  const placed = placeAs(
    JSON.stringify({
      ...{ anchor, radius, stage, margin, marks },
      box: size ?? { width: unit * 480, height: unit * 130 },
      labels: [...labels, ...nameBoxes(names, unit)],
      panels: [...cornersOf(ring), ...seamStrips(seams, stage)],
    } satisfies Placing),
  );
  const hasBox = tier === 'XL';
  return (
    <>
      <Leader anchor={anchor} radius={radius} lines={hasBox ? beneath(placed.leader, [...labels, ...marks]) : []} />
      {hasBox && (
        <div
          ref={ref}
          className={styles.callout}
          data-callout={event.id}
          style={{ left: placed.x, top: placed.y, borderColor: `var(--alert-${event.level})` }}
        >
          <Words event={event} now={now} />
        </div>
      )}
    </>
  );
};

type LeaderProps = { anchor: StagePoint; radius: number; lines: ReturnType<typeof beneath> };

/** Ring round the mark and the line to the call-out, below the names and marks it meets, all with a dark casing. */
const Leader = ({ anchor, radius, lines }: LeaderProps) => (
  <svg className={styles.leader} aria-hidden="true">
    {[styles.casing, undefined].map((className) => (
      <g key={className ?? 'line'} className={className}>
        <circle cx={anchor.x} cy={anchor.y} r={radius} />
        {lines.map(({ from, to }) => (
          <line key={`${from.x} ${from.y}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        ))}
      </g>
    ))}
  </svg>
);

/** What, where by community and grid, which step, how long of how long. No person, no door. */
const Words = ({ event, now }: { event: EventRow; now: number }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const clock = eventClock(event, now);
  const place = [event.community ?? event.subdistrict, event.grid].filter((code) => code !== null);
  return (
    <>
      <div className={styles.title}>
        <LevelMark level={event.level} size="1.6em" />
        {term('event-category', event.category)}
      </div>
      <div className={styles.line}>
        {[...place.map((code) => divisions.name(code)), term('event-stage', event.stage)].join(' · ')}
      </div>
      <div className={styles.line}>
        <b>{t('big.callout.used', { used: spanWords(clock.used, t) })}</b>
        {clock.limit !== null && ` · ${t('big.callout.of', { limit: spanWords(clock.limit, t) })} `}
        {clock.isOver && clock.limit !== null && <OverWords minutes={clock.used - clock.limit} />}
      </div>
    </>
  );
};
