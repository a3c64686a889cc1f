import type { CSSProperties } from 'react';
import { type Axis, heatClass, heatLimits, type MatrixRow, type Week } from './multiple';
import styles from './week-plot.module.css';

type LineProps = {
  weeks: readonly Week[];
  /** Ends of the scale. */
  axis: Axis;
  /** A line across. */
  target?: number | null;
  /** A strip across: what is usual. */
  usual?: { low: number; high: number } | null;
  label: string;
};

/** Height of a value from the top of the plot, in percent. */
const heightOf = (value: number, { from, to }: Axis): number => 100 - ((value - from) / (to - from)) * 100;

const pathOf = (values: readonly (number | null)[], axis: Axis): string =>
  values
    .map((value, i) =>
      value === null
        ? ''
        : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${((i + 0.5) / values.length) * 100} ${heightOf(value, axis)}`,
    )
    .join('');

/** A line over weeks, last year thin, the target or the usual range across; the week that still runs is dashed. */
export const WeekLine = ({ weeks, axis, target = null, usual = null, label }: LineProps) => {
  const last = weeks.length - 1;
  const isRunning = weeks[last]?.isWhole === false;
  const settled = weeks.map(({ value }, i) => (isRunning && i === last ? null : value));
  const running = weeks.map(({ value }, i) => (isRunning && i >= last - 1 ? value : null));
  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {usual && (
          <rect
            className={styles.usual}
            x="0"
            width="100"
            y={heightOf(usual.high, axis)}
            height={heightOf(usual.low, axis) - heightOf(usual.high, axis)}
          />
        )}
        <path className={styles.grid} d="M0 0H100M0 50H100M0 100H100" />
        {target !== null && <path className={styles.target} d={`M0 ${heightOf(target, axis)}H100`} />}
        <path
          className={styles.last}
          d={pathOf(
            weeks.map(({ lastYear }) => lastYear),
            axis,
          )}
        />
        <path className={styles.line} d={pathOf(settled, axis)} />
        <path className={styles.running} d={pathOf(running, axis)} />
      </svg>
    </div>
  );
};

type HeatProps = {
  rows: readonly MatrixRow[];
  nameOf: (row: MatrixRow) => string;
  label: string;
  /** First and last week in words. */
  ends: readonly [string, string];
};

/** Largest count of a matrix: the end of its shades. */
const topOfRows = (rows: readonly MatrixRow[]): number => Math.max(0, ...rows.flatMap(({ values }) => values));

/** Key of the shades of a matrix: each with the count it begins at. */
export const HeatKey = ({ rows }: { rows: readonly MatrixRow[] }) => (
  <span className={styles.key}>
    {heatLimits(topOfRows(rows)).map((limit, step) => (
      <span key={limit}>
        <i style={{ background: shadeOf(step) }} />
        {limit}
      </span>
    ))}
  </span>
);

/** Counts over weeks as shades, one scale for all rows. */
export const WeekHeat = ({ rows, nameOf, label, ends }: HeatProps) => {
  const limits = heatLimits(topOfRows(rows));
  const nWeeks = rows[0]?.values.length ?? 1;
  return (
    <div
      className={styles.heat}
      role="img"
      aria-label={label}
      style={{ '--weeks': nWeeks, '--rows': rows.length } as CSSProperties}
    >
      {rows.map((row) => (
        <div key={row.code} className={styles.row}>
          <span>{nameOf(row)}</span>
          <span className={styles.cells}>
            {row.values.map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of weeks
              <i key={i} style={{ background: shadeOf(heatClass(value, limits)) }} />
            ))}
          </span>
        </div>
      ))}
      <span />
      <span className={styles.ends}>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </span>
    </div>
  );
};

/** Steps of the ramp that stand well apart. */
const heatSteps = [1, 3, 4, 5, 7];

const shadeOf = (step: number): string =>
  step === 0 ? 'var(--surface-2)' : `var(--heat-${heatSteps[step - 1] ?? heatSteps.at(-1)})`;
