'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { Legend } from '@/components/map/legend';
import { MapStage } from '@/components/map/map-stage';
import { PanelFrame } from '@/components/panel/panel-frame';
import { panelByKey } from '@/components/panels';
import type { Tier } from '../wall-tier';
import { Callout } from './callout';
import styles from './stage.module.css';

const layers = ['division-fill', 'division-line', 'division-label', 'event-points'] as const;
const openLevels = panelByKey('open-levels');

/** The map with what stands on it: measure and classes on the left, open events on the right, one call-out. */
export const Stage = ({ tier, unit, isStill }: { tier: Tier; unit: number; isStill: boolean }) => {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={styles.stage} data-tier={tier} ref={ref}>
      <MapStage size="wall" layers={layers} isStill={isStill} labels={tier === 'XL' ? 'all' : 'exceptions'}>
        {size && <Callout unit={unit} tier={tier} stage={size} />}
      </MapStage>
      <div className={styles.legend}>
        <Legend size="wall" layers={layers} only={['division-fill']} />
      </div>
      <div className={styles.levels}>
        <PanelFrame panel={openLevels} size="wall" tier={tier === 'XL' ? 'XL' : 'L'} />
      </div>
    </div>
  );
};
