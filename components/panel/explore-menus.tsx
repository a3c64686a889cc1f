'use client';

import { ChevronDown } from 'lucide-react';
import type { DimensionKey } from '@/data/metrics/dimensions';
import type { Metric } from '@/data/metrics/metric';
import type { Operator } from '@/data/model/ask';
import type { Ranking } from '@/data/model/asked';
import type { ChartKind, Exploration } from '@/data/model/desk-page';
import { CheckMenu, type Choice, ChoiceMenu } from '../base/menu';
import { useText } from '../feed/text';
import styles from './explore-menus.module.css';

const words = (name: string) => `panel.explorer-figures.${name}`;
const none = 'none';

type Turn = (patch: Partial<Exploration>) => void;

type OneProps = { name: string; value: string; choices: readonly Choice[]; onChoose: (value: string) => void };

/** Menu of one part of the question: what it is, and what is chosen. */
const One = ({ name, value, choices, onChoose }: OneProps) => {
  const chosen = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <ChoiceMenu
      label={`${name}: ${chosen}`}
      value={value}
      choices={choices}
      onChoose={onChoose}
      className={styles.menu}
    >
      <span>{name}</span>
      <b>{chosen}</b>
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

type SplitProps = { metric: Pick<Metric, 'dimensions'>; shown: Pick<Exploration, 'split' | 'each'>; turn: Turn };

/** Chooses what the figures are split by: axis or rows, colour or columns, and small multiples. */
export const SplitMenus = ({ metric, shown: { split, each }, turn }: SplitProps) => {
  const { t } = useText();
  const [first, second] = split;
  const choicesOf = (taken: readonly (DimensionKey | null | undefined)[], noneWord: string | null): Choice[] => [
    ...(noneWord ? [{ value: none, label: noneWord }] : []),
    ...metric.dimensions
      .filter((key) => !taken.includes(key))
      .map((key) => ({ value: key as string, label: t(`common.dimension.${key}`) })),
  ];
  const found = (value: string) => metric.dimensions.find((key) => key === value);
  const turnSplit = (next: (DimensionKey | undefined)[]) => turn({ split: next.filter((key) => key !== undefined) });
  return (
    <>
      <One
        name={t(words('by'))}
        value={first ?? none}
        choices={choicesOf([second, each], null)}
        onChoose={(value) => turnSplit([found(value), second])}
      />
      <One
        name={t(words('then'))}
        value={second ?? none}
        choices={choicesOf([first, each], t(words('noSplit')))}
        onChoose={(value) => turnSplit([first, found(value)])}
      />
      <One
        name={t(words('each'))}
        value={each ?? none}
        choices={choicesOf([first, second], t(words('noEach')))}
        onChoose={(value) => turn({ each: found(value) ?? null })}
      />
    </>
  );
};

const rankings: Ranking[] = [null, 5, 10].flatMap((limit) =>
  (['desc', 'asc'] as const).map((direction) => ({ direction, limit })),
);

/** Chooses how the rows are ranked, and how many of them are listed. */
export const RankMenu = ({ order, turn }: { order: Ranking | null; turn: Turn }) => {
  const { t } = useText();
  const codeOf = (ranking: Ranking | null) => (ranking ? `${ranking.direction}${ranking.limit ?? ''}` : none);
  const nameOf = (ranking: Ranking | null) => {
    if (!ranking) return t(words('unranked'));
    const { direction, limit } = ranking;
    return limit === null ? t(`common.rank.${direction}`) : t(`common.rank.${direction}First`, { n: limit });
  };
  const isListed = rankings.some((ranking) => codeOf(ranking) === codeOf(order));
  const all = [null, ...rankings, ...(order && !isListed ? [order] : [])];
  return (
    <One
      name={t(words('order'))}
      value={codeOf(order)}
      choices={all.map((ranking) => ({ value: codeOf(ranking), label: nameOf(ranking) }))}
      onChoose={(value) => turn({ order: all.find((ranking) => codeOf(ranking) === value) ?? null })}
    />
  );
};

type KindProps = {
  kind: ChartKind;
  offered: readonly ChartKind[];
  metric: Pick<Metric, 'dimensions'>;
  turn: Turn;
};

/** Heat maps that bring their own split. */
const heats = {
  calendar: { kind: 'calendar', split: ['day'] },
  hours: { kind: 'heat', split: ['weekday', 'hourOfDay'] },
} as const satisfies Record<string, { kind: ChartKind; split: readonly DimensionKey[] }>;

/** Chooses the kind of drawing among those that fit the split, or a heat map of time with the split it needs. */
export const KindMenu = ({ kind, offered, metric, turn }: KindProps) => {
  const { t } = useText();
  const others = Object.entries(heats).filter(
    ([, heat]) =>
      heat.split.every((key) => metric.dimensions.includes(key)) &&
      !(offered.includes(heat.kind) && heat.kind === 'calendar'),
  );
  const choices: Choice[] = [
    ...offered.map((each) => ({ value: each as string, label: t(words(`kind.${each}`)) })),
    ...others.map(([name]) => ({ value: `turn ${name}`, label: t(words(`turn.${name}`)), group: t(words('turn')) })),
  ];
  const choose = (value: string) => {
    const heat = Object.entries(heats).find(([name]) => value === `turn ${name}`)?.[1];
    if (heat) return turn({ split: [...heat.split], each: null, chart: heat.kind });
    return turn({ chart: offered.find((each) => each === value) ?? null });
  };
  return <One name={t(words('kind'))} value={kind} choices={choices} onChoose={choose} />;
};

type OperatorProps = { offered: readonly Operator[]; chosen: readonly Operator[]; turn: Turn };

/** Chooses what is told beside the value: comparisons, share, place, running figures. */
export const OperatorMenu = ({ offered, chosen, turn }: OperatorProps) => {
  const { t } = useText();
  const named = offered.filter((operator) => chosen.includes(operator)).map((operator) => t(words(operator)));
  const name = t(words('operators'));
  return (
    <CheckMenu
      label={`${name}: ${named.join(t('common.and')) || t(words('noOperator'))}`}
      choices={offered.map((operator) => ({ value: operator, label: t(words(`operator.${operator}`)) }))}
      chosen={chosen}
      onChange={(next) => turn({ operators: offered.filter((operator) => next.includes(operator)) })}
      className={styles.menu}
    >
      <span>{name}</span>
      <b>
        {named.length > 2
          ? t(words('nOperators'), { n: named.length })
          : named.join(t('common.and')) || t(words('noOperator'))}
      </b>
      <ChevronDown aria-hidden />
    </CheckMenu>
  );
};
