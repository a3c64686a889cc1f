import type { EventLevel } from '@/data/model/event';
import { galeGustMps, galeLevel, rainLimits, type WeatherHour, type WeatherLead } from '@/data/model/weather';
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
const frames = { left: 2.4, right: 0.6, top: { rain: 1.55, wind: 1.95 }, bottom: 1.7 };

type Size = { width: number; height: number };

/** Height of each of `plots`: all have the same, so that none is pressed flat where there is little. */
const plotHeight = (plots: readonly WeatherLead[], em: number, height: number): number => {
  const around = plots.reduce((sum, plot) => sum + frames.top[plot], frames.bottom);
  return Math.max(em, (height - around * em) / plots.length);
};

const grids = (plots: readonly WeatherLead[], em: number, height: number) => {
  const { left, right } = frames;
  const each = plotHeight(plots, em, height);
  let down = 0;
  return plots.map((plot) => {
    const top = down + frames.top[plot] * em;
    down = top + each;
    return { left: left * em, right: right * em, height: each, top };
  });
};

/** Height of a plot of wind in em below which the words of its limit would lie on the hours. */
const leastForWords = 2;

/** Height of a plot of rain in em below which only its ends are told. */
const leastForSteps = 3;

/** Ends and steps of the axis of values of either plot. */
const scales = (hours: readonly WeatherHour[], hasSteps: boolean) => {
  const rain = rainScale(hours);
  const strongest = Math.max(galeGustMps, ...hours.map(({ maxGustMps }) => maxGustMps));
  const windMax = Math.ceil((strongest * 1.1) / 5) * 5;
  return {
    rain: { max: rain.max, interval: hasSteps ? rain.step : rain.max },
    wind: { max: windMax, interval: windMax },
  };
};

type Drawn = {
  hours: readonly WeatherHour[];
  words: WeatherWords;
  theme: ChartTheme;
  plots: readonly WeatherLead[];
  em: number;
};

const axes = ({ hours, words, theme, plots, em }: Drawn, { width, height }: Size) => {
  const label = { color: theme.color('text-3'), fontSize: em, fontFamily: theme.font };
  const every = Math.max(1, Math.ceil((hours.length * em * 4) / Math.max(1, width)));
  const line = { lineStyle: { color: theme.color('line-1'), width: Math.max(1, em / 22) } };
  const values = scales(hours, plotHeight(plots, em, height) >= leastForSteps * em);
  const units = { rain: words.rainUnit, wind: words.gustUnit };
  const last = plots.length - 1;
  return {
    xAxis: plots.map((plot, i) => ({
      ...{ type: 'category', gridIndex: i, axisTick: { show: false } },
      data: hours.map(({ startsAt }) => words.clock(startsAt)),
      axisLine: plot === 'rain' ? line : { show: false },
      axisLabel:
        i < last
          ? { show: false }
          : { ...label, margin: em * 0.4, interval: (at: number) => (hours.length - 1 - at) % every === 0 },
    })),
    yAxis: plots.map((plot, i) => ({
      ...{ type: 'value', min: 0, gridIndex: i, ...values[plot] },
      ...{ axisLabel: { ...label, margin: em * 0.5 }, splitLine: line },
      ...{ name: units[plot], nameLocation: 'end', nameGap: em * 0.3 },
      nameTextStyle: { ...label, fontSize: theme.px('fs-caption'), align: 'left', padding: [0, 0, 0, 0.4 * em] },
    })),
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

const rainSeries = ({ hours, words, theme }: Drawn) => {
  const { limits } = rainScale(hours);
  const colour = ({ maxRain3Mm }: WeatherHour) => {
    const level = rainLevel(maxRain3Mm);
    return theme.color(level ? `alert-${level}` : 'text-3');
  };
  return {
    ...{ type: 'bar', silent: true, barCategoryGap: '30%' },
    data: hours.map((hour) => ({ value: hour.maxRain3Mm, itemStyle: { color: colour(hour) } })),
    markLine: limitLine(
      limits.map(({ level, mm }) => ({ value: mm, token: `alert-${level}`, words: words.limit(mm) })),
      'insideStartTop',
      theme,
    ),
  };
};

const windSeries = ({ hours, words, theme, plots, em }: Drawn, height: number) => {
  const gale = plotHeight(plots, em, height) >= leastForWords * em ? words.gale : '';
  const colour = ({ maxGustMps }: WeatherHour) => {
    const level = gustLevel(maxGustMps);
    return theme.color(level ? `alert-${level}` : 'text-2');
  };
  return {
    ...{ type: 'line', silent: true, symbol: 'circle', showAllSymbol: true, symbolSize: em * 0.42 },
    lineStyle: { color: theme.color('text-2'), width: em / 14 },
    data: hours.map((hour) => ({ value: hour.maxGustMps, itemStyle: { color: colour(hour) } })),
    markLine: limitLine([{ value: galeGustMps, token: `alert-${galeLevel}`, words: gale }], 'insideStartBottom', theme),
  };
};

/**
 * Bars of the rain of three hours, which the limits are set for, gusts as dots on a thin line; of `plots`, from the top,
 * on the same hours. Colour only where a limit is passed.
 */
export const weatherOption =
  (hours: readonly WeatherHour[], plots: readonly WeatherLead[], words: WeatherWords) =>
  (theme: ChartTheme, size: Size): ChartOption => {
    const em = theme.px('fs-tick');
    const drawn: Drawn = { hours, words, theme, plots, em };
    return {
      grid: grids(plots, em, size.height),
      ...axes(drawn, size),
      series: plots.map((plot, i) => ({
        ...(plot === 'rain' ? rainSeries(drawn) : windSeries(drawn, size.height)),
        ...{ xAxisIndex: i, yAxisIndex: i },
      })),
    };
  };
