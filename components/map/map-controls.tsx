'use client';

import { Maximize, Minus, Plus } from 'lucide-react';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useText } from '../feed/text';
import type { MapSize } from './layer';
import styles from './map-stage.module.css';

const tiltDegrees = 50;
const tiltMs = 500;

/** Buttons of the stage: zoom, tilt, north, whole division. Tilting is asked for here, never done by itself. */
export const MapControls = ({ map, size, onFit }: { map: MapLibreMap; size: MapSize; onFit: () => void }) => {
  const { t } = useText();
  const byHand = { byHand: true };
  const tilt = () => map.easeTo({ pitch: map.getPitch() > 5 ? 0 : tiltDegrees, duration: tiltMs }, byHand);
  return (
    <div className={styles.controls} data-size={size} data-map-controls="">
      <button type="button" aria-label={t('common.action.zoomIn')} onClick={() => map.zoomIn({}, byHand)}>
        <Plus />
      </button>
      <button type="button" aria-label={t('common.action.zoomOut')} onClick={() => map.zoomOut({}, byHand)}>
        <Minus />
      </button>
      <button type="button" aria-label={t('map.tilt')} onClick={tilt}>
        3D
      </button>
      <button
        type="button"
        aria-label={t('common.action.north')}
        onClick={() => map.easeTo({ bearing: 0, duration: tiltMs }, byHand)}
      >
        {t('map.north')}
      </button>
      <button type="button" aria-label={t('map.fit')} onClick={onFit}>
        <Maximize />
      </button>
    </div>
  );
};
