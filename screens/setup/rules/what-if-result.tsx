'use client';

import { useText } from '@/components/feed/text';
import type { Outputs } from '@/components/feed/trpc';
import styles from './screen.module.css';

const words = (name: string) => `dispatch.whatif.${name}`;
type Result = Outputs['dispatch']['whatIf'];

const shown = (n: number): string => n.toLocaleString('en-GB');
const withShare = (n: number, of: number): string =>
  of === 0 ? shown(n) : `${shown(n)} (${((n / of) * 100).toFixed(1)}%)`;

const Pairs = ({ result }: { result: Result }) => {
  const { t } = useText();
  return (
    <table className={styles.pairs}>
      <thead>
        <tr>
          {['what', 'before', 'after'].map((name) => (
            <th key={name} scope="col">
              {t(words(name))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(['auto', 'named', 'missed'] as const).map((name) => (
          <tr key={name} data-pair={name} data-before={result[name].before} data-after={result[name].after}>
            <th scope="row">{t(words(name))}</th>
            <td>{withShare(result[name].before, result.nEvents)}</td>
            <td>{withShare(result[name].after, result.nEvents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Lists = ({ result: { categories, departments } }: { result: Result }) => {
  const { t, term } = useText();
  const place = (to: Result['departments'][number]['to']) => {
    if (!to) return t(words('person'));
    const department = term('department', to.department);
    return t(to.isNamed ? words('worker') : 'dispatch.desk', { department });
  };
  return (
    <div className={styles.lists}>
      <div>
        <h3>{t(words('categories'))}</h3>
        <ol>
          {categories.map(({ code, n }) => (
            <li key={code}>
              <span>{term('event-category', code)}</span>
              <b>{shown(n)}</b>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3>{t(words('departments'))}</h3>
        <ol>
          {departments.map(({ from, to, n }) => (
            <li key={JSON.stringify([from, to])}>
              <span>{`${place(from)} → ${place(to)}`}</span>
              <b>{shown(n)}</b>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
};

/** What would have been otherwise, beside what is on record (推演结果). */
export const WhatIfResult = ({ result }: { result: Result }) => {
  const { t } = useText();
  return (
    <div data-what-if={result.nDifferent}>
      <p role="status">{t(words('result'), { n: shown(result.nEvents), k: shown(result.nDifferent) })}</p>
      <Pairs result={result} />
      {result.nDifferent === 0 ? <p>{t(words('none'))}</p> : <Lists result={result} />}
      <p className={styles.note}>{t(words('note'))}</p>
    </div>
  );
};
