'use client';

import type { Answer } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from '../panel/place-table.module.css';

const key = 'care-supply';
const columns = {
  registered: 'care.registered',
  overdue: 'care.visit_overdue',
  inTime: 'care.visit_on_time',
  workers: 'worker.count',
};
type Column = keyof typeof columns;
const order = Object.keys(columns) as Column[];

const Board = ({ data }: { data: Record<Column, Answer> }) => {
  const { t } = useText();
  const divisions = useDivisions();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.scroll} aria-label={t(`panel.${key}.title`)} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('common.dimension.community')}</th>
            {order.map((column) => (
              <th key={column} scope="col">
                {t(`panel.${key}.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {divisions.below(divisions.root.code, 'community').map(({ code }) => (
            <tr key={code} data-code={code}>
              <th scope="row">{divisions.name(code)}</th>
              {order.map((column) => {
                const cell = data[column].cells.find(({ at }) => at.community === code);
                return (
                  <td key={column}>
                    {cell ? <Figure answer={data[column]} cell={cell} hasUnit={column === 'inTime'} /> : '—'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** Where help is due and who there is to give it, community by community (服务供需). */
export const careSupply = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const question = { division: null, period: 'P30D' as const, at: view.at, known: view.known, filters: [] };
    const ask = (metric: string) =>
      api.metric.ask.queryOptions({ metric, dimensions: ['community'], complete: true, question });
    return Object.fromEntries(order.map((column) => [column, ask(columns[column])])) as Record<
      Column,
      ReturnType<typeof ask>
    >;
  },
  draw: ({ data }) => <Board data={data} />,
});
