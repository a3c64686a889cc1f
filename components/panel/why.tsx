'use client';

import { useQuery } from '@tanstack/react-query';
import type { Cell } from '@/data/model/answer';
import type { WhyAsk } from '@/data/model/ask';
import { Change, Figure } from '../base/figure';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { CardSection } from './card';
import { useCodeWord } from './code-word';
import styles from './why.module.css';

const words = (name: string) => `panel.why.${name}`;

type Way = Outputs['metric']['why']['ways'][number];

/** One part of a change: a bar to the right where it added, to the left where it took away. */
const Part = ({ way, cell, top }: { way: Way; cell: Cell; top: number }) => {
  const { t } = useText();
  const codeWord = useCodeWord();
  const isRest = Object.keys(cell.at).length === 0;
  const value = cell.value ?? 0;
  const name = isRest ? t(words('rest')) : way.dimensions.map((key) => codeWord(key, cell.at[key])).join(' · ');
  return (
    <li data-part={isRest ? 'rest' : 'told'}>
      <span>{name}</span>
      <span className={styles.track}>
        <i
          data-sign={value < 0 ? 'less' : 'more'}
          style={{ width: `${top === 0 ? 0 : (Math.abs(value) / top) * 50}%` }}
        />
      </span>
      <span className={styles.value}>
        {value > 0 && '+'}
        <Figure answer={way} cell={cell} hasUnit={false} />
      </span>
    </li>
  );
};

/** One list of parts; all lists share the scale of their bars. */
const Parts = ({ way, top }: { way: Way; top: number }) => {
  const { t } = useText();
  const cells = way.cells.filter(({ at, value }) => Object.keys(at).length > 0 || value !== 0);
  return (
    <section className={styles.way} data-way={way.dimensions.join('.')} data-change={way.change}>
      <h4>{t(words('by'), { by: way.dimensions.map((key) => t(`common.dimension.${key}`)).join(' × ') })}</h4>
      <ul>
        {cells.map((cell) => (
          <Part key={JSON.stringify(cell.at)} {...{ way, cell, top }} />
        ))}
      </ul>
    </section>
  );
};

/** What changed a figure: parts by category, area, source, each list adding up to the change. */
const Why = ({ ask }: { ask: WhyAsk }) => {
  const api = useTRPC();
  const { t } = useText();
  const { data, error } = useQuery(api.metric.why.queryOptions(ask, { retry: false }));
  if (error) {
    const code = problemOf(error);
    return <p className={styles.none}>{code === 'invalid' ? t(words('none')) : t(`common.problem.${code}`)}</p>;
  }
  if (!data) return <p className={styles.none}>{t('common.state.waiting')}</p>;
  const [cell] = data.whole.cells;
  const top = Math.max(0, ...data.ways.flatMap(({ cells }) => cells.map(({ value }) => Math.abs(value ?? 0))));
  const base = { at: {}, n: null, value: null, numerator: null, denominator: null, ...cell?.previous };
  return (
    <div className={styles.why} data-why={data.whole.metric}>
      <p>
        <Figure answer={data.whole} cell={base} /> → <Figure answer={data.whole} className={styles.now} />{' '}
        <Change answer={data.whole} against="previous" hasLabel={false} />
      </p>
      {data.ways.length === 0 && <p className={styles.none}>{t(words('noWay'))}</p>}
      {data.ways.map((way) => (
        <Parts key={way.dimensions.join()} {...{ way, top }} />
      ))}
    </div>
  );
};

/** Why a figure changed (为什么), as a part of a card. */
export const WhySection = ({ ask }: { ask: WhyAsk }) => {
  const { t } = useText();
  return (
    <CardSection title={t(words('title'))} caption={t(words(ask.daysBack ? 'weekBefore' : 'periodBefore'))}>
      <Why ask={ask} />
    </CardSection>
  );
};
