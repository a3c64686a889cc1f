import type { Cell } from '@/data/model/answer';

type SparkProps = {
  /** Cells in time order; bands are drawn where a cell carries one. */
  cells: readonly Cell[];
  /** Name of a bucket under the axis. */
  labelOf: (cell: Cell) => string;
  /** Words beside the last point. */
  lastLabel: string;
  /** Words of the largest value, at a line across; absent = a reader needs no scale. */
  topLabel?: string;
  width: number;
  height: number;
  label: string;
};

/** Small line with its normal band, zero-based, labelled at the last point. */
export const Spark = ({ cells, labelOf, lastLabel, topLabel, width, height, label }: SparkProps) => {
  const top = Math.max(1, ...cells.map((cell) => Math.max(cell.value ?? 0, cell.band?.high ?? 0)));
  const plot = { left: topLabel === undefined ? 8 : 64, right: width - 74, top: 12, bottom: height - 26 };
  const x = (i: number) => plot.left + ((plot.right - plot.left) * i) / Math.max(1, cells.length - 1);
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * value) / top;
  const line = cells.map((cell, i) => `${i ? 'L' : 'M'}${x(i).toFixed(1)} ${y(cell.value ?? 0).toFixed(1)}`).join('');
  const banded = cells.map((cell, i) => ({ cell, i })).filter(({ cell }) => cell.band);
  const edge = (side: 'low' | 'high') =>
    banded.map(({ cell, i }) => `${x(i).toFixed(1)} ${y(cell.band?.[side] ?? 0).toFixed(1)}`);
  const last = cells.at(-1);
  const isHigh = last?.band && last.value !== null && last.value > last.band.high;
  const step = Math.max(1, Math.ceil(cells.length / 5));
  return (
    <svg width="100%" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <line x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} stroke="var(--line-1)" />
      {topLabel !== undefined && (
        <>
          <line x1={plot.left} x2={plot.right} y1={plot.top} y2={plot.top} stroke="var(--line-1)" />
          {[
            { words: topLabel, at: plot.top },
            { words: '0', at: plot.bottom },
          ].map(({ words, at }) => (
            <text key={words} x={plot.left - 10} y={at + 5} fontSize={14} fill="var(--text-3)" textAnchor="end">
              {words}
            </text>
          ))}
        </>
      )}
      {banded.length > 1 && (
        <path
          d={`M${edge('high').join('L')}L${edge('low').reverse().join('L')}Z`}
          fill="var(--line-2)"
          opacity={0.22}
        />
      )}
      <path d={line} fill="none" stroke="var(--text-1)" strokeWidth={2.5} strokeLinejoin="round" />
      {cells.map((cell, i) =>
        (cells.length - 1 - i) % step === 0 ? (
          <text key={labelOf(cell)} x={x(i)} y={height - 6} fontSize={14} fill="var(--text-3)" textAnchor="middle">
            {labelOf(cell)}
          </text>
        ) : null,
      )}
      {last && (
        <>
          <circle
            cx={x(cells.length - 1)}
            cy={y(last.value ?? 0)}
            r={5}
            fill={isHigh ? 'var(--worse)' : 'var(--text-1)'}
          />
          <text
            x={x(cells.length - 1) + 12}
            y={y(last.value ?? 0) + 6}
            fontSize={17}
            fontWeight={600}
            fill={isHigh ? 'var(--worse)' : 'var(--text-1)'}
          >
            {lastLabel}
          </text>
        </>
      )}
    </svg>
  );
};
