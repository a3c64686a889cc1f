import type { CSSProperties } from 'react';
import { heatClass, type MatrixRow, topOf, type Week } from './multiple';
import styles from './week-plot.module.css';

type LineProps = {
  weeks: readonly Week[];
  /** Words of a value on the axis. */
  format: (value: number) => string;
  /** A line across. */
  target?: number | null;
  /** A strip across: what is usual. */
  usual?: { low: number; high: number } | null;
  /** End of the scale; a round figure above all values when left out. */
  top?: number;
  label: string;
};

const pathOf = (values: readonly (number | null)[], top: number): string =>
  values
    .map((value, i) =>
      value === null
        ? ''
        : `${i === 0 || values[i - 1] === null ? 'M' : 'L'}${((i + 0.5) / values.length) * 100} ${100 - (value / top) * 100}`,
    )
    .join('');

/** A line over weeks from nought, last year thin, the target or the usual range across; the week that still runs is dashed. */
export const WeekLine = ({ weeks, format, target = null, usual = null, top, label }: LineProps) => {
  const end = top ?? topOf(weeks.flatMap(({ value, lastYear }) => [value, lastYear]));
  const last = weeks.length - 1;
  const isRunning = weeks[last]?.isWhole === false;
  const settled = weeks.map(({ value }, i) => (isRunning && i === last ? null : value));
  const running = weeks.map(({ value }, i) => (isRunning && i >= last - 1 ? value : null));
  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <span className={styles.top}>{format(end)}</span>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        {usual && (
          <rect
            className={styles.usual}
            x="0"
            width="100"
            y={100 - (usual.high / end) * 100}
            height={((usual.high - usual.low) / end) * 100}
          />
        )}
        <path className={styles.grid} d="M0 0H100M0 50H100M0 100H100" />
        {target !== null && <path className={styles.target} d={`M0 ${100 - (target / end) * 100}H100`} />}
        <path
          className={styles.last}
          d={pathOf(
            weeks.map(({ lastYear }) => lastYear),
            end,
          )}
        />
        <path className={styles.line} d={pathOf(settled, end)} />
        <path className={styles.running} d={pathOf(running, end)} />
      </svg>
    </div>
  );
};

type HeatProps = { rows: readonly MatrixRow[]; nameOf: (row: MatrixRow) => string; label: string };

/** Largest count of a matrix: the end of its shades. */
const topOfRows = (rows: readonly MatrixRow[]): number => Math.max(0, ...rows.flatMap(({ values }) => values));

/** Key of the shades of a matrix: from none to its largest count. */
export const HeatKey = ({ rows, unit }: { rows: readonly MatrixRow[]; unit: string }) => (
  <span className={styles.key}>
    <span>
      {Array.from({ length: 8 }, (_, step) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of shades
        <i key={step} style={{ background: shadeOf(step) }} />
      ))}
    </span>
    {topOfRows(rows)} {unit}
  </span>
);

/** Counts over weeks as shades, one scale for all rows. */
export const WeekHeat = ({ rows, nameOf, label }: HeatProps) => {
  const top = topOfRows(rows);
  const nWeeks = rows[0]?.values.length ?? 1;
  return (
    <div className={styles.heat} role="img" aria-label={label} style={{ '--weeks': nWeeks } as CSSProperties}>
      {rows.map((row) => (
        <div key={row.code} className={styles.row}>
          <span>{nameOf(row)}</span>
          <span className={styles.cells}>
            {row.values.map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of weeks
              <i key={i} style={{ background: shadeOf(heatClass(value, top)) }} />
            ))}
          </span>
        </div>
      ))}
    </div>
  );
};

const shadeOf = (step: number): string => (step === 0 ? 'var(--surface-2)' : `var(--heat-${step})`);
