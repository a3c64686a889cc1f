'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './population-headline.module.css';

const key = 'population-headline';
const rows = ['resident', 'dwelling', 'rented', 'building', 'entity'] as const;
type Data = Record<(typeof rows)[number], Answer>;

/** Who and what is on the register (人口房屋总览): people, dwellings, buildings, entities, each beside a year ago. */
export const populationHeadline = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const question = { ...askedBy(key, view), period: 'P365D' as const };
    const ask = (metric: string) => api.metric.ask.queryOptions({ metric, question, operators: ['previous'] });
    return {
      resident: ask('person.resident'),
      dwelling: ask('dwelling.count'),
      rented: ask('dwelling.rented_share'),
      building: ask('building.count'),
      entity: ask('entity.count'),
    };
  },
  empty: ({ resident, dwelling }) => resident.cells.length === 0 && dwelling.cells.length === 0,
  caption: () => <Caption />,
  draw: ({ data }) => <Headline data={data} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

/** Height of a row; the first one stands for two. */
const rowEm = 2.1;

const Headline = ({ data }: { data: Data }) => {
  const { t, lang } = useText();
  // English labels say the unit
  const hasUnits = lang === 'zh';
  const { ref, fits } = useFit<HTMLDivElement>(rowEm, rows.length + 1);
  // one form in the column: English has no scale below a million, Chinese keeps three digits of each
  const like = lang === 'en' ? (data.dwelling.cells[0]?.value ?? 0) : undefined;
  return (
    <div className={styles.body} ref={ref}>
      {rows.slice(0, Math.max(1, fits - 1)).map((name) => (
        <div key={name} className={styles.row} data-first={name === 'resident' ? '' : undefined}>
          <span className={styles.label}>{t(`panel.${key}.${name}`)}</span>
          <Figure
            answer={data[name]}
            like={name === 'resident' ? undefined : like}
            hasUnit={hasUnits || name === 'resident'}
            className={styles.value}
          />
          <span className={styles.note}>
            {data[name].cells[0]?.previous && <Change answer={data[name]} against="previous" hasLabel={false} />}
          </span>
        </div>
      ))}
    </div>
  );
};
