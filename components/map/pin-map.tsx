'use client';

import 'maplibre-gl/dist/maplibre-gl.css';
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
  onChange: (position: LngLat) => void;
  zoom: number;
  label: string;
  lang: 'zh' | 'en';
};

type BaseFeature = { geometry: { type: string }; properties: { name?: string; nameEn?: string } };

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
export const PinMap = ({ value, onChange, zoom, label, lang }: PinMapProps) => {
  const container = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibreMap | null>(null);
  const told = useRef(onChange);
  told.current = onChange;
  const placed = useRef(value);
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
    made.on('click', ({ lngLat }) => made.easeTo({ center: lngLat, duration: 200 }));
    made.on('moveend', ({ originalEvent }) => {
      const { lng, lat } = made.getCenter();
      const isByHand =
        originalEvent !== undefined ||
        Math.abs(lng - placed.current[0]) > 1e-6 ||
        Math.abs(lat - placed.current[1]) > 1e-6;
      if (!isByHand) return;
      placed.current = [round(lng), round(lat)];
      told.current(placed.current);
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
    map.current?.jumpTo({ center: value });
  }, [value]);
  return (
    <div className={styles.box} data-pin-map={isReady ? 'ready' : 'waiting'}>
      <div ref={container} className={styles.map} role="application" aria-label={label} />
      <svg className={styles.pin} viewBox="0 0 24 32" aria-hidden="true">
        <path d="M12 31C8 24 2 18.5 2 11.5a10 10 0 0 1 20 0C22 18.5 16 24 12 31Z" />
        <circle cx="12" cy="11.5" r="4" />
      </svg>
    </div>
  );
};
