'use client';

import { type ReactNode, useMemo } from 'react';
import { type DimensionKey, divisionDimensions, timeDimensions } from '@/data/metrics/dimensions';
import { type Answer, type Cell, isCutBy } from '@/data/model/answer';
import { isPerHead, type Operator } from '@/data/model/ask';
import type { Ranking } from '@/data/model/asked';
import { formatValue } from '@/data/model/format';
import { orderCells } from '@/data/model/order-cells';
import type { View } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { type Column, Table } from '../base/table';
import { codesInOrder } from '../chart/explore';
import { useText } from '../feed/text';
import { useCodeWord } from './code-word';
import { partsOf } from './question';

const words = (name: string) => `panel.explorer-figures.${name}`;

type TableProps = {
  answer: Answer;
  split: readonly DimensionKey[];
  operators: readonly Operator[];
  order: Ranking | null;
  selection: View['selection'];
  onPick: (cell: Cell) => void;
};

/** Said of a bucket that the period cuts off. */
const CutMark = ({ answer, cell, dimension }: { answer: Answer; cell: Pick<Cell, 'at'>; dimension: string }) => {
  const { t } = useText();
  return isCutBy(answer, cell, dimension) && <small data-cut=""> {t('common.bucket.cut')}</small>;
};

/** How what an operator says is written. */
const shapeOf = (answer: Answer, operator: Operator): Pick<Answer, 'unit' | 'decimals'> => {
  if (operator === 'share') return { unit: 'share', decimals: 1 };
  return isPerHead(operator) ? { unit: 'perTenThousand', decimals: 2 } : answer;
};

/** What an operator says of a cell. */
const Told = ({ answer, cell, operator }: { answer: Answer; cell: Cell; operator: Operator }) => {
  const { t, lang } = useText();
  if (operator === 'previous' || operator === 'lastYear')
    return <Change answer={answer} cell={cell} against={operator} hasLabel={false} />;
  if (operator === 'band') return null;
  const value = cell[operator] ?? null;
  if (value === null) return '—';
  if (operator === 'rank') return t(words('place'), { n: value });
  const shape = shapeOf(answer, operator);
  const decimals = operator === 'moving' && answer.unit !== 'share' ? Math.max(1, answer.decimals) : shape.decimals;
  const { digits, scale } = formatValue({ ...shape, decimals }, value, lang);
  return <span data-told={operator} data-value={value}>{`${digits}${scale}`}</span>;
};

const useColumns = ({
  answer,
  split,
  operators,
}: Pick<TableProps, 'answer' | 'split' | 'operators'>): Column<Cell>[] => {
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
  return [
    ...split.map(
      (dimension): Column<Cell> => ({
        key: dimension,
        head: t(`common.dimension.${dimension}`),
        cell: (cell) => (
          <span title={cell.at[dimension]}>
            {codeWord(dimension, cell.at[dimension])}
            <CutMark {...{ answer, cell, dimension }} />
          </span>
        ),
      }),
    ),
    end('value', '120px', (cell) => <Figure answer={answer} cell={cell} hasUnit={false} />),
    ...(isRatio ? [end('n', '84px', (cell: Cell) => cell.n?.toLocaleString('en-GB') ?? '—')] : []),
    ...operators.map((operator) => end(operator, '104px', (cell) => <Told {...{ answer, cell, operator }} />)),
  ];
};

/** A row a cell, what is told beside the value in columns of its own. */
export const LongTable = (props: TableProps) => {
  const { answer, split, order, selection, onPick } = props;
  const { t } = useText();
  const columns = useColumns(props);
  const rows = useMemo(() => orderCells(answer, split, timeDimensions, order), [answer, split, order]);
  const division = split.find((key) => (divisionDimensions as readonly string[]).includes(key));
  const selected = partsOf(selection);
  const at =
    division && selected?.kind === 'division' ? rows.findIndex((row) => row.at[division] === selected.code) : -1;
  return (
    <Table
      label={t(words('table'))}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      idOf={(row) => split.map((dimension) => row.at[dimension]).join('|')}
      selectedIndex={at < 0 ? null : at}
      onSelect={onPick}
    />
  );
};

/** Columns a cross table has room for. */
export const mostColumns = 12;

type CrossRow = { code: string; cells: Map<string, Cell> };

/** Rows by the first dimension, columns by the second (交叉表). */
export const CrossTable = ({ answer, split, onPick }: TableProps) => {
  const { t } = useText();
  const codeWord = useCodeWord();
  const [first = '', second = ''] = split;
  const rows = useMemo(
    () =>
      codesInOrder(answer.cells, first).map((code): CrossRow => {
        const own = answer.cells.filter(({ at }) => at[first] === code);
        return { code, cells: new Map(own.map((cell) => [cell.at[second] ?? '', cell])) };
      }),
    [answer, first, second],
  );
  const codes = useMemo(() => codesInOrder(answer.cells, second), [answer, second]);
  const wordOf = (dimension: string, code: string) => {
    const isCut = isCutBy(answer, { at: { [dimension]: code } }, dimension);
    return isCut ? `${codeWord(dimension, code)} ${t('common.bucket.cut')}` : codeWord(dimension, code);
  };
  const columns: Column<CrossRow>[] = [
    { key: 'row', head: t(`common.dimension.${first}`), width: '160px', cell: ({ code }) => wordOf(first, code) },
    ...codes.map(
      (code): Column<CrossRow> => ({
        key: code,
        head: wordOf(second, code),
        align: 'end',
        cell: ({ cells }) => {
          const cell = cells.get(code);
          return cell ? <Figure answer={answer} cell={cell} hasUnit={false} /> : '—';
        },
      }),
    ),
  ];
  return (
    <Table
      label={t(words('cross'))}
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      idOf={({ code }) => code}
      selectedIndex={null}
      onSelect={({ cells }) => {
        const [cell] = cells.values();
        if (cell) onPick(cell);
      }}
    />
  );
};
