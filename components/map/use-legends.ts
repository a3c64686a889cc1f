'use client';

import { useMemo } from 'react';
import { useTick } from '../feed/clock';
import { useText } from '../feed/text';
import type { LegendModel } from './encode';
import type { LayerContext, MapSize } from './layer';
import { noSeams } from './map-seams';
import { everywhere } from './use-frame';
import { useLayers } from './use-layers';
import { useTheme } from './use-theme';

/** Legends of the layers shown, as far as they are answered, with the key of their layer. */
export const useLegends = (size: MapSize, layers: readonly string[]): { key: string; model: LegendModel }[] => {
  const text = useText();
  const { theme, palette } = useTheme();
  const now = useTick();
  const { ask, answers } = useLayers(size, layers);
  const context = useMemo<LayerContext>(
    () => ({
      ...ask,
      text,
      theme,
      palette,
      captionPx: 0,
      zoom: 0,
      frame: everywhere,
      labels: 'all',
      marks: 'all',
      seams: noSeams,
      covers: [],
      highlight: null,
      listed: Number.POSITIVE_INFINITY,
      now,
    }),
    [ask, text, theme, palette, now],
  );
  return answers.flatMap(({ layer, data }) => {
    const model = data ? layer.legend?.(data, context) : null;
    return model ? [{ key: layer.key, model }] : [];
  });
};
