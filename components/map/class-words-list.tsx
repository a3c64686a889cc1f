'use client';

import { Fragment, type ReactNode } from 'react';
import { useText } from '../feed/text';
import { useView } from '../feed/view';
import type { MapSize } from './layer';
import { choiceOf, withChoice } from './legend-filter';
import { useLegends } from './use-legends';

/** Classes chosen in one legend: of what, the words of each, and how to take the choice away. */
export type ClassWords = { what: string; values: string[]; clear: () => void };

export type ClassWordsProps = {
  size: MapSize;
  /** Layers shown when the View names none: the same list the stage has. */
  layers: readonly string[];
  children: (words: ClassWords) => ReactNode;
};

/** The choices of classes in force, each drawn by `children`; one on what is not shown is none. */
export const ClassWordsList = ({ size, layers, children }: ClassWordsProps) => {
  const { t } = useText();
  const { view, set } = useView();
  const legends = useLegends(size, layers);
  return legends.flatMap(({ key, model: { title, rows, classed } }) => {
    const choice = classed && choiceOf(view.classes, classed);
    if (!choice) return [];
    const values = rows.flatMap((row) =>
      row.class && choice.shown.includes(row.class.index) ? [row.class.words] : [],
    );
    const clear = () => set({ classes: withChoice(view.classes, { ...choice, shown: [] }) });
    const what = classed.unit ? t('map.classOf', { title, unit: classed.unit }) : title;
    return [<Fragment key={key}>{children({ what, values, clear })}</Fragment>];
  });
};
