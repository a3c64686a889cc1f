'use client';

import { useMemo } from 'react';
import type { Answer, Cell } from '@/data/model/answer';
import type { ClassScale } from '@/data/model/class-scale';
import type { FillLevel } from '@/data/model/division';
import { shortValue } from '@/data/model/format';
import type { View } from '@/data/model/view';
import { formatClock } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Api } from '../feed/trpc';
import { type Encoding, legendOf } from '../map/encode';
import { focusOf } from '../map/focus-level';
import { type Areas, type Borders, borderQuery, outlineQuery } from '../map/geo-query';
import { LegendBlock } from '../map/legend-block';
import { questionScale } from '../map/metric-encoding';
import { AreaMap } from './area-map';
import styles from './area-map.module.css';
import { definePanel, type Panel } from './panel';

type MapPanel = {
  key: string;
  ask: (view: View, api: Api, level: FillLevel) => ReturnType<Api['metric']['ask']['queryOptions']>;
  /** What an area is filled by; null = nothing to tell. */
  read: (cell: Cell) => number | null;
  /** Classes; absent = round ones that stay while only the clock moves. */
  scale?: (answer: Answer) => ClassScale;
  /** Words of a value and of a limit; absent = those of the metric. */
  format?: (value: number) => string;
  /** The first class has no lower limit. */
  isOpenBelow?: boolean;
};
type Data = { areas: Areas; borders: Borders; answer: Answer };

const useEncoding = ({ key, read, scale, format, isOpenBelow }: MapPanel, answer: Answer, view: View): Encoding => {
  const { t, lang, installation } = useText();
  const by = answer.dimensions[0] ?? '';
  const values = new Map(answer.cells.map((cell) => [cell.at[by] ?? '', read(cell)]));
  const known = [...values.values()].filter((value) => value !== null);
  return {
    of: { layer: key, metric: answer.metric, by },
    off: new Set(),
    title: t(`panel.${key}.title`),
    unit: t(`panel.${key}.caption`),
    scale: scale?.(answer) ?? questionScale(answer.metric, view, { by, known }),
    values,
    format: format ?? ((value) => shortValue(answer, value, lang)),
    asOf: installation ? formatClock(new Date(answer.asOf), installation.timeZone) : null,
    noData: 'hatch',
    isOpenBelow,
  };
};

const Body = ({ panel, data, view }: { panel: MapPanel; data: Data; view: View }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const encoding = useEncoding(panel, data.answer, view);
  const codes = useMemo(() => {
    const { code, level } = focusOf(view, divisions);
    return divisions.below(code, level).map((node) => node.code);
  }, [view, divisions]);
  const model = legendOf(encoding, codes, t(`panel.${panel.key}.lacking`));
  return (
    <div className={styles.body}>
      <LegendBlock source={panel.key} model={model} isInteractive={false} />
      <AreaMap encoding={encoding} codes={codes} areas={data.areas} borders={data.borders} />
    </div>
  );
};

/** A second map of the areas looked at, with its legend, where a wall has room for one beside its stage. */
export const mapPanel = (panel: MapPanel): Panel =>
  definePanel({
    key: panel.key,
    sizes: ['wall'],
    isBare: true,
    ask: ({ view, api, divisions }) => {
      const { level } = focusOf(view, divisions);
      return {
        areas: outlineQuery(level, 'wall', divisions.era),
        borders: borderQuery('wall', divisions.era),
        answer: panel.ask(view, api, level),
      };
    },
    empty: ({ answer }) => answer.cells.every((cell) => panel.read(cell) === null),
    draw: ({ data, view }) => <Body panel={panel} data={data} view={view} />,
  });
