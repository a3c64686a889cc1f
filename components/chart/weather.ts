import type { EventLevel } from '@/data/model/event';
import { galeGustMps, galeLevel, rainLimits, type WeatherHour } from '@/data/model/weather';
import type { ChartOption, ChartTheme } from './chart';
import { axisOf } from './hours';

/** The gravest level whose rain was reached; null = none. */
export const rainLevel = (mm: number): EventLevel | null =>
  rainLimits.filter((limit) => mm >= limit.mm).reduce<EventLevel | null>((_, { level }) => level, null);

/** The level whose warning a gust calls for; null = none. */
export const gustLevel = (mps: number): EventLevel | null => (mps >= galeGustMps ? galeLevel : null);

/** Share of a limit from which it is drawn: far below it the line would flatten all else. */
const nearShare = 0.4;

/** Limits near enough to be drawn, and the top of the axis that shows them. */
const rainScale = (hours: readonly WeatherHour[]): { limits: typeof rainLimits; max: number; step: number } => {
  const top = Math.max(0, ...hours.map(({ maxRain3Mm }) => maxRain3Mm));
  const limits = rainLimits.filter(({ mm }) => top >= mm * nearShare);
  return { limits, ...axisOf(Math.max(4, top, ...limits.map(({ mm }) => mm * 1.05))) };
};

type WeatherWords = {
  clock: (startsAt: string) => string;
  limit: (mm: number) => string;
  gale: string;
  /** Units over the axes. */
  rainUnit: string;
  gustUnit: string;
};

/** Room round the plots in em, the units over them included. */
const frames = { left: 2.4, right: 0.6, rainTop: 1.55, windTop: 1.95, bottom: 1.7 };

/** Height of either plot: both have the same, so that neither is pressed flat where there is little. */
const plotHeight = (em: number, height: number): number =>
  Math.max(em, (height - (frames.rainTop + frames.windTop + frames.bottom) * em) / 2);

const grids = (em: number, height: number) => {
  const { left, right, rainTop, windTop } = frames;
  const plot = { left: left * em, right: right * em, height: plotHeight(em, height) };
  return [
    { ...plot, top: rainTop * em },
    { ...plot, top: (rainTop + windTop) * em + plot.height },
  ];
};

/** Height of the plot of wind in em below which the words of its limit would lie on the hours. */
const leastForWords = 2;

const hasLimitWords = (em: number, height: number): boolean => plotHeight(em, height) >= leastForWords * em;

/** Height of the plot of rain in em below which only its ends are told. */
const leastForSteps = 3;

type Size = { width: number; height: number };

const axes = (hours: readonly WeatherHour[], words: WeatherWords, theme: ChartTheme, { width, height }: Size) => {
  const em = theme.px('fs-tick');
  const label = { color: theme.color('text-3'), fontSize: em, fontFamily: theme.font };
  const every = Math.max(1, Math.ceil((hours.length * em * 4) / Math.max(1, width)));
  const line = { lineStyle: { color: theme.color('line-1'), width: Math.max(1, em / 22) } };
  const rain = rainScale(hours);
  const hasSteps = plotHeight(em, height) >= leastForSteps * em;
  const strongest = Math.max(galeGustMps, ...hours.map(({ maxGustMps }) => maxGustMps));
  const windMax = Math.ceil((strongest * 1.1) / 5) * 5;
  const category = {
    type: 'category',
    data: hours.map(({ startsAt }) => words.clock(startsAt)),
    axisTick: { show: false },
  };
  const value = {
    ...{ type: 'value', min: 0, axisLabel: { ...label, margin: em * 0.5 }, splitLine: line },
    ...{
      nameLocation: 'end',
      nameGap: em * 0.3,
      nameTextStyle: { ...label, fontSize: theme.px('fs-caption'), align: 'left', padding: [0, 0, 0, 0.4 * em] },
    },
  };
  return {
    xAxis: [
      { ...category, gridIndex: 0, axisLabel: { show: false }, axisLine: line },
      {
        ...{ ...category, gridIndex: 1, axisLine: { show: false } },
        axisLabel: { ...label, margin: em * 0.4, interval: (i: number) => (hours.length - 1 - i) % every === 0 },
      },
    ],
    yAxis: [
      { ...value, name: words.rainUnit, gridIndex: 0, max: rain.max, interval: hasSteps ? rain.step : rain.max },
      { ...value, name: words.gustUnit, gridIndex: 1, max: windMax, interval: windMax },
    ],
  };
};

/** A dashed line at a limit, its words at the left end above or below it. */
const limitLine = (
  at: { value: number; token: string; words: string }[],
  position: 'insideStartTop' | 'insideStartBottom',
  theme: ChartTheme,
) => {
  const em = theme.px('fs-tick');
  return {
    silent: true,
    symbol: 'none',
    data: at.map(({ value, token, words }) => ({
      yAxis: value,
      lineStyle: { color: theme.color(token), width: Math.max(1, em / 12), type: 'dashed' },
      label: {
        ...{ show: true, position, formatter: words, fontFamily: theme.font },
        ...{ color: theme.color('text-2'), fontSize: theme.px('fs-caption'), distance: em * 0.4 },
      },
    })),
  };
};

const series = (hours: readonly WeatherHour[], words: WeatherWords, theme: ChartTheme, height: number) => {
  const em = theme.px('fs-tick');
  const gale = hasLimitWords(em, height) ? words.gale : '';
  const { limits } = rainScale(hours);
  const barColor = ({ maxRain3Mm }: WeatherHour) => {
    const level = rainLevel(maxRain3Mm);
    return theme.color(level ? `alert-${level}` : 'text-3');
  };
  const dotColor = ({ maxGustMps }: WeatherHour) => {
    const level = gustLevel(maxGustMps);
    return theme.color(level ? `alert-${level}` : 'text-2');
  };
  return [
    {
      ...{ type: 'bar', silent: true, barCategoryGap: '30%' },
      data: hours.map((hour) => ({ value: hour.maxRain3Mm, itemStyle: { color: barColor(hour) } })),
      markLine: limitLine(
        limits.map(({ level, mm }) => ({ value: mm, token: `alert-${level}`, words: words.limit(mm) })),
        'insideStartTop',
        theme,
      ),
    },
    {
      ...{ type: 'line', silent: true, xAxisIndex: 1, yAxisIndex: 1 },
      ...{ symbol: 'circle', showAllSymbol: true, symbolSize: em * 0.42 },
      lineStyle: { color: theme.color('text-2'), width: em / 14 },
      data: hours.map((hour) => ({ value: hour.maxGustMps, itemStyle: { color: dotColor(hour) } })),
      markLine: limitLine(
        [{ value: galeGustMps, token: `alert-${galeLevel}`, words: gale }],
        'insideStartBottom',
        theme,
      ),
    },
  ];
};

/** Bars of the rain of three hours, which the limits are set for, gusts below on the same hours as dots on a thin line; colour only where a limit is passed. */
export const weatherOption =
  (hours: readonly WeatherHour[], words: WeatherWords) =>
  (theme: ChartTheme, size: Size): ChartOption => ({
    grid: grids(theme.px('fs-tick'), size.height),
    ...axes(hours, words, theme, size),
    series: series(hours, words, theme, size.height),
  });
