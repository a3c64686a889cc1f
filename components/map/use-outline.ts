'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LngLat } from '@/data/model/geo';
import { useDivisions } from '../feed/divisions';
import { useView } from '../feed/view';
import { outlineQuery } from './geo-query';
import type { MapSize } from './layer';

/** Corners that are enough to frame an outline. */
const maxCorners = 400;
const noCorners: LngLat[] = [];

/** Corners of the division looked at, some hundred of them; empty until its outline is there or when it has none. */
export const useOutline = (size: MapSize): LngLat[] => {
  const { view } = useView();
  const divisions = useDivisions();
  const { code, level } = divisions.byCode(view.division) ?? divisions.root;
  const { data } = useQuery(outlineQuery(level, size, divisions.era));
  return useMemo(() => {
    const geometry = data?.features.find(({ properties }) => properties.code === code)?.geometry;
    if (!geometry) return noCorners;
    const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
    const corners = rings.flat() as LngLat[];
    const stride = Math.ceil(corners.length / maxCorners);
    return corners.filter((_, i) => i % stride === 0);
  }, [data, code]);
};
