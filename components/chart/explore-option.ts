import type { Cell } from '@/data/model/answer';
import type { ChartKind } from '@/data/model/desk-page';
import type { ChartOption, ChartTheme } from './chart';
import { escapeHtml } from './escape';
import { drawnValue, type Explored, type Odd } from './explore';
import type { Drawn } from './explore-kind';

export type ExploreWords = {
  category: (code: string) => string;
  series: (code: string) => string;
  value: (value: number) => string;
  /** Said of a category that the period cuts off. */
  cut: string;
  /** What the thin line of averages is called. */
  moving: string;
  band: string;
};

export type ExploreDrawing = {
  kind: Extract<ChartKind, 'line' | 'bar' | 'stacked' | 'pie'>;
  drawn: Drawn;
  /** Draws the moving average beside a single line. */
  hasMoving: boolean;
  odd: readonly Odd[];
  /** Buckets the period cuts off: drawn hollow, their stretch of a line dashed. */
  cut: ReadonlySet<string>;
  /** End of the value axis where several charts share it. */
  top?: number;
  /** A multiple has little room: fewer words. */
  isSmall?: boolean;
};

/** Colours of the series, text colour first: one series needs no hue. */
export const exploreTones = (nSeries: number): string[] =>
  nSeries === 1 ? ['text-2'] : ['cat-1', 'cat-2', 'cat-3', 'cat-4'].slice(0, nSeries);

const textOf = (theme: ChartTheme) => ({
  color: theme.color('text-3'),
  fontSize: theme.px('fs-tick'),
  fontFamily: theme.font,
});

/** Box under the pointer, alike in all charts of the explorer. */
export const tooltipLook = (theme: ChartTheme) => ({
  confine: true,
  backgroundColor: theme.color('surface-3'),
  borderColor: theme.color('line-2'),
  textStyle: { color: theme.color('text-1'), fontSize: theme.px('fs-caption'), fontFamily: theme.font },
});

/** What is under the pointer: the category, whether it is whole, and what each series says of it. */
const tooltipOf = (explored: Explored, drawing: ExploreDrawing, words: ExploreWords, theme: ChartTheme) => ({
  ...tooltipLook(theme),
  trigger: 'axis',
  axisPointer: { type: 'line', lineStyle: { color: theme.color('line-2') } },
  formatter: (items: { dataIndex: number }[]) => {
    const index = items[0]?.dataIndex ?? -1;
    const code = explored.categories[index];
    if (code === undefined) return '';
    const told = (value: number | null | undefined) => (typeof value === 'number' ? words.value(value) : '—');
    const [own] = explored.series.length === 1 ? [explored.series[0]?.cells[index]] : [];
    return [
      drawing.cut.has(code) ? `${words.category(code)} · ${words.cut}` : words.category(code),
      ...explored.series.map((one) => `${words.series(one.code)} ${told(drawnValue(one.cells[index], drawing.drawn))}`),
      ...(drawing.hasMoving && own ? [`${words.moving} ${told(own.moving)}`] : []),
      ...(own?.band ? [`${words.band} ${told(own.band.low)}–${told(own.band.high)}`] : []),
    ]
      .map(escapeHtml)
      .join('<br>');
  },
});

/** Width of a line on this screen. */
const strokeOf = (theme: ChartTheme): number => Math.max(2, Math.round(theme.px('fs-caption') / 10));

const plainLine = { type: 'line', symbol: 'none', emphasis: { disabled: true } } as const;

/** Normal band as a stack of two areas, the lower one unseen. */
const bandSeries = (cells: readonly (Cell | undefined)[], words: ExploreWords, theme: ChartTheme) => {
  const hidden = { ...plainLine, stack: 'band', silent: true, tooltip: { show: false }, lineStyle: { opacity: 0 } };
  return [
    { ...hidden, name: 'low', data: cells.map((cell) => cell?.band?.low ?? null) },
    {
      ...hidden,
      name: words.band,
      areaStyle: { color: theme.color('line-2'), opacity: 0.26 },
      data: cells.map((cell) => (cell?.band ? cell.band.high - cell.band.low : null)),
    },
  ];
};

const movingSeries = (cells: readonly (Cell | undefined)[], words: ExploreWords, theme: ChartTheme) => ({
  ...plainLine,
  name: words.moving,
  lineStyle: { color: theme.color('accent'), width: strokeOf(theme) },
  itemStyle: { color: theme.color('accent') },
  data: cells.map((cell) => cell?.moving ?? null),
});

/** Far points full, those just outside their band hollow. */
const oddMarks = (odd: readonly Odd[], words: ExploreWords, theme: ChartTheme) => ({
  symbol: 'circle',
  label: { show: false },
  data: odd.map(({ code, cell, isFar }) => ({
    name: code,
    coord: [words.category(code), cell.value],
    symbolSize: isFar ? 10 : 7,
    itemStyle: isFar
      ? { color: theme.color('worse') }
      : { color: theme.color('surface-1'), borderColor: theme.color('text-2'), borderWidth: 1.5 },
  })),
});

/** A bar of a bucket that is cut off: its outline alone. */
const hollow = (color: string) => ({
  color: 'transparent',
  borderColor: color,
  borderWidth: 1.5,
  borderType: 'dashed',
});

type Look = { color: string; opacity: number; width: number; ground: string };

/** The stretches of a line that lead to buckets cut off: dashed, their points hollow. */
const cutStretch = (values: readonly (number | null)[], isCut: (i: number) => boolean, look: Look) => ({
  ...plainLine,
  silent: true,
  z: 5,
  lineStyle: { color: look.color, opacity: look.opacity, width: look.width, type: [1.5 * look.width, 2 * look.width] },
  itemStyle: { color: look.ground, borderColor: look.color, borderWidth: look.width },
  symbol: 'circle',
  showAllSymbol: true,
  data: values.map((value, i) => ({
    value: [i - 1, i, i + 1].some(isCut) ? value : null,
    symbolSize: isCut(i) ? 3.5 * look.width : 0,
  })),
});

const seriesOf = (explored: Explored, drawing: ExploreDrawing, words: ExploreWords, theme: ChartTheme) => {
  const { series, categories } = explored;
  const { kind, drawn, odd, hasMoving, cut } = drawing;
  const tones = exploreTones(series.length);
  const isLine = kind === 'line';
  const isOne = series.length === 1;
  const isCut = (i: number) => cut.has(categories[i] ?? '');
  const width = strokeOf(theme);
  const values = series.flatMap(({ code, cells }, i) => {
    const color = theme.color(tones[i] ?? 'text-2');
    const opacity = isOne && hasMoving ? 0.55 : 1;
    const all = cells.map((cell) => drawnValue(cell, drawn));
    const whole = all.map((value, at) => (isCut(at) ? null : value));
    const bars = all.map((value, at) => (isCut(at) ? { value, itemStyle: hollow(color) } : value));
    const line = {
      name: words.series(code),
      type: isLine ? 'line' : 'bar',
      stack: kind === 'stacked' ? 'whole' : undefined,
      data: isLine ? whole : bars,
      symbol: isLine && whole.filter((value) => value !== null).length > 1 ? 'none' : 'circle',
      barMaxWidth: Math.max(28, 2 * theme.px('fs-caption')),
      barGap: '10%',
      itemStyle: { color },
      lineStyle: { color, width, opacity },
      emphasis: { disabled: true },
      z: 5,
      ...(isOne && drawn === 'value' && odd.length > 0 ? { markPoint: oddMarks(odd, words, theme) } : {}),
    };
    return isLine && all.some((_, at) => isCut(at))
      ? [line, cutStretch(all, isCut, { color, opacity, width, ground: theme.color('surface-1') })]
      : [line];
  });
  const own = series[0]?.cells ?? [];
  const isBanded = isOne && drawn === 'value' && own.some((cell) => cell?.band);
  return [
    ...(isLine && isBanded ? bandSeries(own, words, theme) : []),
    ...values,
    ...(isLine && isOne && hasMoving && drawn === 'value' ? [movingSeries(own, words, theme)] : []),
  ];
};

/** Pure: up to three parts of a whole, named beside their slices. */
const pieOption = ({ categories, series }: Explored, words: ExploreWords, theme: ChartTheme): ChartOption => {
  const cells = series[0]?.cells ?? [];
  const tones = exploreTones(categories.length);
  return {
    tooltip: { ...tooltipLook(theme), trigger: 'item', valueFormatter: (value: number) => words.value(value) },
    series: [
      {
        type: 'pie',
        radius: ['0%', '78%'],
        startAngle: 90,
        data: categories.map((code, i) => ({
          name: words.category(code),
          value: cells[i]?.value ?? 0,
          itemStyle: {
            color: theme.color(tones[i] ?? 'text-2'),
            borderColor: theme.color('surface-1'),
            borderWidth: 2,
          },
        })),
        label: {
          ...textOf(theme),
          color: theme.color('text-1'),
          fontSize: theme.px('fs-caption'),
          formatter: ({ name, value, percent }: { name: string; value: number; percent: number }) =>
            `${name}\n${words.value(value)} · ${percent.toFixed(1)}%`,
        },
        labelLine: { lineStyle: { color: theme.color('line-2') } },
        emphasis: { disabled: true },
      },
    ],
  };
};

/** Pure: bars from zero for places and kinds, lines for time, stacks and pies for parts of a whole. */
export const exploreOption = (
  explored: Explored,
  drawing: ExploreDrawing,
  words: ExploreWords,
  theme: ChartTheme,
): ChartOption => {
  if (drawing.kind === 'pie') return pieOption(explored, words, theme);
  const { categories } = explored;
  const text = textOf(theme);
  const line = { lineStyle: { color: theme.color('line-1') } };
  const isLine = drawing.kind === 'line';
  const isCrowded = explored.isTime || drawing.isSmall;
  return {
    grid: { left: 4, right: 12, top: 12, bottom: 2, containLabel: true },
    tooltip: tooltipOf(explored, drawing, words, theme),
    xAxis: {
      type: 'category',
      data: categories.map(words.category),
      boundaryGap: !isLine,
      axisLine: line,
      axisTick: { show: false },
      axisLabel: {
        ...text,
        hideOverlap: true,
        interval: isCrowded ? 'auto' : 0,
        rotate: categories.length > 8 && !isCrowded ? 40 : 0,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: drawing.top,
      splitNumber: drawing.isSmall ? 2 : 3,
      splitLine: line,
      axisLabel: { ...text, formatter: words.value },
    },
    series: seriesOf(explored, drawing, words, theme),
  };
};
