'use client';

import { useMemo } from 'react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { Chart } from '../chart/chart';
import { drawnValue, type Explored, explore, type Multiple, multiplesOf, sharedTop } from '../chart/explore';
import { type ExploreDrawing, exploreOption, exploreTones } from '../chart/explore-option';
import { useText } from '../feed/text';
import styles from './explore-chart.module.css';
import { useExploreWords } from './explore-words';
import { ReadPlot, type Spot } from './read-plot';

const words = (name: string) => `panel.explorer-figures.${name}`;

type PlotProps = {
  answer: Answer;
  explored: Explored;
  split: readonly DimensionKey[];
  drawing: ExploreDrawing;
  /** Spoken name. */
  label: string;
  onPick: (cell: Cell) => void;
};

/** The cell drawn at a category, its value nearest to the one pointed at. */
const cellNear = ({ explored, drawing }: Pick<PlotProps, 'explored' | 'drawing'>, column: number, value: number) => {
  const distance = (cell: Cell | undefined) => Math.abs((drawnValue(cell, drawing.drawn) ?? Number.MAX_VALUE) - value);
  const cells = explored.series.flatMap(({ cells: own }) => own[column] ?? []);
  return cells.reduce<Cell | undefined>(
    (best, cell) => (best && distance(best) <= distance(cell) ? best : cell),
    undefined,
  );
};

/** One chart of cells, read by pointer and by keys; every point tells how it was counted. */
const Plot = ({ answer, explored, split, drawing, label, onPick }: PlotProps) => {
  const spoken = useExploreWords(answer, split, drawing.drawn);
  const cellAt = ({ column, row }: Spot) => explored.series[row]?.cells[column];
  const nameAt = ({ column, row }: Spot) =>
    [
      spoken.category(explored.categories[column] ?? ''),
      ...(split.length > 1 ? [spoken.series(explored.series[row]?.code ?? '')] : []),
      ...(drawing.cut.has(explored.categories[column] ?? '') ? [spoken.cut] : []),
    ].join(' · ');
  const pick = (name: string) => {
    const column = explored.categories.findIndex((code) => code === name || spoken.category(code) === name);
    const cell = cellAt({ column, row: 0 });
    if (cell) onPick(cell);
  };
  const figureAt = (index: number, value: number) => {
    const cell = cellNear({ explored, drawing }, index, value);
    return cell && { answer, cell };
  };
  return (
    <ReadPlot
      label={label}
      size={{ nColumns: explored.categories.length, nRows: explored.series.length }}
      {...{ answer, cellAt, nameAt, onOpen: onPick }}
    >
      <Chart
        option={(theme) => exploreOption(explored, drawing, spoken, theme)}
        label={label}
        onPick={pick}
        figureAt={figureAt}
      />
    </ReadPlot>
  );
};

const Key = ({ codes, word }: { codes: string[]; word: (code: string) => string }) => (
  <ul className={styles.key}>
    {codes.map((code, i) => (
      <li key={code}>
        <i style={{ background: `var(--${exploreTones(codes.length)[i]})` }} aria-hidden />
        {word(code)}
      </li>
    ))}
  </ul>
);

type DrawingProps = {
  answer: Answer;
  split: readonly DimensionKey[];
  each: DimensionKey | null;
  drawing: ExploreDrawing;
  onPick: (cell: Cell) => void;
};

const useLabels = (split: readonly DimensionKey[]) => {
  const { t } = useText();
  const by = split.map((key) => t(`common.dimension.${key}`)).join(' × ');
  return (n: number) => t(words('chart'), { n, by });
};

const MultiplePlots = ({ answer, split, each, drawing, onPick }: DrawingProps & { each: DimensionKey }) => {
  const multiples = useMemo(() => multiplesOf(answer, split, each), [answer, split, each]);
  const { category: nameOf } = useExploreWords(answer, [each], drawing.drawn);
  const all = multiples.map(({ explored }) => explored);
  const top = sharedTop(all, drawing.drawn, drawing.kind === 'stacked');
  const labelOf = useLabels(split);
  return (
    <ul
      className={styles.multiples}
      style={{ '--n': multiples.length > 4 ? 3 : Math.min(2, multiples.length) } as object}
    >
      {multiples.map(({ code, explored }: Multiple) => (
        <li key={code} data-multiple={code}>
          <h4>{nameOf(code)}</h4>
          <div>
            <Plot
              {...{ answer, explored, split, onPick }}
              drawing={{ ...drawing, top, isSmall: true, odd: [] }}
              label={`${nameOf(code)} ${labelOf(explored.categories.length)}`}
            />
          </div>
        </li>
      ))}
    </ul>
  );
};

/** Lines, bars, stacks or a pie of an answer, whole or as small multiples; what there is no room for is said. */
export const ExploreChart = (props: DrawingProps) => {
  const { answer, split, each, drawing, onPick } = props;
  const { t } = useText();
  const explored = useMemo(() => explore(answer.cells, split), [answer, split]);
  const spoken = useExploreWords(answer, split, drawing.drawn);
  const labelOf = useLabels(split);
  const { categories, series, nCategoriesLeft, nSeriesLeft } = explored;
  return (
    <div className={styles.chart} data-chart={drawing.kind}>
      {split.length > 1 && <Key codes={series.map(({ code }) => code)} word={spoken.series} />}
      {each ? (
        <MultiplePlots {...props} each={each} />
      ) : (
        <div className={styles.canvas}>
          <Plot {...{ answer, explored, split, drawing, onPick }} label={labelOf(categories.length)} />
        </div>
      )}
      {drawing.cut.size > 0 && <p className={styles.note}>{t('common.bucket.cutNote')}</p>}
      {nCategoriesLeft + nSeriesLeft > 0 && (
        <p className={styles.note}>{t(words('cut'), { n: categories.length, s: series.length })}</p>
      )}
    </div>
  );
};
