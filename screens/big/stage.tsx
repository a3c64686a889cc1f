'use client';

import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { type Seams, seamPx } from '@/components/base/seams';
import { useText } from '@/components/feed/text';
import { isRoomierBelow } from '@/components/map/fit';
import { Legend } from '@/components/map/legend';
import { MapStage } from '@/components/map/map-stage';
import type { Framing, Padding } from '@/components/map/use-camera';
import { useOutline } from '@/components/map/use-outline';
import { PanelFrame } from '@/components/panel/panel-frame';
import { panelByKey } from '@/components/panels';
import type { LngLat } from '@/data/model/geo';
import type { Tier } from '../wall-tier';
import { Callout, type StageBox } from './callout';
import { InForce } from './in-force';
import { PairCorner } from './link/pair-corner';
import { Pointer } from './link/pointer';
import type { WallScene } from './scenes/scene';
import styles from './stage.module.css';

const openLevels = panelByKey('open-levels');

type StageProps = {
  scene: WallScene;
  tier: Tier;
  /** A second map stands beside it. */
  isHalf: boolean;
  unit: number;
  seams: Seams;
  isStill: boolean;
  /** Height at the top that an interrupt takes, arc-minutes. */
  notice: number;
  /** What the map frames instead of the division looked at; null = nothing. */
  points: readonly LngLat[] | null;
};

/** Room that the names of forces take beside their places, arc-minutes. */
const namesRoom = { across: 190, down: 60 };

/** Room for the labels of the northernmost areas where the width bounds the map, so that there is height to spare, arc-minutes. */
const labelRoom = 90;

/** Room for marks over the outermost areas of a band, whose names find their own place, arc-minutes. */
const bandRoom = 20;

/** Room for a label that stands over the marks of the northernmost area, arc-minutes. */
const markedRoom = 55;

const paddingOf = (
  tier: Tier,
  isWide: boolean,
  isHalf: boolean,
  hasMarks: boolean,
  unit: number,
): Partial<Padding> | undefined => {
  if (tier === 'S') return isWide ? { top: bandRoom * unit, bottom: bandRoom * unit } : undefined;
  if (isHalf) return { top: labelRoom * unit };
  return tier === 'XL' && hasMarks ? { top: markedRoom * unit } : undefined;
};

/** Closest zoom at which an incident is framed on the reference wall: a block and its neighbours fill the map. */
const closestZoom = 17.5;
const referenceUnit = 1.862;

/** Frames an incident as close in angle on every wall, with room for the names around it. */
const framingOf = (points: StageProps['points'], unit: number): Framing | undefined => {
  if (!points) return undefined;
  const [across, down] = [namesRoom.across * unit, namesRoom.down * unit];
  const padding = { left: across, right: across, top: down, bottom: down };
  return { points, padding, maxZoom: closestZoom + Math.log2(unit / referenceUnit) };
};

/** What stands at the top makes way for an interrupt, and needs less height. */
const makeWay = (notice: number): CSSProperties =>
  notice > 0 ? ({ '--notice': `calc(var(--u) * ${notice})`, '--levels': 'row' } as CSSProperties) : {};

/** A full wall names all areas, a band those that stand out. */
const labelsOf = (tier: Tier, { labels }: WallScene['stage']) =>
  tier === 'XL' ? 'all' : tier === 'S' ? 'exceptions' : labels;

/** Where the map is low or no wider than high, one legend leaves it its size. */
const legendOf = (tier: Tier, { legend }: WallScene['stage']) =>
  tier === 'S' || tier === 'portrait' ? legend.slice(0, 1) : legend;

/** Whether areas are named on the map. */
const isNamed = ({ layers }: WallScene['stage']): boolean =>
  ['division-label', 'population-density', 'trend-change'].some((key) => layers.includes(key));

/** Where the legend begins, and the least width its words need, arc-minutes. */
const legendFrom = (tier: Tier): number => (tier === 'XL' ? 39 : 30);
const leastLegend = 330;
/** No legend is wider. */
const mostLegend = 700;

/** Where the legend stands: it ends before the first seam beside it, or begins behind it where that leaves too little room. */
const legendPlace = ({ left }: StageBox, tier: Tier, unit: number, { x }: Seams): { most?: number; left?: number } => {
  const from = left + legendFrom(tier) * unit;
  const seam = x.toSorted((a, b) => a - b).find((at) => at + seamPx > from);
  if (seam === undefined) return {};
  const room = seam - seamPx - from;
  if (room >= mostLegend * unit) return {};
  return room >= leastLegend * unit ? { most: room } : { left: seam + seamPx - left };
};

/** A map this many times as wide as high is a band: it has room beside the division. */
const bandFrom = 1.6;

const isBand = (stage: StageBox | null): boolean => !stage || stage.width > bandFrom * stage.height;

/** Panels over the lower corners of the map. */
const Insets = ({ insets = {} }: Pick<WallScene['stage'], 'insets'>) =>
  Object.entries(insets).map(([side, key]) => (
    <div key={side} className={styles.inset} data-side={side} data-map-cover="">
      <PanelFrame panel={panelByKey(key)} size="wall" tier="XL" />
    </div>
  ));

/** The map with what stands on it: measure and classes on the left, open events on the right, one call-out. */
export const Stage = ({ scene: { key, stage }, tier, isHalf, unit, seams, isStill, notice, points }: StageProps) => {
  const { t } = useText();
  const labels = labelsOf(tier, stage);
  const marks = tier === 'S' && stage.hasLevels ? 'exceptions' : 'all';
  const notes = [
    ...(labels === 'exceptions' && isNamed(stage) ? [t('big.namedOnly')] : []),
    ...(marks === 'exceptions' ? [t('big.markedOnly')] : []),
  ];
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<StageBox | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { left, top, width, height } = element.getBoundingClientRect();
      setSize({ left, top, width, height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const place = size ? legendPlace(size, tier, unit, seams) : {};
  const isWide = isBand(size);
  const outline = useOutline('wall');
  const isLegendBelow = tier !== 'XL' && !isWide && stage.camera === 'division' && isRoomierBelow(outline);
  return (
    <div
      className={styles.stage}
      data-tier={tier}
      data-camera={stage.camera}
      data-legend-below={isLegendBelow ? '' : undefined}
      ref={ref}
      style={makeWay(notice)}
    >
      <MapStage
        size="wall"
        layers={stage.layers}
        isStill={isStill}
        labels={labels}
        marks={marks}
        padding={paddingOf(tier, isWide, isHalf && !isLegendBelow, stage.hasLevels, unit)}
        framing={framingOf(points, unit)}
      >
        {size && stage.hasCallout && <Callout unit={unit} tier={tier} stage={size} seams={seams} notice={notice} />}
        <Pointer />
      </MapStage>
      <div key={key} className={styles.veil} data-still={isStill ? '' : undefined} />
      {stage.legend.length > 0 && (
        <div
          className={styles.legend}
          data-before-seam={place.most === undefined ? undefined : ''}
          style={{ left: place.left, maxWidth: place.most }}
        >
          <Legend size="wall" layers={stage.layers} only={legendOf(tier, stage)} notes={notes} />
        </div>
      )}
      {tier === 'XL' && <Insets insets={stage.insets} />}
      <InForce layers={stage.layers} />
      {stage.hasLevels && (
        <div className={styles.levels}>
          <PanelFrame panel={openLevels} size="wall" tier={tier === 'portrait' ? 'L' : tier} />
        </div>
      )}
      <PairCorner isIdle={!isStill} />
    </div>
  );
};
