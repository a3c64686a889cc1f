import type { Cell } from '@/data/model/answer';
import type { ChartOption, ChartTheme } from './chart';
import { codesInOrder } from './explore';
import { tooltipLook } from './explore-option';

/** Cells by row and column (热力图); undefined = there is none. `nLeft` = rows beyond those drawn. */
export type HeatGrid = { rows: string[]; columns: string[]; cells: (Cell | undefined)[][]; nLeft: number };

const mostRows = 31;

/** Limits of the classes, rising, and a colour token for each class. */
export type HeatScale = { breaks: readonly number[]; tokens: readonly string[] };

/** Every cell at its row and column: time as it runs, all else the largest first. */
export const heatGrid = (cells: readonly Cell[], row: string, column: string): HeatGrid => {
  const all = codesInOrder(cells, row);
  const rows = all.slice(0, mostRows);
  const columns = codesInOrder(cells, column);
  const index = new Map(cells.map((cell) => [`${cell.at[row]}|${cell.at[column]}`, cell]));
  return {
    rows,
    columns,
    cells: rows.map((code) => columns.map((other) => index.get(`${code}|${other}`))),
    nLeft: all.length - rows.length,
  };
};

const dayMs = 86_400_000;

/** Days of an answer as a calendar: a column a week from Monday, a row a weekday. */
export const calendarGrid = (cells: readonly Cell[]): HeatGrid => {
  const byDay = new Map(cells.map((cell) => [cell.at.day ?? '', cell]));
  const days = [...byDay.keys()].filter(Boolean).sort();
  const [first, last] = [days[0], days.at(-1)].map((day) => Date.parse(`${day}T00:00:00Z`) / dayMs);
  const rows = ['1', '2', '3', '4', '5', '6', '7'];
  if (first === undefined || last === undefined || Number.isNaN(first))
    return { rows, columns: [], cells: [], nLeft: 0 };
  const monday = first - ((first + 3) % 7);
  const nWeeks = Math.floor((last - monday) / 7) + 1;
  const dayAt = (week: number, weekday: number) =>
    new Date((monday + week * 7 + weekday) * dayMs).toISOString().slice(0, 10);
  const columns = Array.from({ length: nWeeks }, (_, week) => dayAt(week, 0));
  return {
    rows,
    columns,
    cells: rows.map((_, weekday) => columns.map((_, week) => byDay.get(dayAt(week, weekday)))),
    nLeft: 0,
  };
};

export type HeatWords = {
  row: (code: string) => string;
  column: (code: string) => string;
  value: (cell: Cell) => string;
  /** Box under the pointer. */
  cell: (cell: Cell) => string;
};

const classOf = (value: number, breaks: readonly number[]): number => {
  const above = breaks.findIndex((limit) => value < limit);
  return above === -1 ? breaks.length : above;
};

const axis = (theme: ChartTheme, data: string[]) => ({
  type: 'category',
  data,
  axisLine: { show: false },
  axisTick: { show: false },
  splitArea: { show: false },
  axisLabel: {
    color: theme.color('text-3'),
    fontSize: theme.px('fs-tick'),
    fontFamily: theme.font,
    hideOverlap: true,
  },
});

/** Stands for a withheld value, as no metric is told below nought. */
const withheld = -1;

const piecesOf = ({ breaks }: HeatScale, colours: readonly string[], theme: ChartTheme) => [
  { lt: 0, color: theme.color('surface-3') },
  ...colours.map((color, i) => ({ gte: i === 0 ? 0 : breaks[i - 1], lt: breaks[i], color })),
];

const luminanceOf = (hex: string): number =>
  [1, 3, 5].reduce((sum, at, i) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return (
      sum + ([0.2126, 0.7152, 0.0722][i] ?? 0) * (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    );
  }, 0);

/** The one of the page's two inks that stands out more on a colour. */
const inkOn = (colour: string, theme: ChartTheme): string => {
  const contrast = (ink: string) => {
    const [dark = 0, light = 0] = [luminanceOf(colour), luminanceOf(ink)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const inks = [theme.color('text-1'), theme.color('bg-0')] as const;
  return contrast(inks[0]) >= contrast(inks[1]) ? inks[0] : inks[1];
};

/** Room a value needs inside its cell, px. */
const fewestPx = { width: 34, height: 20 };

/** Pure: shades over rows and columns, first row on top; values are written where there is room. */
export const heatOption = (
  grid: HeatGrid,
  scale: HeatScale,
  words: HeatWords,
  { theme, size }: { theme: ChartTheme; size: { width: number; height: number } },
): ChartOption => {
  const { rows, columns, cells } = grid;
  const hasRoom =
    size.width / (columns.length + 2) >= fewestPx.width && size.height / (rows.length + 1) >= fewestPx.height;
  const colours = scale.tokens.map(theme.color);
  const inks = colours.map((colour) => inkOn(colour, theme));
  const stepOf = ({ value }: Cell) => (value === null ? -1 : classOf(value, scale.breaks));
  return {
    grid: { left: 4, right: 8, top: 4, bottom: 2, containLabel: true },
    tooltip: {
      ...tooltipLook(theme),
      trigger: 'item',
      formatter: ({ value: [x, y] }: { value: [number, number] }) => {
        const cell = cells[y]?.[x];
        return cell ? words.cell(cell) : '';
      },
    },
    xAxis: axis(theme, columns.map(words.column)),
    yAxis: { ...axis(theme, rows.map(words.row)), inverse: true },
    visualMap: { show: false, type: 'piecewise', dimension: 2, pieces: piecesOf(scale, colours, theme) },
    series: [
      {
        type: 'heatmap',
        emphasis: { disabled: true },
        itemStyle: { borderColor: theme.color('surface-1'), borderWidth: 1 },
        data: cells.flatMap((line, y) =>
          line.flatMap((cell, x) => {
            if (!cell) return [];
            const label = { show: hasRoom, color: inks[stepOf(cell)] ?? theme.color('text-3') };
            return [{ value: [x, y, cell.value ?? withheld], name: words.value(cell), label }];
          }),
        ),
        label: { fontSize: theme.px('fs-tick'), fontFamily: theme.font, formatter: '{b}' },
      },
    ],
  };
};
