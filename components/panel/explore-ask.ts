import { useMemo } from 'react';
import { bucketDimensions, type DimensionKey, timeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Answer } from '@/data/model/answer';
import type { Ask, Operator } from '@/data/model/ask';
import { deskPageOf, type Exploration, splitOf } from '@/data/model/desk-page';
import { orderCells } from '@/data/model/order-cells';
import type { View } from '@/data/model/view';
import { bucketAt } from '../chart/bucket';
import { explore, oddCells } from '../chart/explore';
import { drawnOf, hasBand, isTimeKey, offeredOperators } from '../chart/explore-kind';
import { useText } from '../feed/text';
import { exploredMetric } from './explored-metric';
import { questionOf } from './question';

/** Panel of the desk whose questions these are: its own clauses leave them alone. */
export const explorerKey = 'explorer-figures';

export type Shown = Exploration & { metric: Metric; operators: Operator[]; offered: Operator[] };

/** What the page shows, cut to what the metric allows. */
export const shownOf = (view: View): Shown => {
  const metric = exploredMetric(view);
  const wanted = deskPageOf(view);
  const split = splitOf(metric, wanted.split);
  const each =
    wanted.each && metric.dimensions.includes(wanted.each) && !split.includes(wanted.each) ? wanted.each : null;
  const offered = offeredOperators(metric, { split, each }, view.period);
  const operators = (wanted.operators ?? ['previous', 'lastYear']).filter((operator) => offered.includes(operator));
  return { ...wanted, metric, split, each, offered, operators };
};

export const dimensionsOf = ({ split, each }: Pick<Exploration, 'split' | 'each'>): DimensionKey[] =>
  each ? [...split, each] : split;

/** The question of the table, and of the file made of it. Buckets without a row are noughts of the line. */
export const askFor = (view: View, { metric, split, each, operators }: Shown): Ask => {
  const dimensions = dimensionsOf({ split, each });
  const isBanded = hasBand(metric, { split, each }, view.period);
  return {
    metric: metric.key,
    question: questionOf(explorerKey, view),
    dimensions,
    operators: isBanded ? [...operators, 'band'] : operators,
    complete: dimensions.length > 0 && dimensions.every(isTimeKey) && metric.time !== null,
    limit: 5_000,
  };
};

/** The answer as it is listed, its odd points, and all a drawing of it needs but the kind. */
export const useDrawn = (answer: Answer, { split, each, operators, order }: Shown) => {
  const { installation } = useText();
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
  const cut = new Set(Object.entries(answer.cut ?? {}).flatMap(([key, codes]) => (key === first ? codes : [])));
  return { listed, drawing: { drawn: drawnOf(operators), hasMoving: operators.includes('moving'), odd, cut } };
};
