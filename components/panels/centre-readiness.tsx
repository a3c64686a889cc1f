'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from '../panel/place-table.module.css';

const key = 'centre-readiness';
const levels = ['district', 'subdistrict', 'community'] as const;
const columns = ['onDuty', 'rostered', 'share'] as const;
type Level = (typeof levels)[number];
type Column = (typeof columns)[number];
type Data = Record<`${Level}_${Column}`, Answer>;

const metrics = { onDuty: 'duty.on_duty', rostered: 'duty.rostered', share: 'duty.on_duty_share' } as const;

/** How each centre is staffed (中心在岗): the district's, those of sub-districts and stations, with who is due in their area. */
export const centreReadiness = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const ask = (level: Level, column: Column) =>
      api.metric.ask.queryOptions({ metric: metrics[column], dimensions: [level], question });
    const asked = levels.flatMap((level) => columns.map((column) => [`${level}_${column}`, ask(level, column)]));
    return Object.fromEntries(asked) as Record<keyof Data, ReturnType<typeof ask>>;
  },
  draw: ({ data }) => <Board data={data} />,
});

const Row = ({ code, level, data }: { code: string; level: Level; data: Data }) => {
  const divisions = useDivisions();
  const cellOf = (answer: Answer): Cell | undefined => answer.cells.find(({ at }) => at[level] === code);
  return (
    <tr data-level={level} data-code={code}>
      <th scope="row">{divisions.name(code)}</th>
      {columns.map((column) => {
        const answer = data[`${level}_${column}`];
        const cell = cellOf(answer);
        return (
          <td key={column}>
            {cell ? <Figure answer={answer} cell={cell} hasUnit={column === 'share'} /> : <span>—</span>}
          </td>
        );
      })}
    </tr>
  );
};

/** In the order of the tree: each station below its sub-district. */
const Board = ({ data }: { data: Data }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { root } = divisions;
  const streets = divisions.below(root.code, 'subdistrict');
  const stations = (code: string) => divisions.below(code, 'community');
  const isWhole = streets.length > 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
    <section className={styles.scroll} aria-label={t(`panel.${key}.title`)} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`panel.${key}.centre`)}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`panel.${key}.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {isWhole && <Row code={root.code} level="district" data={data} />}
          {streets.map(({ code }) => [
            <Row key={code} code={code} level="subdistrict" data={data} />,
            ...stations(code).map((station) => (
              <Row key={station.code} code={station.code} level="community" data={data} />
            )),
          ])}
          {!isWhole &&
            stations(root.code).map((station) => (
              <Row key={station.code} code={station.code} level="community" data={data} />
            ))}
        </tbody>
      </table>
    </section>
  );
};
