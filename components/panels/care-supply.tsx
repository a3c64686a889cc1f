'use client';

import type { Answer } from '@/data/model/answer';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { type Divisions, useDivisions } from '../feed/divisions';
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

/** Communities, or the grids of the one looked at. */
const levelOf = (view: View, divisions: Divisions): 'community' | 'grid' => {
  const { level } = divisions.byCode(view.division) ?? divisions.root;
  return level === 'community' || level === 'grid' ? 'grid' : 'community';
};

type BoardProps = { data: Record<Column, Answer>; view: View; set: (patch: Partial<View>) => void };

const Board = ({ data, view, set }: BoardProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const level = levelOf(view, divisions);
  const around = divisions.byCode(view.division) ?? divisions.root;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.scroll} aria-label={t(`panel.${key}.title`)} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              {t(`common.dimension.${level}`)}
              {level === 'grid' && around.code !== divisions.root.code && (
                <Button kind="quiet" data-up="" onClick={() => set({ division: null })}>
                  {t(`panel.${key}.all`, { place: divisions.name(around.code) })}
                </Button>
              )}
            </th>
            {order.map((column) => (
              <th key={column} scope="col">
                {t(`panel.${key}.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {divisions.below(level === 'grid' ? around.code : divisions.root.code, level).map(({ code }) => (
            <tr key={code} data-code={code}>
              <th scope="row">
                {level === 'grid' ? (
                  divisions.name(code)
                ) : (
                  <Button kind="quiet" onClick={() => set({ division: code })}>
                    {divisions.name(code)}
                  </Button>
                )}
              </th>
              {order.map((column) => {
                const cell = data[column].cells.find(({ at }) => at[level] === code);
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

/** Where help is due and who there is to give it, community by community, and grid by grid of one (服务供需). */
export const careSupply = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api, divisions }) => {
    const level = levelOf(view, divisions);
    const division = level === 'grid' ? view.division : null;
    const question = { division, period: 'P30D' as const, at: view.at, known: view.known, filters: [] };
    const ask = (metric: string) =>
      api.metric.ask.queryOptions({ metric, dimensions: [level], complete: true, question });
    return Object.fromEntries(order.map((column) => [column, ask(columns[column])])) as Record<
      Column,
      ReturnType<typeof ask>
    >;
  },
  draw: ({ data, view, set }) => <Board data={data} view={view} set={set} />,
});
