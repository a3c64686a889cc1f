import { useQueryClient } from '@tanstack/react-query';
import { type FocusEvent, type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { View } from '@/data/model/view';
import { type BrushBase, endBrush, moveBrush, prepareBrush } from '../feed/brush';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';

type RowBrushProps = Pick<BrushBase, 'active' | 'source' | 'place'> & {
  view: View;
  /** Codes already chosen. */
  chosen: readonly string[];
  /** Makes the rows under the hand the ones chosen. */
  take: (codes: string[]) => void;
  /** Only one row can be chosen: the last under the hand. */
  isSingle?: boolean;
};

/** Rows drawn in a box, those of a box within aside. */
const rowsIn = (box: HTMLElement): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>('[data-code]:not(:disabled)')].filter(
    (row) => row.closest('[data-brush]') === box,
  );

const rowAt = (rows: readonly HTMLElement[], target: EventTarget | null): number =>
  rows.findIndex((row) => target instanceof Node && row.contains(target));

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((code) => b.includes(code));

/** Rows under the hand and what follows them, from the first move to the end. */
const useTouched = ({ active, source, place, view, chosen, take, isSingle }: RowBrushProps) => {
  const api = useTRPC();
  const client = useQueryClient();
  const [touched, draw] = useState<readonly string[] | null>(null);
  // a release may come before the last move is drawn
  const hand = useRef<readonly string[] | null>(null);
  const base: BrushBase = { active, source, place, period: view.period, at: view.at };
  const { filters, period, at, division, selection } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another View ends the brush
  useEffect(() => endBrush, [filters, period, at, division, selection]);
  const approach = () => void prepareBrush({ api, client }, base).catch(endBrush);
  const mark = (rows: readonly HTMLElement[], start: number, to: number) => {
    const from = isSingle ? to : start;
    const within = rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    const codes = within.map(({ dataset }) => dataset.code ?? '');
    if (hand.current && isSame(codes, hand.current)) return;
    hand.current = codes;
    draw(codes);
    moveBrush(base, codes);
  };
  const end = (isTaken: boolean) => {
    const codes = hand.current;
    hand.current = null;
    draw(null);
    if (!codes) return;
    if (isTaken && !isSame(codes, chosen)) take([...codes]);
    else endBrush();
  };
  return { touched, hand, approach, mark, end };
};

/** Enter takes the rows under the hand, Escape leaves them, wherever the focus is. */
const useEndKeys = (isOn: boolean, end: (isTaken: boolean) => void) => {
  const latest = useRef(end);
  useEffect(() => {
    latest.current = end;
  });
  useEffect(() => {
    if (!isOn) return;
    const onKey = (press: globalThis.KeyboardEvent) => {
      if (press.key !== 'Enter' && press.key !== 'Escape') return;
      press.preventDefault();
      press.stopImmediatePropagation();
      latest.current(press.key === 'Enter');
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [isOn]);
};

/**
 * A brush over rows `[data-code]` of the box its `handlers` stand on: drawn with the pointer, or with Shift and arrows
 * from the row in focus. A press on one row stays what it is.
 */
export const useRowBrush = (props: RowBrushProps) => {
  const { t } = useText();
  const { touched, hand, approach, mark, end } = useTouched(props);
  /** Row the brush began at. */
  const first = useRef<number | null>(null);
  const finish = (isTaken: boolean) => {
    first.current = null;
    end(isTaken);
  };
  useEndKeys(touched !== null, finish);
  const handlers = {
    'data-brush': props.active,
    'aria-description': t('panel.facets.brush'),
    onPointerEnter: ({ buttons }: PointerEvent<HTMLElement>) => {
      if (buttons === 0) approach();
    },
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      if (rowAt(rowsIn(currentTarget), target) >= 0) approach();
    },
    onPointerDown: ({ currentTarget, target, button, altKey, pointerType }: PointerEvent<HTMLElement>) => {
      finish(false);
      const at = rowAt(rowsIn(currentTarget), target);
      if (button !== 0 || altKey || pointerType === 'touch' || at < 0) return;
      first.current = at;
      approach();
    },
    onPointerMove: ({ currentTarget, pointerId, buttons, clientX, clientY }: PointerEvent<HTMLElement>) => {
      if (buttons !== 1 && !hand.current) first.current = null;
      if (first.current === null || buttons !== 1) return;
      const rows = rowsIn(currentTarget);
      const at = rowAt(rows, document.elementFromPoint(clientX, clientY));
      if (at < 0 || (at === first.current && !hand.current)) return;
      currentTarget.setPointerCapture(pointerId);
      mark(rows, first.current, at);
    },
    onPointerUp: () => finish(true),
    onPointerCancel: () => finish(false),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
      if (relatedTarget && !currentTarget.contains(relatedTarget)) finish(false);
    },
    onKeyDown: (press: KeyboardEvent<HTMLElement>) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[press.key] ?? 0;
      const rows = rowsIn(press.currentTarget);
      const at = rowAt(rows, press.target);
      if (!press.shiftKey || step === 0 || at < 0) return;
      press.preventDefault();
      press.stopPropagation();
      const to = Math.min(Math.max(at + step, 0), rows.length - 1);
      if (!hand.current) first.current = at;
      mark(rows, first.current ?? at, to);
      (rows[to]?.querySelector('input') ?? rows[to])?.focus();
    },
  };
  return { touched, handlers };
};
