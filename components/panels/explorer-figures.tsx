'use client';

import { useState } from 'react';
import { divisionDimensions } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { type ChartKind, deskPageOf, type Exploration, explorerPage } from '@/data/model/desk-page';
import type { ExportWhat } from '@/data/model/export';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { kindOf, offeredKinds } from '../chart/explore-kind';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { focusOf as focusOfMap } from '../map/focus-level';
import { useCodeWord } from '../panel/code-word';
import { askFor, dimensionsOf, explorerKey, type Shown, shownOf, useDrawn } from '../panel/explore-ask';
import { ExploreChart } from '../panel/explore-chart';
import { KindMenu, OperatorMenu, RankMenu, SplitMenus } from '../panel/explore-menus';
import { CrossTable, LongTable, mostColumns } from '../panel/explore-table';
import { ExportButton, ReportButton } from '../panel/export-button';
import { HeatPlot } from '../panel/heat-plot';
import { OddList, WhyPopup } from '../panel/odd-list';
import { definePanel } from '../panel/panel';
import { questionOf } from '../panel/question';
import { whyAskOf } from '../panel/why-ask';
import { WithheldNote } from '../panel/withheld-note';
import styles from './explorer-figures.module.css';

const key = explorerKey;
const words = (name: string) => `panel.${key}.${name}`;

type BodyProps = { answer: Answer; total: Answer; shown: Shown; view: View; set: (patch: Partial<View>) => void };

const turnOf =
  ({ view, set }: Pick<BodyProps, 'view' | 'set'>) =>
  (patch: Partial<Exploration>) =>
    set({ page: explorerPage({ ...deskPageOf(view), ...patch }) });

type DrawnProps = BodyProps & { kind: ChartKind; onPick: (cell: Cell) => void };

/** The chart of the kind chosen; none where the table or the map takes its place. */
const Drawing = ({ answer, shown, view, kind, onPick }: DrawnProps) => {
  const codeWord = useCodeWord();
  const [why, setWhy] = useState<Cell | null>(null);
  const { split, each } = shown;
  const [first = ''] = split;
  const { listed, drawing } = useDrawn(answer, shown);
  const { odd } = drawing;
  const ask = askFor(view, shown);
  const whyOf = (cell: Cell) => (odd.some((point) => point.cell === cell) ? setWhy(cell) : onPick(cell));
  if (kind === 'heat' || kind === 'calendar')
    return <HeatPlot {...{ answer: listed, kind, split, onPick: whyOf }} question={ask.question} />;
  if (kind === 'table' || kind === 'map') return null;
  const labelOf = (code: string) => codeWord(first, code);
  return (
    <>
      <div className={styles.canvas}>
        <ExploreChart {...{ answer: listed, split, each, onPick: whyOf }} drawing={{ ...drawing, kind }} />
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
  const what: ExportWhat = {
    ...{ kind: 'figures', asks: [askFor(view, shown)] },
    order: answer.dimensions.length > 0 ? order : null,
  };
  return (
    <div className={styles.head}>
      <SplitMenus {...{ metric, shown, turn }} />
      <KindMenu {...{ kind, offered, metric, turn }} />
      <OperatorMenu offered={shown.offered} chosen={operators} turn={turn} />
      <RankMenu order={order} turn={turn} />
      <span className={styles.total}>
        {t(words('whole'))} <Figure answer={total} className={styles.sum} />
        <Change answer={total} against="previous" />
      </span>
      <ReportButton {...{ what }} panel={key} />
      <ExportButton {...{ what }} panel={key} isIcon />
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
