'use client';

import { useQuery } from '@tanstack/react-query';
import type { Cell } from '@/data/model/answer';
import type { WhyAsk } from '@/data/model/ask';
import { Change, Figure } from '../base/figure';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { useCodeWord } from './code-word';
import styles from './why.module.css';

const words = (name: string) => `panel.why.${name}`;

type Way = Outputs['metric']['why']['ways'][number];

/** One part of a change: a bar to the right where it added, to the left where it took away. */
const Part = ({ way, cell, top }: { way: Way; cell: Cell; top: number }) => {
  const { t } = useText();
  const codeWord = useCodeWord();
  const codes = Object.keys(cell.at).length > 0 ? way.dimensions.map((key) => codeWord(key, cell.at[key])) : [];
  const value = cell.value ?? 0;
  const name = codes.length > 0 ? codes.join(' · ') : t(words('rest'));
  return (
    <li data-part={codes.length > 0 ? 'told' : 'rest'}>
      <span title={name}>{name}</span>
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

const Ways = ({ way }: { way: Way }) => {
  const { t } = useText();
  const top = Math.max(...way.cells.map(({ value }) => Math.abs(value ?? 0)));
  return (
    <section className={styles.way} data-way={way.dimensions.join('.')}>
      <h4>{t(words('by'), { by: way.dimensions.map((key) => t(`common.dimension.${key}`)).join(' × ') })}</h4>
      <ul>
        {way.cells.map((cell) => (
          <Part key={JSON.stringify(cell.at)} {...{ way, cell, top }} />
        ))}
      </ul>
    </section>
  );
};

/** What changed a figure against the period before: parts by category, area, source, each list adding up to it (为什么). */
export const Why = ({ ask }: { ask: WhyAsk }) => {
  const api = useTRPC();
  const { t } = useText();
  const { data, error } = useQuery(api.metric.why.queryOptions(ask, { retry: false }));
  if (error) {
    const code = problemOf(error);
    return <p className={styles.none}>{code === 'invalid' ? t(words('none')) : t(`common.problem.${code}`)}</p>;
  }
  if (!data) return <p className={styles.none}>{t('common.state.waiting')}</p>;
  return (
    <div className={styles.why} data-why={data.whole.metric}>
      <p>
        <Figure answer={data.whole} /> <Change answer={data.whole} against="previous" />
      </p>
      {data.ways.length === 0 && <p className={styles.none}>{t(words('noWay'))}</p>}
      {data.ways.map((way) => (
        <Ways key={way.dimensions.join()} way={way} />
      ))}
    </div>
  );
};
