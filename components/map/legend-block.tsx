'use client';

import type { CSSProperties } from 'react';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import { useView, withClause } from '../feed/view';
import type { LegendModel, LegendRow } from './encode';
import styles from './legend.module.css';
import { choiceOf, chosenAfter, ownValues, withChoice } from './legend-filter';

const Swatch = ({ token, isNoData, isHatched, shape }: Omit<LegendRow, 'label'>) =>
  token === null && !isNoData ? null : (
    <i
      className={styles.swatch}
      data-no-data={isNoData}
      data-hatched={isHatched ? '' : undefined}
      data-shape={shape?.kind}
      style={token ? ({ '--hue': `var(--${token})`, '--across': `${shape?.em ?? 0.8}em` } as CSSProperties) : undefined}
    />
  );

/** What a legend filters by: its clauses, in its layer's name, and its classes. */
const useLegendFilter = (source: string, { rows, classed }: LegendModel) => {
  const { view, set } = useView();
  const choice = classed && choiceOf(view.classes, classed);
  const isOn = (row: LegendRow): boolean => {
    if (row.class) return !choice || choice.shown.includes(row.class.index);
    const chosen = row.clause ? ownValues(view.filters, source, row.clause.field) : [];
    return !row.clause || chosen.length === 0 || chosen.includes(row.clause.value);
  };
  const toggle = (row: LegendRow, isAlone: boolean) => {
    if (row.class && classed) {
      const all = rows.flatMap((other) => other.class?.index ?? []);
      const shown = chosenAfter(all, choice?.shown ?? [], row.class.index, isAlone);
      const { unit: _, ...of } = classed;
      set({ classes: withChoice(view.classes, { ...of, shown }) });
    }
    if (!row.clause) return;
    const { field, value } = row.clause;
    const all = rows.flatMap(({ clause }) => (clause?.field === field ? [clause.value] : []));
    const values = chosenAfter(all, ownValues(view.filters, source, field), value, isAlone);
    set({ filters: withClause(view, { source, field, values }) });
  };
  return { isOn, toggle };
};

/** A class is a swatch over its limit; where it is counted it is a word like others. */
const isSwatch = (row: LegendRow): boolean => row.class !== undefined && row.count === undefined;

const RowWords = ({ row }: { row: LegendRow }) => {
  const { level, label, count } = row;
  const words = count === undefined ? null : <span className={count === 0 ? styles.muted : undefined}>{count}</span>;
  return level ? (
    <>
      <LevelMark level={level} size="1.4em" isMuted={count === 0} />
      {words}
    </>
  ) : (
    <>
      <Swatch {...row} />
      {isSwatch(row) ? (
        <span className={styles.limit} data-below={/^[<‹]/.test(label) ? '' : undefined}>
          {label}
        </span>
      ) : (
        label
      )}
      {words}
    </>
  );
};

type RowProps = {
  row: LegendRow;
  isOn: boolean;
  /** Null = it cannot be clicked. */
  onClick: ((isAlone: boolean) => void) | null;
};

/** A row as a switch where it filters, with all its words where it shows but a limit. */
const Row = ({ row, isOn, onClick }: RowProps) => {
  const words = row.class?.words ?? row.label;
  const className = isSwatch(row) ? styles.class : styles.level;
  return onClick && (row.clause || row.class) ? (
    <button
      type="button"
      className={className}
      aria-pressed={isOn}
      aria-label={`${words} ${row.count ?? ''}`.trim()}
      title={words}
      onClick={({ altKey }) => onClick(altKey)}
    >
      <RowWords row={row} />
    </button>
  ) : (
    <span className={className} title={words} data-off={isOn ? undefined : ''}>
      <RowWords row={row} />
    </span>
  );
};

/** Levels stand side by side, classes too, from low to high; all other rows one below the other. */
const listOf = (rows: LegendRow[]) => {
  if (rows.some(({ level, shape }) => level !== undefined || shape?.em !== undefined)) return styles.levels;
  if (rows.some(({ shape }) => shape)) return styles.shapes;
  return rows.some(isSwatch) ? styles.classes : styles.words;
};

type BlockProps = {
  source: string;
  model: LegendModel;
  /** Said in the foot after the legend's own note. */
  notes?: readonly string[];
  isInteractive: boolean;
};

/** One legend: what, in which unit, as of when, its classes or levels. */
export const LegendBlock = ({ source, model, notes = [], isInteractive }: BlockProps) => {
  const { t } = useText();
  const { isOn, toggle } = useLegendFilter(source, model);
  const { rows, note } = model;
  const said = note === undefined ? notes : [note, ...notes];
  const lacking = rows.filter(({ isNoData }) => isNoData);
  const classed = rows.filter(({ isNoData }) => !isNoData);
  const isLevels = rows.some(({ level }) => level !== undefined);
  const rowOf = (row: LegendRow) => (
    <Row row={row} isOn={isOn(row)} onClick={isInteractive ? (isAlone) => toggle(row, isAlone) : null} />
  );
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
      <ul
        className={listOf(classed)}
        style={{ '--classes': classed.length } as CSSProperties}
        data-over-land={model.isOverLand || undefined}
      >
        {classed.map((row) => (
          <li
            key={row.clause?.value ?? `${row.token} ${row.label}`}
            className={isSwatch(row) ? styles.item : undefined}
          >
            {rowOf(row)}
          </li>
        ))}
      </ul>
      {(lacking.length > 0 || said.length > 0) && (
        <div className={styles.foot} data-foot="">
          {lacking.map((row) => (
            <span key={row.label} className={styles.lacking}>
              {rowOf(row)}
            </span>
          ))}
          {said.map((words) => (
            <p key={words} className={styles.note}>
              {words}
            </p>
          ))}
        </div>
      )}
    </section>
  );
};
