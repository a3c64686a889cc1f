'use client';

import { useMemo } from 'react';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import { useView, withClause } from '../feed/view';
import type { LegendModel, LegendRow } from './encode';
import type { LayerContext, MapSize } from './layer';
import styles from './legend.module.css';
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

const source = 'map';

const Classes = ({ rows }: { rows: LegendRow[] }) => (
  <ul className={styles.classes}>
    {rows.map(({ token, label, isNoData }) => (
      <li key={`${token}-${label}`} className={styles.class}>
        <i
          className={styles.swatch}
          data-no-data={isNoData}
          style={token ? { background: `var(--${token})` } : undefined}
        />
        {label}
      </li>
    ))}
  </ul>
);

const Levels = ({ rows, isInteractive }: { rows: LegendRow[]; isInteractive: boolean }) => {
  const { view, set } = useView();
  const chosen = view.filters.find((clause) => clause.source === source && clause.field === 'level')?.values ?? [];
  const toggle = (value: string) => {
    const values = chosen.includes(value) ? chosen.filter((known) => known !== value) : [...chosen, value];
    set({ filters: withClause(view, { source, field: 'level', values }) });
  };
  return (
    <ul className={styles.levels}>
      {rows.map(({ level, label, count, clause }) => {
        if (!level || !clause) return null;
        const mark = <LevelMark level={level} size="1.4em" isMuted={count === 0} />;
        const words = <span className={count === 0 ? styles.muted : undefined}>{count}</span>;
        const isOn = chosen.length === 0 || chosen.includes(clause.value);
        return (
          <li key={clause.value}>
            {isInteractive ? (
              <button
                type="button"
                className={styles.level}
                aria-pressed={isOn}
                aria-label={`${label} ${count}`}
                onClick={() => toggle(clause.value)}
              >
                {mark}
                {words}
              </button>
            ) : (
              <span className={styles.level} title={label}>
                {mark}
                {words}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const LegendBlock = ({ model, isInteractive }: { model: LegendModel; isInteractive: boolean }) => {
  const { t } = useText();
  const isLevels = model.rows.some(({ level }) => level !== undefined);
  const total = model.rows.reduce((sum, { count }) => sum + (count ?? 0), 0);
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
      {isLevels ? <Levels rows={model.rows} isInteractive={isInteractive} /> : <Classes rows={model.rows} />}
    </section>
  );
};

/** Legends of the layers shown, built from their declarations: unit, 截至, classes, 无数据. */
export const LegendList = ({ size, layers, only, isInteractive = false }: LegendProps) => {
  const text = useText();
  const { theme, palette } = useTheme();
  const { ask, answers } = useLayers(size, layers);
  const context = useMemo<LayerContext>(
    () => ({ ...ask, text, theme, palette, captionPx: 0, zoom: 0, labels: 'all', highlight: null, now: 0 }),
    [ask, text, theme, palette],
  );
  const models = answers.flatMap(({ layer, data }) => {
    const model = data && (!only || only.includes(layer.key)) ? layer.legend?.(data, context) : null;
    return model ? [{ key: layer.key, model }] : [];
  });
  return models.map(({ key, model }) => <LegendBlock key={key} model={model} isInteractive={isInteractive} />);
};
