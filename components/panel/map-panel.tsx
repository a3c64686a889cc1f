'use client';

import { useMemo } from 'react';
import type { Answer, Cell } from '@/data/model/answer';
import { type ClassScale, roundBelow } from '@/data/model/class-scale';
import type { FillLevel } from '@/data/model/division';
import { shortFormat } from '@/data/model/format';
import type { View } from '@/data/model/view';
import { formatClock } from '../base/format';
import { discEm } from '../chart/area-map';
import { changedByChance, wordsInClass } from '../chart/change';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Api } from '../feed/trpc';
import { type Encoding, type LegendModel, legendOf } from '../map/encode';
import { focusOf } from '../map/focus-level';
import { type Areas, type Borders, borderQuery, outlineQuery } from '../map/geo-query';
import { LegendBlock } from '../map/legend-block';
import { questionScale } from '../map/metric-encoding';
import { AreaMap, discToken } from './area-map';
import styles from './area-map.module.css';
import { definePanel, type Panel } from './panel';

type MapPanel = {
  key: string;
  ask: (view: View, api: Api, level: FillLevel) => ReturnType<Api['metric']['ask']['queryOptions']>;
  /** What an area is filled by; null = nothing to tell. */
  read: (cell: Cell) => number | null;
  /** Classes; absent = round ones that stay while only the clock moves. */
  scale?: (answer: Answer) => ClassScale;
  /** Words of a value with so many decimals, of a limit with none; absent = those of the metric. */
  format?: (value: number, decimals?: number) => string;
  /** The first class has no lower limit. */
  isOpenBelow?: boolean;
  /** It tells a count: discs of so much area as there are, on plain ground. Absent = areas are filled by class. */
  isCount?: boolean;
  /** It tells a change against the interval before: what chance explains is drawn as none. */
  isChange?: boolean;
};
type Data = { areas: Areas; borders: Borders; answer: Answer };

const useEncoding = (panel: MapPanel, answer: Answer, view: View): Encoding => {
  const { key, read, scale, format, isOpenBelow, isChange } = panel;
  const { t, lang, installation } = useText();
  const by = answer.dimensions[0] ?? '';
  const values = new Map(answer.cells.map((cell) => [cell.at[by] ?? '', read(cell)]));
  const known = [...values.values()].filter((value) => value !== null);
  const classes = scale?.(answer) ?? questionScale(answer.metric, view, { by, known });
  return {
    of: { layer: key, metric: answer.metric, by },
    off: new Set(),
    title: t(`panel.${key}.title`),
    unit: t(`panel.${key}.caption`),
    scale: classes,
    values,
    format: format ? wordsInClass(classes.breaks, format) : shortFormat(answer, known, lang),
    formatLimit: format ?? shortFormat(answer, classes.breaks, lang),
    asOf: installation ? formatClock(new Date(answer.asOf), installation.timeZone) : null,
    noData: 'hatch',
    isOpenBelow,
    even: isChange ? { codes: changedByChance(answer, by), words: t('map.byChance') } : undefined,
  };
};

/** Discs of a few round counts, up to the largest told. */
const discLegend = ({ title, unit, asOf, values, format }: Encoding, codes: readonly string[]): LegendModel => {
  const most = Math.max(1, ...codes.map((code) => values.get(code) ?? 0));
  const sizes = [...new Set([most / 10, most / 2.2, most].map(roundBelow))];
  return {
    ...{ title, unit, asOf },
    rows: sizes.map((value) => ({
      ...{ token: discToken, label: format(value), isNoData: false },
      shape: { kind: 'disc', em: discEm(value, most) },
    })),
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
  const model = panel.isCount
    ? discLegend(encoding, codes)
    : legendOf(encoding, codes, t(`panel.${panel.key}.lacking`));
  return (
    <div className={styles.body}>
      <LegendBlock source={panel.key} model={model} isInteractive={false} />
      <AreaMap encoding={encoding} codes={codes} areas={data.areas} borders={data.borders} isCount={panel.isCount} />
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
