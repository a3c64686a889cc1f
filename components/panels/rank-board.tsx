'use client';

import { ChevronDown } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { metricByKey } from '@/data/metrics';
import { isPlace, noCode } from '@/data/metrics/dimensions';
import type { Answer } from '@/data/model/answer';
import { modelOf } from '@/data/model/fair-rank';
import { askedBy, FilterField, type View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { ChoiceMenu } from '../base/menu';
import { type RankRow, rankRows } from '../chart/rank';
import { useIsMoving } from '../feed/brush';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { setHighlight, useHighlight } from '../map/highlight';
import { fillMetric } from '../map/metric-encoding';
import { choosePlaces, chosenPlaces, placeSource } from '../map/place-choice';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { type RankLevel, rankLevelsAt } from '../panel/rank-level';
import { useDrawnLast } from '../panel/use-drawn-last';
import { useHeldColumns } from '../panel/use-held-columns';
import { useRowBrush } from '../panel/use-row-brush';
import { useSeen } from '../panel/use-seen';
import { WithheldNote } from '../panel/withheld-note';
import styles from './rank-board.module.css';

const key = placeSource;

/** Metrics that mean something as a ranking: what divisions can be split by. */
const rankable = () =>
  [...metricByKey.values()].filter(({ by, dimensions }) => {
    const codes: readonly string[] = dimensions;
    return codes.includes('community') && !by?.stage && !by?.hour;
  });

type BoardProps = { answer: Answer; dimension: RankLevel; view: View; set: (patch: Partial<View>) => void };

/** A row of a place in the order; held, it keeps what it shows. */
const Row = memo(
  ({ row, isCurrent, answer, pick, open }: RowProps) => {
    const { t } = useText();
    const divisions = useDivisions();
    const highlight = useHighlight();
    const name = row.code === noCode ? t('common.action.unplaced') : divisions.name(row.code);
    const isRatio = answer.kind === 'rate' || answer.kind === 'mean';
    const { interval, range } = row;
    const shown = [row.code, row.cell, row.place, row.share, interval?.low, interval?.high, range?.first, range?.last];
    return useDrawnLast([...shown, isCurrent, highlight], () => (
      <li>
        <button
          type="button"
          className={styles.row}
          data-code={row.code}
          aria-pressed={isCurrent}
          data-pointed={highlight === `division:${row.code}`}
          onPointerEnter={() => setHighlight(`division:${row.code}`)}
          onPointerLeave={() => setHighlight(null)}
          disabled={row.code === noCode}
          onClick={pick}
          onDoubleClick={open}
          onKeyDown={(press) => {
            if (press.key !== 'Enter' || !isCurrent) return;
            press.preventDefault();
            open();
          }}
        >
          <span className={styles.place}>{range?.isOpen ? '' : row.place}</span>
          <span className={styles.name}>{name}</span>
          <span className={styles.track}>
            <i style={{ backgroundSize: `${row.share * 100}% 100%` }} />
            {interval && (
              <b
                style={{
                  left: `${interval.low * 100}%`,
                  width: `${(interval.high - interval.low) * 100}%`,
                }}
              />
            )}
          </span>
          <Figure answer={answer} cell={row.cell} hasUnit={false} className={styles.value} />
          <span className={styles.change}>
            <Change answer={answer} cell={row.cell} against="previous" hasLabel={false} />
          </span>
          {isRatio && row.cell.value !== null && row.cell.n !== null && (
            <span className={styles.sample} data-small={row.isSmall}>
              {t(row.isSmall ? `panel.${key}.small` : `panel.${key}.n`, { n: row.cell.n })}
              {range &&
                range.first < range.last &&
                ` · ${t(`panel.${key}.range`, { first: range.first, last: range.last })}`}
            </span>
          )}
        </button>
      </li>
    ));
  },
  (_, { isHeld }) => isHeld,
);
type RowProps = {
  row: RankRow;
  isCurrent: boolean;
  isHeld: boolean;
  answer: Answer;
  pick: () => void;
  open: () => void;
};

/** Up and down arrows walk the rows. */
const walk = (press: KeyboardEvent<HTMLOListElement>) => {
  const step = press.key === 'ArrowDown' ? 1 : press.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const rows = [...press.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  rows[rows.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
  press.preventDefault();
};

/** The focus goes with what a row stood for when another takes its place. Returns what is to be told of a focus. */
const useFollowingFocus = (list: RefObject<HTMLElement | null>) => {
  const code = useRef<string>(undefined);
  useLayoutEffect(() => {
    const row = document.activeElement;
    if (!(row instanceof HTMLElement) || !list.current?.contains(row) || row.dataset.code === code.current) return;
    const rows = [...list.current.querySelectorAll<HTMLElement>('[data-code]')];
    rows.find(({ dataset }) => dataset.code === code.current)?.focus({ preventScroll: true });
  });
  return ({ target }: FocusEvent<HTMLElement>) => {
    code.current = target.dataset.code;
  };
};

const Board = ({ answer, dimension, view, set }: BoardProps) => {
  const divisions = useDivisions();
  const { within } = rankLevelsAt(view, divisions);
  const rows = rankRows(answer, dimension);
  const selected = partsOf(view.selection);
  const current = selected?.kind === 'division' ? selected.code : view.division;
  const several = chosenPlaces(view, dimension);
  const choose = (codes: string[]) => set(choosePlaces(view, dimension, codes));
  const { touched, handlers } = useRowBrush({
    ...{ active: dimension, source: key, view, take: choose },
    place: { focus: current, within: view.division && within },
    chosen: several.length > 0 ? several : current === null ? [] : [current],
    isSingle: !FilterField.safeParse(dimension).success,
  });
  const under = touched?.length === 1 ? touched[0] : undefined;
  useEffect(() => {
    if (under) setHighlight(`division:${under}`);
  }, [under]);
  const onKeyDown = (press: KeyboardEvent<HTMLOListElement>) =>
    press.shiftKey ? handlers.onKeyDown(press) : walk(press);
  const list = useRef<HTMLOListElement>(null);
  const onFocusCapture = useFollowingFocus(list);
  const isSeen = useSeen(list, rows.length);
  const isMoving = useIsMoving();
  useHeldColumns(list);
  return (
    <ol ref={list} className={styles.board} {...handlers} {...{ onKeyDown, onFocusCapture }}>
      {rows.map((row, place) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place in the order
          key={place}
          row={row}
          isHeld={isMoving && !isSeen(place)}
          isCurrent={
            touched?.includes(row.code) ?? (several.includes(row.code) || (row.code === current && row.code !== within))
          }
          answer={answer}
          pick={() => choose(row.code === current ? [] : [row.code])}
          open={() => set({ division: row.code, selection: null, camera: null })}
        />
      ))}
    </ol>
  );
};

const MetricChoice = memo(({ metric: chosen, set }: { metric: string } & Pick<BoardProps, 'set'>) => {
  const { lang, t } = useText();
  const choices = rankable().map((metric) => ({
    value: metric.key,
    label: metric[lang],
    group: t(`panel.${key}.group.${metric.key.split('.')[0]}`),
  }));
  const name = metricByKey.get(chosen)?.[lang] ?? chosen;
  return (
    <ChoiceMenu
      label={`${t(`panel.${key}.metric`)}: ${name}`}
      value={chosen}
      choices={choices}
      onChoose={(metric) => set({ metric })}
      className={styles.metric}
    >
      {name}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
});

type RankData = Partial<Record<string, Answer>>;

/** Without a metric chosen: the map's own, a rate, or plain counts where nobody is known to live. */
const answerAt = (data: RankData, level: RankLevel): Answer | undefined => {
  const answer = data[level];
  return answer?.cells.some(({ value, withheld }) => value !== null || withheld)
    ? answer
    : (data[plainOf(level)] ?? answer);
};

const plainOf = (level: RankLevel) => `${level}-plain`;

const Rank = ({ data, view, set }: Pick<BoardProps, 'view' | 'set'> & { data: RankData }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { levels } = rankLevelsAt(view, divisions);
  const [wanted, setWanted] = useState<RankLevel | null>(null);
  const dimension = levels.find((level) => level === wanted) ?? levels[0] ?? 'community';
  const answer = answerAt(data, dimension);
  if (!answer) return null;
  const isFlow = answer.from !== null;
  return (
    <div className={styles.rank}>
      <div className={styles.head}>
        <MetricChoice metric={answer.metric} set={set} />
        {levels.length > 1 && (
          <span className={styles.levels}>
            {levels.map((level) => (
              <button key={level} type="button" aria-pressed={level === dimension} onClick={() => setWanted(level)}>
                {t(`common.thing.${level}`)}
              </button>
            ))}
          </span>
        )}
      </div>
      <p className={styles.unit}>
        {t(`panel.${key}.${isFlow ? 'againstPrevious' : 'stock'}`, { unit: t(`common.unit.${answer.unit}`) })}
      </p>
      <Board answer={answer} dimension={dimension} view={view} set={set} />
      {modelOf(answer) && <p className={styles.fair}>{t(`panel.${key}.fair`)}</p>}
      <WithheldNote answer={answer} />
    </div>
  );
};

/** Divisions below the one looked at, ranked by the metric that fills the map (排名). */
export const rankBoard = definePanel({
  key,
  sizes: ['desk'],
  isOwnBrush: isPlace,
  ask: ({ view, api, divisions }) => {
    const { within, levels } = rankLevelsAt(view, divisions);
    const ask = (metric: string, dimension: RankLevel) =>
      api.metric.ask.queryOptions({
        metric,
        dimensions: [dimension],
        question: { ...askedBy(key, view), division: within },
        operators: ['previous'],
        complete: true,
      });
    const isOpen = !view.metric || !metricByKey.has(view.metric);
    const metric = fillMetric(view, true);
    return Object.fromEntries(
      levels.flatMap((level) => [
        [level, ask(metric, level)],
        ...(isOpen ? [[plainOf(level), ask('event.reported', level)] as const] : []),
      ]),
    );
  },
  empty: (data) =>
    Object.values(data).every((answer) => answer.cells.every(({ value, withheld }) => value === null && !withheld)),
  draw: ({ data, view, set }) => <Rank data={data} view={view} set={set} />,
});
