'use client';

import 'maplibre-gl/dist/maplibre-gl.css';
import { Minus, Plus } from 'lucide-react';
import { type GeoJSONSource, Map as MapLibreMap, setWorkerUrl } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import type { LngLat } from '@/data/model/geo';
import { loadGlyphs } from '../base/glyphs';
import { basemapStyle } from './basemap';
import { hasGraphicsCard } from './graphics';
import styles from './pin-map.module.css';
import { useTheme } from './use-theme';

setWorkerUrl(new URL('maplibre-gl/dist/maplibre-gl-worker.mjs', import.meta.url).toString());

type PinMapProps = {
  /** Where the pin stands; the map follows when it is set from outside. */
  value: LngLat;
  /** `zoom`: how near the map was when the pin was put there. */
  onChange: (position: LngLat, zoom: number) => void;
  /** Nearer than this the map stays as it is when the place is set from outside. */
  zoom: number;
  t: (key: string) => string;
  lang: 'zh' | 'en';
};

type BaseFeature = { geometry: { type: string }; properties: { name?: string; nameEn?: string } };

const metresOff = (a: LngLat, b: LngLat): number => Math.hypot(a[0] - b[0], a[1] - b[1]) * 111_195;

/** Taps lead this near, two steps at a time. */
const tapZoom = 17;

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Puts the base map of the caller's territory on; without a network a map has no more than its ground. */
const drawBase = async (map: MapLibreMap): Promise<void> => {
  const answer = await fetch('/api/map/base', { headers: { 'x-screen': 'small' } });
  if (!answer.ok) return;
  const base: { type: 'FeatureCollection'; features: BaseFeature[] } = await answer.json();
  const isPoint = ({ geometry }: BaseFeature) => geometry.type === 'Point';
  const names = base.features.filter((feature) => isPoint(feature) && feature.properties.name);
  await loadGlyphs(names.map(({ properties }) => `${properties.name}${properties.nameEn}`).join(''));
  const set = (source: string, features: BaseFeature[]) =>
    map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features } as never);
  set(
    'base',
    base.features.filter((feature) => !isPoint(feature)),
  );
  set('place', names);
};

/** A small map whose middle is the place: dragged under the pin, or tapped where the pin shall stand. */
export const PinMap = ({ value, onChange, zoom, t, lang }: PinMapProps) => {
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibreMap | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const placed = useRef(value);
  const zoomed = useRef(zoom);
  const [isReady, setReady] = useState(false);
  const { palette, theme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first place only; later ones move the camera
  useEffect(() => {
    if (!container.current) return;
    const made = new MapLibreMap({
      ...{ container: container.current, center: value, zoom, attributionControl: false, fadeDuration: 0 },
      ...{ maxZoom: 19, pitchWithRotate: false, dragRotate: false, touchPitch: false },
      style: basemapStyle({ palette, theme, lang, captionPx: 14 }),
      canvasContextAttributes: { antialias: hasGraphicsCard() },
      localIdeographFontFamily: '"Noto Sans SC Variable"',
    });
    made.touchZoomRotate.disableRotation();
    map.current = made;
    made.on('click', ({ lngLat }) => {
      const nearer = Math.max(made.getZoom(), Math.min(tapZoom, made.getZoom() + 2));
      made.easeTo({ center: lngLat, zoom: nearer, duration: 200 });
    });
    made.on('moveend', () => {
      const { lng, lat } = made.getCenter();
      const next: LngLat = [round(lng), round(lat)];
      const [isMoved, isNearer] = [metresOff(next, placed.current) > 0.5, made.getZoom() > zoomed.current];
      zoomed.current = made.getZoom();
      if (!isMoved && !isNearer) return;
      placed.current = next;
      told.current(next, made.getZoom());
    });
    made.once('load', () => {
      void drawBase(made)
        .catch(() => undefined)
        .then(() => setReady(true));
    });
    return () => {
      map.current = null;
      made.remove();
    };
  }, [palette, theme, lang]);
  useEffect(() => {
    if (value[0] === placed.current[0] && value[1] === placed.current[1]) return;
    placed.current = value;
    zoomed.current = Math.max(zoom, map.current?.getZoom() ?? zoom);
    map.current?.jumpTo({ center: value, zoom: zoomed.current });
  }, [value, zoom]);
  return (
    <div className={styles.box} data-pin-map={isReady ? 'ready' : 'waiting'}>
      <div ref={container} className={styles.map} role="application" aria-label={t('intake.map')} />
      <svg className={styles.pin} viewBox="0 0 24 32" aria-hidden="true">
        <path d="M12 31C8 24 2 18.5 2 11.5a10 10 0 0 1 20 0C22 18.5 16 24 12 31Z" />
        <circle cx="12" cy="11.5" r="4" />
      </svg>
      <div className={styles.zoom}>
        <button type="button" aria-label={t('intake.map.in')} onClick={() => map.current?.zoomIn({ duration: 0 })}>
          <Plus aria-hidden />
        </button>
        <button type="button" aria-label={t('intake.map.out')} onClick={() => map.current?.zoomOut({ duration: 0 })}>
          <Minus aria-hidden />
        </button>
      </div>
    </div>
  );
};
