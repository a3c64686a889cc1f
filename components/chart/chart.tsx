'use client';

import { BarChart, HeatmapChart, LineChart, PieChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { type Shown, showFigures } from '../base/figure';
import { loadGlyphs, useGlyphs } from '../base/glyphs';
import styles from './chart.module.css';
import { type ChartBrush, useChartBrush } from './chart-brush';

echarts.use([
  BarChart,
  HeatmapChart,
  LineChart,
  PieChart,
  AriaComponent,
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export type ChartOption = echarts.EChartsCoreOption;
/** Resolved values a pure option builder needs: CSS variables and font sizes in px. */
export type ChartTheme = { color: (token: string) => string; px: (name: string) => number; font: string };

const themeOf = (element: HTMLElement): ChartTheme => {
  const style = getComputedStyle(element);
  return {
    color: (token) => style.getPropertyValue(`--${token}`).trim(),
    // registered as a length: read in px
    px: (name) => Number.parseFloat(style.getPropertyValue(`--${name}`)),
    font: style.fontFamily,
  };
};

type Size = { width: number; height: number };

type ChartProps = {
  /** Pure: theme → option. Called again on resize, because sizes follow the screen. */
  option: (theme: ChartTheme, size: Size) => ChartOption;
  /** Spoken summary of what the chart says. */
  label: string;
  onPick?: (name: string) => void;
  /** With it, dragging over the chart marks a stretch of the category axis. */
  brush?: ChartBrush;
  /** Drawn as lines, not dots: for paper. */
  isPaper?: boolean;
  /** The figure drawn at a category, by its index, nearest to a value (a row's index where rows are categories). */
  figureAt?: (index: number, value: number) => Shown | undefined;
};

const hasAxes = (instance: echarts.ECharts): boolean => 'xAxis' in instance.getOption();

/** What each chart shows; panels build their options anew at every turn of the View, mostly with nothing new in them. */
const painted = new WeakMap<echarts.ECharts, string>();

type Painted = Pick<ChartProps, 'option' | 'label'> & { glyphs: number; size: Size };

const paint = (instance: echarts.ECharts, element: HTMLElement, { option, label, glyphs, size }: Painted) => {
  if (size.width === 0 || size.height === 0) return;
  const drawn = { animation: false, ...option(themeOf(element), size) };
  // what a formatter says follows from the language and what the label says, all else from the option
  const content = JSON.stringify([drawn, size, label, glyphs, document.documentElement.lang]);
  if (painted.get(instance) === content) return;
  painted.set(instance, content);
  instance.resize(size);
  const draw = () => instance.setOption(drawn, { notMerge: true });
  draw();
  void loadGlyphs(JSON.stringify(drawn)).then((isNew) => {
    if (isNew && !instance.isDisposed()) draw();
  });
};

/** Mounts, resizes and disposes one ECharts canvas: the only import of echarts in the house. */
export const Chart = ({ option, label, onPick, brush, figureAt, isPaper = false }: ChartProps) => {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  // as the page was last laid out: to ask the element would lay it out once more for every chart
  const size = useRef<Size>({ width: 0, height: 0 });
  const glyphs = useGlyphs();
  const mark = useRef<HTMLElement>(null);
  const handlers = useChartBrush(chart, mark, brush);
  const latest = useRef({ option, label, onPick, figureAt, glyphs });
  useEffect(() => {
    latest.current = { option, label, onPick, figureAt, glyphs };
  });

  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const instance = echarts.init(element, null, {
      renderer: isPaper ? 'svg' : 'canvas',
      devicePixelRatio: Math.min(window.devicePixelRatio, 2),
    });
    chart.current = instance;
    let pointed = -1;
    instance.on('mouseover', (event) => {
      pointed = event.dataIndex ?? -1;
    });
    instance.on('click', (event) => latest.current.onPick?.(String(event.name)));
    showFigures(element, ({ clientX, clientY }) => {
      const box = element.getBoundingClientRect();
      const spot = [clientX - box.x, clientY - box.y];
      // a pie has no axes: the slice under the pointer is known from the last move
      const [index, value] = hasAxes(instance)
        ? (instance.convertFromPixel({ gridIndex: 0 }, spot) as number[])
        : [pointed, 0];
      return latest.current.figureAt?.(Math.round(index ?? -1), value ?? 0);
    });
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      size.current = { width: Math.round(width), height: Math.round(height) };
      paint(instance, element, { ...latest.current, size: size.current });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, [isPaper]);

  useEffect(() => {
    if (holder.current && chart.current)
      paint(chart.current, holder.current, { option, label, glyphs, size: size.current });
  }, [option, label, glyphs]);

  return (
    <>
      <div
        ref={holder}
        role="img"
        aria-label={label}
        data-figures={figureAt ? '' : undefined}
        className={brush ? styles.brushed : undefined}
        style={{ width: '100%', height: '100%' }}
        {...(brush ? handlers : {})}
      />
      {brush && <i ref={mark} className={styles.mark} aria-hidden />}
    </>
  );
};
