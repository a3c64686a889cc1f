'use client';

import { useMemo, useState } from 'react';
import { bucketDimensions, type DimensionKey, divisionDimensions, timeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask, Operator } from '@/data/model/ask';
import { orderCells } from '@/data/model/order-cells';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { bucketAt } from '../chart/bucket';
import { explore, oddCells } from '../chart/explore';
import {
  type ChartKind,
  drawnOf,
  hasBand,
  isTimeKey,
  kindOf,
  offeredKinds,
  offeredOperators,
} from '../chart/explore-kind';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { focusOf as focusOfMap } from '../map/focus-level';
import { useCodeWord } from '../panel/code-word';
import { deskPageOf, type Exploration, explorerPage, splitOf } from '../panel/desk-page';
import { ExploreChart } from '../panel/explore-chart';
import { KindMenu, OperatorMenu, RankMenu, SplitMenus } from '../panel/explore-menus';
import { CrossTable, LongTable, mostColumns } from '../panel/explore-table';
import { exploredMetric } from '../panel/explored-metric';
import { ExportButton } from '../panel/export-button';
import { HeatPlot } from '../panel/heat-plot';
import { OddList, WhyPopup } from '../panel/odd-list';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { whyAskOf } from '../panel/why-ask';
import { WithheldNote } from '../panel/withheld-note';
import styles from './explorer-figures.module.css';

const key = 'explorer-figures';
const words = (name: string) => `panel.${key}.${name}`;

type Shown = Exploration & { metric: Metric; operators: Operator[]; offered: Operator[] };

/** What the page shows, cut to what the metric allows. */
const shownOf = (view: View): Shown => {
  const metric = exploredMetric(view);
  const wanted = deskPageOf(view);
  const split = splitOf(metric, wanted.split);
  const each =
    wanted.each && metric.dimensions.includes(wanted.each) && !split.includes(wanted.each) ? wanted.each : null;
  const offered = offeredOperators(metric, { split, each }, view.period);
  const operators = (wanted.operators ?? ['previous', 'lastYear']).filter((operator) => offered.includes(operator));
  return { ...wanted, metric, split, each, offered, operators };
};

const dimensionsOf = ({ split, each }: Pick<Exploration, 'split' | 'each'>): DimensionKey[] =>
  each ? [...split, each] : split;

/** The question of the table, and of the file made of it. Buckets without a row are noughts of the line. */
const askFor = (view: View, { metric, split, each, operators }: Shown): Ask => {
  const dimensions = dimensionsOf({ split, each });
  const isBanded = hasBand(metric, { split, each }, view.period);
  return {
    metric: metric.key,
    question: questionOf(key, view),
    dimensions,
    operators: isBanded ? [...operators, 'band'] : operators,
    complete: dimensions.length > 0 && dimensions.every(isTimeKey) && metric.time !== null,
    limit: 5_000,
  };
};

type BodyProps = { answer: Answer; total: Answer; shown: Shown; view: View; set: (patch: Partial<View>) => void };

const turnOf =
  ({ view, set }: Pick<BodyProps, 'view' | 'set'>) =>
  (patch: Partial<Exploration>) =>
    set({ page: explorerPage({ ...deskPageOf(view), ...patch }) });

type DrawnProps = BodyProps & { kind: ChartKind; onPick: (cell: Cell) => void };

/** The chart of the kind chosen; none where the table or the map takes its place. */
const Drawing = ({ answer, shown, view, kind, onPick }: DrawnProps) => {
  const { installation } = useText();
  const codeWord = useCodeWord();
  const [why, setWhy] = useState<Cell | null>(null);
  const { split, each, operators, order } = shown;
  const [first = ''] = split;
  const listed = useMemo(
    () => (order && !each ? { ...answer, cells: orderCells(answer, split, timeDimensions, order) } : answer),
    [answer, split, each, order],
  );
  const odd = useMemo(() => {
    const bucket = bucketDimensions.find((bucketKey) => bucketKey === first);
    const running = bucket
      ? bucketAt(new Date(Date.parse(answer.to) - 1), bucket, installation?.timeZone ?? 'UTC')
      : null;
    return split.length === 1 && !each ? oddCells(explore(answer.cells, split), running) : [];
  }, [answer, split, each, first, installation]);
  const ask = askFor(view, shown);
  const whyOf = (cell: Cell) => (odd.some((point) => point.cell === cell) ? setWhy(cell) : onPick(cell));
  if (kind === 'heat' || kind === 'calendar')
    return <HeatPlot {...{ answer: listed, kind, split, onPick: whyOf }} question={ask.question} />;
  if (kind === 'table' || kind === 'map') return null;
  const labelOf = (code: string) => codeWord(first, code);
  const cut = new Set(Object.entries(answer.cut ?? {}).flatMap(([key, codes]) => (key === first ? codes : [])));
  const drawing = { kind, drawn: drawnOf(operators), hasMoving: operators.includes('moving'), odd, cut };
  return (
    <>
      <div className={styles.canvas}>
        <ExploreChart {...{ answer: listed, split, each, drawing, onPick: whyOf }} />
      </div>
      {answer.cells.some(({ band }) => band) && <OddList {...{ odd, answer, ask, labelOf }} />}
      <WhyPopup
        ask={why && whyAskOf(ask, why.at)}
        label={why ? labelOf(why.at[first] ?? '') : ''}
        onClose={() => setWhy(null)}
      />
    </>
  );
};

const Head = ({
  answer,
  total,
  shown,
  view,
  set,
  kind,
  offered,
}: BodyProps & { kind: ChartKind; offered: ChartKind[] }) => {
  const { t } = useText();
  const { metric, order, operators } = shown;
  const turn = turnOf({ view, set });
  return (
    <div className={styles.head}>
      <SplitMenus {...{ metric, shown, turn }} />
      <KindMenu {...{ kind, offered, metric, turn }} />
      <OperatorMenu offered={shown.offered} chosen={operators} turn={turn} />
      <RankMenu order={order} turn={turn} />
      <span className={styles.total}>
        {t(words('whole'))} <Figure answer={total} className={styles.sum} />
        <Change answer={total} against="previous" hasWord />
      </span>
      <ExportButton
        what={{ kind: 'figures', asks: [askFor(view, shown)], order: answer.dimensions.length > 0 ? order : null }}
        panel={key}
        isIcon
      />
    </div>
  );
};

const Explorer = (props: BodyProps) => {
  const { answer, shown, view, set } = props;
  const divisions = useDivisions();
  const { metric, split, each, operators, order, chart } = shown;
  const offered = offeredKinds(metric, { split, each }, answer.cells, focusOfMap(view, divisions).level);
  const kind = kindOf(chart, offered);
  const onPick = ({ at }: Cell) => {
    const code = divisionDimensions.map((level) => at[level]).find((found) => found !== undefined && found !== 'none');
    if (code) set({ selection: `division:${code}` });
  };
  const table = { answer, split: dimensionsOf({ split, each }), operators, order, selection: view.selection, onPick };
  const nColumns = new Set(answer.cells.map(({ at }) => at[split[1] ?? ''])).size;
  const isBeside = operators.some((operator) => operator !== 'previous' && operator !== 'lastYear');
  const isCross = kind === 'table' && split.length === 2 && !each && !isBeside && nColumns <= mostColumns;
  const isWhole = kind === 'table' || kind === 'map';
  return (
    <div className={styles.explorer} data-kind={kind}>
      <Head {...props} {...{ kind, offered }} />
      {!isWhole && (
        <div className={styles.chart}>
          <Drawing {...props} {...{ kind, onPick }} />
        </div>
      )}
      <div className={styles.table}>{isCross ? <CrossTable {...table} /> : <LongTable {...table} />}</div>
      <WithheldNote answer={answer} />
    </div>
  );
};

/** A metric split over a period and against the one before: chart, table, file (指标分析). */
export const explorerFigures = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  hasExport: true,
  ask: ({ view, api }) => {
    const shown = shownOf(view);
    return {
      answer: api.metric.ask.queryOptions(askFor(view, shown)),
      total: api.metric.ask.queryOptions({
        metric: shown.metric.key,
        question: questionOf(key, view),
        operators: ['previous'],
      }),
    };
  },
  draw: ({ data, view, set }) => {
    const shown = shownOf(view);
    // while the next answer is on its way the last one stands, in its own dimensions
    const isOld =
      data.answer.metric !== shown.metric.key || data.answer.dimensions.join() !== dimensionsOf(shown).join();
    return isOld ? null : <Explorer {...{ ...data, shown, view, set }} />;
  },
});
