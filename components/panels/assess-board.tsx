'use client';

import { ChevronDown, Info } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { noCode } from '@/data/metrics/dimensions';
import type { Answer, Cell } from '@/data/model/answer';
import { AssessLevel, assessLevels, type PlanItem } from '@/data/model/assessment';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { ChoiceMenu } from '../base/menu';
import { type Column, type Sort, Table } from '../base/table';
import { type Text, useText } from '../feed/text';
import { assessPage, assessPlaceOf, scoresQuery } from '../panel/assess-page';
import { gainText, placesWords, pointsText, type ScoreRow, type Scores, useAssessWords } from '../panel/assess-words';
import { definePanel } from '../panel/panel';
import { RankRange } from '../panel/rank-range';
import { useNarrow } from '../panel/use-narrow';
import styles from './assess-board.module.css';

const key = 'assess-board';
const words = (name: string) => `assess.${name}`;
/** Width from which every item has a column with its figure, px. */
const wide = 1600;

type BoardProps = {
  scores: Scores;
  /** Posts with aggregates alone are told no workers. */
  isAggregate: boolean;
  view: View;
  set: (patch: Partial<View>) => void;
};

const Levels = ({ isAggregate, view, set }: BoardProps) => {
  const { t } = useText();
  const place = assessPlaceOf(view);
  return (
    <span className={styles.levels}>
      {assessLevels
        .filter((level) => !isAggregate || level !== 'worker')
        .map((level) => (
          <button
            key={level}
            type="button"
            data-level={level}
            aria-pressed={level === place.level}
            onClick={() => set({ page: assessPage({ ...place, level: AssessLevel.parse(level), subject: null }) })}
          >
            {t(words(`level.${level}`))}
          </button>
        ))}
    </span>
  );
};

const Choosers = (props: BoardProps) => {
  const { scores, view, set } = props;
  const { t } = useText();
  const { periodName } = useAssessWords();
  const place = assessPlaceOf(view);
  const name = periodName(scores.period);
  return (
    <div className={styles.head}>
      <Levels {...props} />
      <ChoiceMenu
        label={`${t(words('period'))}: ${name}`}
        value={scores.period}
        choices={scores.periods.map((code) => ({ value: code, label: periodName(code) }))}
        onChoose={(period) => set({ page: assessPage({ ...place, period }) })}
        className={styles.period}
      >
        {name}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
      <span className={styles.state}>
        {t(words(scores.isRunning ? 'running' : 'over'))}
        {scores.before && ` · ${t(words('against'), { period: periodName(scores.before) })}`}
        {` · ${t(words('plan'), { n: scores.plan.version })}`}
      </span>
      <Button kind="quiet" onClick={() => set({ page: assessPage({ ...place, subject: null }) })}>
        <Info aria-hidden />
        {t(words('showPlan'))}
      </Button>
    </div>
  );
};

/** Cell of a subject in the answer of an item. */
const cellOf = (answer: Answer | undefined, row: ScoreRow): Cell | undefined =>
  answer?.cells.find(({ at }) => at[answer.dimensions[0] ?? ''] === row.at);

const Rank = ({ row, nRanked }: { row: ScoreRow; nRanked: number }) => {
  const { t } = useText();
  if (!row.place) return <span className={styles.few}>{t(words('few'))}</span>;
  const { first, last } = row.place;
  return <RankRange place={row.place} of={nRanked} title={t(words('range'), { first, last })} />;
};

const ItemCell = ({
  answer,
  row,
  item,
  isFull,
}: {
  answer: Answer | undefined;
  row: ScoreRow;
  item: PlanItem;
  isFull: boolean;
}) => {
  const { t } = useText();
  const score = row.items.find((each) => each.key === item.key);
  const cell = cellOf(answer, row);
  return (
    <span
      className={styles.item}
      data-small={score?.isSmall || undefined}
      title={score?.isSmall ? t(words('smallHint')) : undefined}
    >
      <b>
        {pointsText(score?.score ?? null)}
        {score?.isSmall && ' ◦'}
      </b>
      {isFull && answer && (
        <small>
          {cell ? <Figure answer={answer} cell={cell} hasUnit={false} /> : '—'}
          {' · n '}
          {cell?.n?.toLocaleString('en-GB') ?? 0}
        </small>
      )}
    </span>
  );
};

const movedWords = (row: ScoreRow, t: Text['t']): ReactNode => {
  if (!row.moved) return '—';
  const { places, change } = row.moved;
  return (
    <span className={styles.item}>
      <b>{placesWords(places, t)}</b>
      <small>{gainText(change)}</small>
    </span>
  );
};

const useColumns = (scores: Scores, isFull: boolean): Column<ScoreRow>[] => {
  const { t } = useText();
  const { itemName, subjectName } = useAssessWords();
  const answers = new Map(scores.answers.map(({ key: item, answer }) => [item, answer]));
  const end = (name: string, width: string, cell: (row: ScoreRow) => ReactNode): Column<ScoreRow> => ({
    ...{ key: name, head: t(words(name)), width, align: 'end', cell, isSortable: true },
  });
  const nRanked = scores.rows.filter(({ place }) => place !== null).length;
  const shown = scores.plan.items.filter(({ kind }) => isFull || kind === 'online');
  return [
    {
      ...{ key: 'place', head: t(words('place')), width: '104px', isSortable: true },
      cell: (row) => <Rank row={row} nRanked={nRanked} />,
    },
    { key: 'subject', head: t(words(`level.${scores.level}`)), cell: (row) => subjectName(scores.level, row) },
    ...shown.map(
      (item): Column<ScoreRow> => ({
        key: item.key,
        head: (
          <span className={styles.itemHead} title={itemName(item)}>
            <span>{itemName(item)}</span>
            <small>{t(words('weight'), { n: item.weight })}</small>
          </span>
        ),
        width: isFull ? '112px' : '64px',
        align: 'end',
        cell: (row) => <ItemCell answer={answers.get(item.key)} row={row} item={item} isFull={isFull} />,
      }),
    ),
    end('online', '64px', (row) => pointsText(row.online)),
    end('offline', '64px', (row) => pointsText(row.offline)),
    end('total', '72px', (row) => (
      <b className={styles.total} data-score={row.total}>
        {pointsText(row.total)}
      </b>
    )),
    end('moved', '64px', (row) => movedWords(row, t)),
  ];
};

const sortKeys: Readonly<Record<string, (row: ScoreRow) => number>> = {
  place: (row) => row.place?.place ?? 1e6,
  online: (row) => row.online,
  offline: (row) => row.offline ?? -1,
  total: (row) => row.total,
  moved: (row) => row.moved?.change ?? -1e6,
};

const Board = (props: BoardProps) => {
  const { scores, view, set } = props;
  const { t } = useText();
  const isNarrow = useNarrow(wide);
  const [sort, setSort] = useState<Sort>({ key: 'place', order: 'asc' });
  const columns = useColumns(scores, !isNarrow);
  const rows = useMemo(() => {
    const read = sortKeys[sort.key] ?? (() => 0);
    const sign = sort.order === 'asc' ? 1 : -1;
    return scores.rows
      .filter(({ code }) => code !== noCode)
      .toSorted((a, b) => sign * (read(a) - read(b)) || b.total - a.total || (a.code < b.code ? -1 : 1));
  }, [scores.rows, sort]);
  const place = assessPlaceOf(view);
  const at = rows.findIndex(({ code }) => code === place.subject);
  return (
    <div className={styles.board} data-period={scores.period}>
      <Choosers {...props} />
      <div className={styles.table}>
        <Table
          label={t(words('table'))}
          columns={columns}
          count={rows.length}
          rowAt={(index) => rows[index]}
          idOf={({ code }) => code}
          selectedIndex={at < 0 ? null : at}
          onSelect={({ code }) => set({ page: assessPage({ ...place, subject: code }) })}
          sort={sort}
          onSort={setSort}
        />
      </div>
      <p className={styles.note}>{t(words('fair'))}</p>
    </div>
  );
};

/** Scores of a level in a period, place with the places chance leaves open, online and by hand apart (考核). */
export const assessBoard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({ scores: scoresQuery(api, view), rights: api.assessment.rights.queryOptions() }),
  draw: ({ data, view, set }) => (
    <Board scores={data.scores} isAggregate={data.rights.isAggregate} view={view} set={set} />
  ),
});
