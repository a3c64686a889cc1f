'use client';

import { useText } from '@/components/feed/text';
import { MapStage } from '@/components/map/map-stage';
import { Place } from '../place';
import { drillLayers, drillLayout } from './layout';
import { Detail } from './parts';
import styles from './screen.module.css';
import { useBreadth } from './use-breadth';

const padding = { top: 12, right: 12, bottom: 12, left: 12 };

/** The desk in a drill (演练台): queue, event, report, whom it goes to, map; nothing of what is real. */
export const DrillDesk = () => {
  const { t } = useText();
  const breadth = useBreadth();
  return (
    <Place layout={drillLayout[breadth]} size="desk" className={styles.desk} areaClassName={styles.panel}>
      <Detail />
      <main className={styles.drillMap} aria-label={t('mid.map')}>
        <MapStage size="desk" layers={drillLayers} padding={padding} isInteractive />
      </main>
    </Place>
  );
};
