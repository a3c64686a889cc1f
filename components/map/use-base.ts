'use client';

import { useQuery } from '@tanstack/react-query';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import { loadGlyphs } from '../base/glyphs';
import { type Divisions, useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { type BaseFeatures, baseQuery } from './geo-query';
import type { MapSize } from './layer';
import { shortName } from './short-name';
import type { MapAndOverlay } from './use-map';

/** Rank below which a place waits for a closer look. */
const closeRank = 3;

/**
 * Named points of the base map. One that bears the name of a division is ranked lower: at a distance the division's
 * own label says it.
 */
const placesOf = (base: BaseFeatures, divisions: Divisions, endings: string): BaseFeatures => {
  const levels = ['subdistrict', 'community'] as const;
  const nodes = levels.flatMap((level) => divisions.below(divisions.root.code, level));
  const taken = new Set(nodes.flatMap(({ name, nameEn }) => [shortName(name, endings), shortName(nameEn, endings)]));
  const features = base.features
    .filter(({ geometry, properties }) => geometry.type === 'Point' && properties.name)
    .map((feature) => {
      const { name, nameEn, rank } = feature.properties;
      const isTaken = taken.has(name ?? '') || taken.has(nameEn ?? '');
      return { ...feature, properties: { ...feature.properties, rank: isTaken ? Math.max(rank, closeRank) : rank } };
    });
  return { ...base, features };
};

const setData = (map: MapLibreMap, source: string, data: BaseFeatures) =>
  map.getSource<GeoJSONSource>(source)?.setData(data);

/** Puts the base map on the map, its names once their glyphs are there; true when done, or when there is none to come. */
export const useBase = (loaded: MapAndOverlay | null, size: MapSize): boolean => {
  const { data, isError } = useQuery(baseQuery(size));
  const divisions = useDivisions();
  const { t } = useText();
  const [placed, setPlaced] = useState<MapAndOverlay | null>(null);
  useEffect(() => {
    if (!loaded || !data) return;
    let isCurrent = true;
    const places = placesOf(data, divisions, t('map.nameEnding'));
    setData(loaded.map, 'base', {
      ...data,
      features: data.features.filter(({ geometry }) => geometry.type !== 'Point'),
    });
    const names = places.features.map(({ properties }) => `${properties.name}${properties.nameEn}`).join('');
    void loadGlyphs(names).then(() => {
      if (!isCurrent) return;
      setData(loaded.map, 'place', places);
      setPlaced(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [loaded, data, divisions, t]);
  return isError || (loaded !== null && placed === loaded);
};
