import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';

/** First and last index of the categories marked. */
export type Range = [number, number];

export type ChartBrush = {
  /** The pointer or the focus has come: a brush may follow. */
  onApproach: () => void;
  onMove: (range: Range) => void;
  onEnd: (range: Range | null) => void;
  /** What is marked by keys. */
  marked: Range | null;
};

/** What is asked of a chart. */
type Placed = {
  getOption: () => unknown;
  convertToPixel: (axis: { xAxisIndex: number } | { yAxisIndex: number }, value: number) => unknown;
  dispatchAction: (action: { type: string }) => void;
};

/** Where a chart begins on the page, where its categories lie along it, and where its axis lies below, px. */
type Frame = { start: number; left: number; right: number; bottom: number; last: number };

const frameOf = (chart: Placed, start: number): Frame => {
  const { xAxis = [] } = chart.getOption() as { xAxis?: { data?: unknown[] }[] };
  const last = Math.max(0, (xAxis[0]?.data?.length ?? 1) - 1);
  const place = (index: number) => chart.convertToPixel({ xAxisIndex: 0 }, index) as number;
  const bottom = chart.convertToPixel({ yAxisIndex: 0 }, 0) as number;
  return { start, left: place(0), right: place(last), bottom, last };
};

const indexAt = ({ left, right, last }: Frame, x: number): number =>
  right > left ? Math.round(((x - left) / (right - left)) * last) : 0;

type Stroke = { frame: Frame; from: number; range: Range | null };

/**
 * A stretch of the category axis marked by dragging over a chart. A pressed pointer is kept from the chart, which draws
 * nothing while it moves: the mark lies over it in the page.
 */
export const useChartBrush = (
  chart: RefObject<Placed | null>,
  mark: RefObject<HTMLElement | null>,
  brush: ChartBrush | undefined,
) => {
  const stroke = useRef<Stroke | null>(null);
  const show = ({ bottom }: Frame, from: number, to: number) => {
    const box = { left: `${Math.min(from, to)}px`, width: `${Math.abs(to - from)}px`, height: `${bottom}px` };
    if (mark.current) Object.assign(mark.current.style, box, { display: 'block' });
  };
  const hide = () => {
    if (mark.current) mark.current.style.display = 'none';
  };
  const placeOf = ({ clientX }: PointerEvent, { start, left, right }: Frame): number =>
    Math.min(right, Math.max(left, clientX - start));
  const finish = (isTaken: boolean) => {
    const { range } = stroke.current ?? {};
    if (!stroke.current) return;
    stroke.current = null;
    hide();
    brush?.onEnd((isTaken && range) || null);
  };
  const [first, last] = brush?.marked ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is marked by keys alone moves the mark
  useEffect(() => {
    if (first === undefined || last === undefined || !chart.current) return hide();
    const frame = frameOf(chart.current, 0);
    const place = (index: number) => frame.left + ((frame.right - frame.left) * index) / Math.max(1, frame.last);
    show(frame, place(first), place(last));
  }, [first, last]);
  return {
    onPointerEnter: brush?.onApproach,
    onPointerDown: (press: PointerEvent<HTMLElement>) => {
      if (press.button !== 0 || !chart.current) return;
      // without the mouse events that would follow, which the map answers by measuring the page
      press.preventDefault();
      press.currentTarget.setPointerCapture(press.pointerId);
      chart.current.dispatchAction({ type: 'hideTip' });
      const frame = frameOf(chart.current, press.currentTarget.getBoundingClientRect().x);
      stroke.current = { frame, from: placeOf(press, frame), range: null };
    },
    onPointerMove: (move: PointerEvent<HTMLElement>) => {
      const { current } = stroke;
      if (!current) return;
      const { frame, from, range } = current;
      const to = placeOf(move, frame);
      show(frame, from, to);
      const [low = 0, high = 0] = [indexAt(frame, from), indexAt(frame, to)].sort((a, b) => a - b);
      if (range?.[0] === low && range[1] === high) return;
      current.range = [low, high];
      brush?.onMove([low, high]);
    },
    onPointerUp: () => finish(true),
    onPointerCancel: () => finish(false),
  };
};
