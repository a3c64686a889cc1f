'use client';

import { useMemo } from 'react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import { type Answer, type Cell, isCutOff } from '@/data/model/answer';
import { Chart } from '../chart/chart';
import { calendarGrid, type HeatGrid, type HeatScale, heatGrid, heatOption } from '../chart/heat';
import { useText } from '../feed/text';
import { questionScale } from '../map/metric-encoding';
import { useCodeWord } from './code-word';
import { useExploreWords } from './explore-words';
import styles from './heat-plot.module.css';
import { ReadPlot, type Spot } from './read-plot';

const words = (name: string) => `panel.explorer-figures.${name}`;

type Question = Parameters<typeof questionScale>[1];
type HeatProps = {
  answer: Answer;
  /** A calendar is split by day alone. */
  kind: 'heat' | 'calendar';
  split: readonly DimensionKey[];
  question: Question;
  onPick: (cell: Cell) => void;
};

/** Classes of the shades with their limits; what is empty or withheld is said. */
type KeyProps = { scale: HeatScale; hasWithheld: boolean; wordsOf: (value: number) => string; unit: string };

const Key = ({ scale, hasWithheld, wordsOf, unit }: KeyProps) => {
  const { t } = useText();
  return (
    <ul className={styles.key} aria-label={t(words('classes'))}>
      {scale.tokens.map((token, i) => (
        <li key={token}>
          <i style={{ background: `var(--${token})` }} aria-hidden />
          {i === 0 ? `< ${wordsOf(scale.breaks[0] ?? 0)}` : `≥ ${wordsOf(scale.breaks[i - 1] ?? 0)}`}
        </li>
      ))}
      {hasWithheld && (
        <li>
          <i className={styles.withheld} aria-hidden />
          {t('common.withheld.small')}
        </li>
      )}
      <li className={styles.unit}>{unit}</li>
    </ul>
  );
};

const useGrid = ({ answer, kind, split }: Pick<HeatProps, 'answer' | 'kind' | 'split'>): HeatGrid =>
  useMemo(
    () => (kind === 'calendar' ? calendarGrid(answer.cells) : heatGrid(answer.cells, split[0] ?? '', split[1] ?? '')),
    [answer, kind, split],
  );

/** Figures as shades over rows and columns, or days as a calendar; read by pointer, by keys, and in the table below. */
export const HeatPlot = ({ answer, kind, split, question, onPick }: HeatProps) => {
  const { t } = useText();
  const codeWord = useCodeWord();
  const spoken = useExploreWords(answer, split, 'value');
  const grid = useGrid({ answer, kind, split });
  const known = answer.cells.flatMap(({ value }) => value ?? []);
  const scale = questionScale(answer.metric, question, { by: split.join(), known });
  const isCalendar = kind === 'calendar';
  const [rowKey, columnKey] = isCalendar ? (['weekday', 'day'] as const) : split;
  const cellAt = ({ column, row }: Spot) => grid.cells[row]?.[column];
  const nameOf = (cell: Cell) =>
    [...split.map((key) => codeWord(key, cell.at[key])), ...(isCutOff(answer, cell) ? [spoken.cut] : [])].join(' · ');
  const nameAt = (spot: Spot) => {
    const cell = cellAt(spot);
    if (cell) return nameOf(cell);
    return [codeWord(rowKey ?? '', grid.rows[spot.row]), codeWord(columnKey ?? '', grid.columns[spot.column])].join(
      ' · ',
    );
  };
  const unit = t(`common.unit.${answer.unit}`);
  const label = t(words(isCalendar ? 'calendarOf' : 'heatOf'), {
    by: split.map((key) => t(`common.dimension.${key}`)).join(' × '),
    n: answer.cells.length,
  });
  const heatWords = {
    row: (code: string) => codeWord(rowKey ?? '', code),
    column: (code: string) => codeWord(columnKey ?? '', code),
    value: spoken.cell,
    cell: (cell: Cell) => `${nameOf(cell)}<br>${spoken.cell(cell)} ${cell.value === null ? '' : unit}`,
  };
  return (
    <div className={styles.heat} data-chart={kind}>
      <Key
        scale={scale}
        hasWithheld={answer.cells.some(({ withheld }) => withheld)}
        wordsOf={spoken.value}
        unit={unit}
      />
      <div className={styles.canvas}>
        <ReadPlot
          label={label}
          size={{ nColumns: grid.columns.length, nRows: grid.rows.length }}
          {...{ answer, cellAt, nameAt, onOpen: onPick }}
        >
          <Chart
            option={(theme, size) => heatOption(grid, scale, heatWords, { theme, size })}
            label={label}
            figureAt={(column, row) => {
              const cell = cellAt({ column, row: Math.round(row) });
              return cell && { answer, cell };
            }}
          />
        </ReadPlot>
      </div>
      {grid.nLeft > 0 && <p className={styles.note}>{t(words('rowsCut'), { n: grid.rows.length })}</p>}
    </div>
  );
};
