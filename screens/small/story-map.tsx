'use client';

import { Legend } from '@/components/map/legend';
import { MapStage } from '@/components/map/map-stage';
import { Pointing } from './remote/pointing';
import styles from './story-map.module.css';

/** Layers of the tablet's map where the View names none. */
export const mapLayers = ['division-fill', 'division-line', 'division-label', 'event-points'];

/** The map beside a card: follows the card's metric and place through the View. */
export const StoryMap = () => (
  <>
    <MapStage size="hand" layers={mapLayers} isInteractive>
      <Pointing />
    </MapStage>
    <div className={styles.legend} data-map-cover="">
      <Legend size="hand" layers={mapLayers} only={['division-fill']} />
    </div>
  </>
);
