'use client';

import { ChevronDown } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { bucketDimensions, type DimensionKey, divisionDimensions, timeDimensions } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Answer, Cell } from '@/data/model/answer';
import type { Ask, Operator } from '@/data/model/ask';
import type { Ranking } from '@/data/model/asked';
import { formatValue } from '@/data/model/format';
import { orderCells } from '@/data/model/order-cells';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { ChoiceMenu } from '../base/menu';
import { type Column, Table } from '../base/table';
import { Chart } from '../chart/chart';
import { explore, exploreOption, exploreTones } from '../chart/explore';
import { useText } from '../feed/text';
import { useCodeWord } from '../panel/code-word';
import { deskPageOf, explorerPage, splitOf } from '../panel/desk-page';
import { exploredMetric } from '../panel/explored-metric';
import { ExportButton } from '../panel/export-button';
import { definePanel } from '../panel/panel';
import { partsOf, questionOf } from '../panel/question';
import { WithheldNote } from '../panel/withheld-note';
import styles from './explorer-figures.module.css';

const key = 'explorer-figures';
const words = (name: string) => `panel.${key}.${name}`;
const none = 'none';

type SetView = (patch: Partial<View>) => void;
type BodyProps = {
  answer: Answer;
  total: Answer;
  metric: Metric;
  split: DimensionKey[];
  order: Ranking | null;
  view: View;
  set: SetView;
};

const isOneOf = (keys: readonly string[], key: string): boolean => keys.includes(key);

/** The question of the table, and of the file made of it. */
const askFor = (view: View, metric: Metric, split: DimensionKey[]): Ask => {
  const isRunning = split.some((dimension) => isOneOf(bucketDimensions, dimension));
  const operators: Operator[] = isRunning ? ['lastYear'] : ['previous', 'lastYear'];
  return { metric: metric.key, question: questionOf(key, view), dimensions: split, operators, limit: 5_000 };
};

type SplitProps = { nth: 0 | 1 } & Pick<BodyProps, 'metric' | 'split' | 'order' | 'set'>;

/** Chooses what the table is split by, first or second. */
const SplitMenu = ({ nth, metric, split, order, set }: SplitProps) => {
  const { t } = useText();
  const other = split[1 - nth];
  const nameOf = (dimension: string) => t(`common.dimension.${dimension}`);
  const free = metric.dimensions.filter((dimension) => dimension !== other);
  const choices = free.map((dimension) => ({ value: dimension as string, label: nameOf(dimension) }));
  const value = split[nth] ?? none;
  const name = value === none ? t(words('noSplit')) : nameOf(value);
  const choose = (chosen: string) => {
    const found = metric.dimensions.find((dimension) => dimension === chosen);
    const next = nth === 0 ? [found, split[1]] : [split[0], found];
    set({
      page: explorerPage(
        next.filter((dimension) => dimension !== undefined),
        order,
      ),
    });
  };
  return (
    <ChoiceMenu
      label={`${t(words(nth === 0 ? 'by' : 'then'))}: ${name}`}
      value={value}
      choices={nth === 0 ? choices : [{ value: none, label: t(words('noSplit')) }, ...choices]}
      onChoose={choose}
      className={styles.split}
    >
      <span>{t(words(nth === 0 ? 'by' : 'then'))}</span>
      <b>{name}</b>
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

const rankings: Ranking[] = [null, 5, 10].flatMap((limit) =>
  (['desc', 'asc'] as const).map((direction) => ({ direction, limit })),
);

/** Chooses how the rows are ranked, and how many of them are listed. */
const RankMenu = ({ split, order, set }: Pick<BodyProps, 'split' | 'order' | 'set'>) => {
  const { t } = useText();
  const codeOf = (ranking: Ranking | null) => (ranking ? `${ranking.direction}${ranking.limit ?? ''}` : none);
  const nameOf = (ranking: Ranking | null) => {
    if (!ranking) return t(words('unranked'));
    const { direction, limit } = ranking;
    return limit === null ? t(`common.rank.${direction}`) : t(`common.rank.${direction}First`, { n: limit });
  };
  const isListed = rankings.some((ranking) => codeOf(ranking) === codeOf(order));
  const choices = [null, ...rankings, ...(order && !isListed ? [order] : [])];
  const name = nameOf(order);
  return (
    <ChoiceMenu
      label={`${t(words('rank'))}: ${name}`}
      value={codeOf(order)}
      choices={choices.map((ranking) => ({ value: codeOf(ranking), label: nameOf(ranking) }))}
      onChoose={(value) =>
        set({ page: explorerPage(split, choices.find((ranking) => codeOf(ranking) === value) ?? null) })
      }
      className={styles.split}
    >
      <span>{t(words('rank'))}</span>
      <b>{name}</b>
      <ChevronDown aria-hidden />
    </ChoiceMenu>
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

const Drawing = ({ answer, split }: Pick<BodyProps, 'answer' | 'split'>) => {
  const { t, lang } = useText();
  const codeWord = useCodeWord();
  const explored = useMemo(() => explore(answer), [answer]);
  const [first = '', second = ''] = split;
  const spoken = {
    category: (code: string) => codeWord(first, code),
    series: (code: string) => (second ? codeWord(second, code) : t(`common.unit.${answer.unit}`)),
    value: (value: number) => {
      const { digits, scale } = formatValue(
        { ...answer, decimals: Number.isInteger(value) ? 0 : answer.decimals },
        value,
        lang,
      );
      return `${digits}${scale}`;
    },
  };
  const left = explored.nCategoriesLeft + explored.nSeriesLeft;
  return (
    <div className={styles.chart}>
      {second && <Key codes={explored.series.map(({ code }) => code)} word={spoken.series} />}
      <div className={styles.canvas}>
        <Chart
          option={(theme) => exploreOption(explored, spoken, theme)}
          label={t(words('chart'), { n: explored.categories.length, by: t(`common.dimension.${first}`) })}
        />
      </div>
      {left > 0 && (
        <p className={styles.note}>{t(words('cut'), { n: explored.categories.length, s: explored.series.length })}</p>
      )}
    </div>
  );
};

const useColumns = ({ answer, split }: Pick<BodyProps, 'answer' | 'split'>): Column<Cell>[] => {
  const { t } = useText();
  const codeWord = useCodeWord();
  const isRatio = answer.kind === 'rate' || answer.kind === 'mean';
  const end = (name: string, width: string, cell: (row: Cell) => ReactNode): Column<Cell> => ({
    key: name,
    head: t(words(name)),
    width,
    align: 'end',
    cell,
  });
  const change = (against: 'previous' | 'lastYear') => (cell: Cell) => (
    <Change answer={answer} cell={cell} against={against} hasLabel={false} hasWord={false} />
  );
  return [
    ...split.map(
      (dimension): Column<Cell> => ({
        key: dimension,
        head: t(`common.dimension.${dimension}`),
        cell: ({ at }) => <span title={at[dimension]}>{codeWord(dimension, at[dimension])}</span>,
      }),
    ),
    end('value', '132px', (cell) => <Figure answer={answer} cell={cell} hasUnit={false} />),
    ...(isRatio ? [end('n', '84px', (cell: Cell) => cell.n?.toLocaleString('en-GB') ?? '—')] : []),
    end('previous', '104px', change('previous')),
    end('lastYear', '104px', change('lastYear')),
  ];
};

const Rows = ({ answer, split, order, view, set }: BodyProps) => {
  const { t } = useText();
  const columns = useColumns({ answer, split });
  const rows = useMemo(() => orderCells(answer, split, timeDimensions, order), [answer, split, order]);
  const division = split.find((dimension) => isOneOf(divisionDimensions, dimension));
  const selected = partsOf(view.selection);
  const at =
    division && selected?.kind === 'division' ? rows.findIndex((row) => row.at[division] === selected.code) : -1;
  const select = (row: Cell) => {
    const code = division && row.at[division];
    if (code && code !== 'none') set({ selection: `division:${code}` });
  };
  return (
    <Table
      label={t(words('table'))}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      idOf={(row) => split.map((dimension) => row.at[dimension]).join('|')}
      selectedIndex={at < 0 ? null : at}
      onSelect={select}
    />
  );
};

const Explorer = (props: BodyProps) => {
  const { answer, total, metric, split, order, view, set } = props;
  const listed = useMemo(
    () => (order ? { ...answer, cells: orderCells(answer, split, timeDimensions, order) } : answer),
    [answer, split, order],
  );
  const { t } = useText();
  return (
    <div className={styles.explorer}>
      <div className={styles.head}>
        <SplitMenu nth={0} metric={metric} split={split} order={order} set={set} />
        <SplitMenu nth={1} metric={metric} split={split} order={order} set={set} />
        <RankMenu split={split} order={order} set={set} />
        <span className={styles.total}>
          {t(words('whole'))} <Figure answer={total} className={styles.sum} />
          <Change answer={total} against="previous" hasWord />
        </span>
        <ExportButton what={{ kind: 'figures', asks: [askFor(view, metric, split)], order }} panel={key} isIcon />
      </div>
      <Drawing answer={listed} split={split} />
      <div className={styles.table}>
        <Rows {...props} />
      </div>
      <WithheldNote answer={answer} />
    </div>
  );
};

/** A metric split by up to two dimensions, over a period and against the one before: chart, table, file (指标分析). */
export const explorerFigures = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  hasExport: true,
  ask: ({ view, api }) => {
    const metric = exploredMetric(view);
    const split = splitOf(metric, deskPageOf(view).split);
    return {
      answer: api.metric.ask.queryOptions(askFor(view, metric, split)),
      total: api.metric.ask.queryOptions({
        metric: metric.key,
        question: questionOf(key, view),
        operators: ['previous'],
      }),
    };
  },
  draw: ({ data, view, set }) => {
    const metric = exploredMetric(view);
    const { split: wanted, order } = deskPageOf(view);
    const split = splitOf(metric, wanted);
    // while the next answer is on its way the last one stands, in its own dimensions
    const isOld = data.answer.metric !== metric.key || data.answer.dimensions.join() !== split.join();
    return isOld ? null : <Explorer {...{ ...data, metric, split, order, view, set }} />;
  },
});
