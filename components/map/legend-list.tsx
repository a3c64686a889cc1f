'use client';

import { useView } from '../feed/view';
import type { LegendModel } from './encode';
import type { MapSize } from './layer';
import { LegendBlock } from './legend-block';
import { useLegends } from './use-legends';

export type LegendProps = {
  size: MapSize;
  /** Layers shown when the View names none: the same list the stage has. */
  layers: readonly string[];
  /** Only these layers' legends, and those of classes where the View names its layers itself; absent = all. */
  only?: readonly string[];
  isInteractive?: boolean;
  /** What else is to be said of the map, in the foot of the last legend. */
  notes?: readonly string[];
};

/** Legends of the layers shown, built from their declarations: unit, 截至, classes, 无数据. */
export const LegendList = ({ size, layers, only, isInteractive = false, notes = [] }: LegendProps) => {
  const { view } = useView();
  const isShown = (key: string, { classed }: LegendModel) =>
    !only || only.includes(key) || (view.layers !== null && classed !== undefined);
  const shown = useLegends(size, layers).filter(({ key, model }) => isShown(key, model));
  return shown.map(({ key, model }, i) => (
    <LegendBlock
      key={key}
      source={key}
      model={model}
      notes={i === shown.length - 1 ? notes : []}
      isInteractive={isInteractive}
    />
  ));
};
