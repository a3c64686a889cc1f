'use client';

import { useMemo } from 'react';
import type { FilterField } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { useTick } from '../feed/clock';
import { useText } from '../feed/text';
import { useView, withClause } from '../feed/view';
import type { LegendModel, LegendRow } from './encode';
import type { LayerContext, MapSize } from './layer';
import styles from './legend.module.css';
import { everywhere } from './use-frame';
import { useLayers } from './use-layers';
import { useTheme } from './use-theme';

export type LegendProps = {
  size: MapSize;
  /** Layers shown when the View names none: the same list the stage has. */
  layers: readonly string[];
  /** Only these layers' legends; absent = all. */
  only?: readonly string[];
  isInteractive?: boolean;
};

const Classes = ({ rows }: { rows: LegendRow[] }) => (
  <ul className={styles.classes}>
    {rows.map(({ token, label, isNoData }) => (
      <li key={`${token}-${label}`} className={styles.class} data-no-data={isNoData}>
        <Swatch token={token} isNoData={isNoData} />
        {label}
      </li>
    ))}
  </ul>
);

const Swatch = ({ token, isNoData }: Pick<LegendRow, 'token' | 'isNoData'>) =>
  token === null && !isNoData ? null : (
    <i
      className={styles.swatch}
      data-no-data={isNoData}
      style={token ? { background: `var(--${token})` } : undefined}
    />
  );

/** The clauses a legend sets, in its layer's name: a click switches a value, with Alt it stays alone. */
const useLegendFilter = (source: string, rows: LegendRow[]) => {
  const { view, set } = useView();
  const clauseOf = (field: FilterField) =>
    view.filters.find((clause) => clause.source === source && clause.field === field)?.values ?? [];
  const isOn = ({ clause }: LegendRow): boolean => {
    const chosen = clause ? clauseOf(clause.field) : [];
    return !clause || chosen.length === 0 || chosen.includes(clause.value);
  };
  const toggle = ({ clause }: LegendRow, isAlone: boolean) => {
    if (!clause) return;
    const { field, value } = clause;
    const all = rows.flatMap((row) => (row.clause?.field === field ? [row.clause.value] : []));
    const chosen = clauseOf(field);
    const shown = chosen.length === 0 ? all : chosen;
    const isSolo = chosen.length === 1 && chosen[0] === value;
    const switched = shown.includes(value) ? shown.filter((known) => known !== value) : [...shown, value];
    const values = isAlone ? (isSolo ? [] : [value]) : switched;
    set({ filters: withClause(view, { source, field, values: values.length === all.length ? [] : values }) });
  };
  return { isOn, toggle };
};

const RowWords = ({ row }: { row: LegendRow }) => {
  const { level, label, count, token, isNoData } = row;
  const words = count === undefined ? null : <span className={count === 0 ? styles.muted : undefined}>{count}</span>;
  return level ? (
    <>
      <LevelMark level={level} size="1.4em" isMuted={count === 0} />
      {words}
    </>
  ) : (
    <>
      <Swatch token={token} isNoData={isNoData} />
      {label}
      {words}
    </>
  );
};

type RowsProps = { source: string; rows: LegendRow[]; isInteractive: boolean };

/** Rows that each stand for a word: levels side by side, all others one below the other. */
const Words = ({ source, rows, isInteractive }: RowsProps) => {
  const { isOn, toggle } = useLegendFilter(source, rows);
  const isLevels = rows.some(({ level }) => level !== undefined);
  return (
    <ul className={isLevels ? styles.levels : styles.words}>
      {rows.map((row) => (
        <li key={row.clause?.value ?? row.label}>
          {isInteractive && row.clause ? (
            <button
              type="button"
              className={styles.level}
              aria-pressed={isOn(row)}
              aria-label={`${row.label} ${row.count ?? ''}`.trim()}
              onClick={({ altKey }) => toggle(row, altKey)}
            >
              <RowWords row={row} />
            </button>
          ) : (
            <span className={styles.level} title={row.label} data-off={isOn(row) ? undefined : ''}>
              <RowWords row={row} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};

type BlockProps = { source: string; model: LegendModel; isInteractive: boolean };

const LegendBlock = ({ source, model, isInteractive }: BlockProps) => {
  const { t } = useText();
  const { rows } = model;
  const isLevels = rows.some(({ level }) => level !== undefined);
  const total = rows.reduce((sum, { count }) => sum + (count ?? 0), 0);
  return (
    <section className={styles.legend} data-legend={model.title} aria-label={model.title}>
      <div className={styles.head}>
        {model.title}
        {isLevels && <b>{total}</b>}
        <span className={styles.unit}>
          {model.unit}
          {model.asOf && ` · ${t('common.clock.asOfAt', { time: model.asOf })}`}
        </span>
      </div>
      {rows.some(({ clause }) => clause) ? (
        <Words source={source} rows={rows} isInteractive={isInteractive} />
      ) : (
        <Classes rows={rows} />
      )}
    </section>
  );
};

/** Legends of the layers shown, built from their declarations: unit, 截至, classes, 无数据. */
export const LegendList = ({ size, layers, only, isInteractive = false }: LegendProps) => {
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
      highlight: null,
      now,
    }),
    [ask, text, theme, palette, now],
  );
  const models = answers.flatMap(({ layer, data }) => {
    const model = data && (!only || only.includes(layer.key)) ? layer.legend?.(data, context) : null;
    return model ? [{ key: layer.key, model }] : [];
  });
  return models.map(({ key, model }) => (
    <LegendBlock key={key} source={key} model={model} isInteractive={isInteractive} />
  ));
};
