'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Change, Figure } from '../base/figure';
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
  draw: ({ data, tier }) => <Headline data={data} isShort={tier === 'S'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

const Headline = ({ data, isShort }: { data: Data; isShort: boolean }) => {
  const { t } = useText();
  return (
    <div className={styles.body}>
      {rows.slice(0, isShort ? 3 : rows.length).map((name) => (
        <div key={name} className={styles.row} data-first={name === 'resident' ? '' : undefined}>
          <span className={styles.label}>{t(`panel.${key}.${name}`)}</span>
          <Figure answer={data[name]} className={styles.value} />
          <span className={styles.note}>
            {data[name].cells[0]?.previous && <Change answer={data[name]} against="previous" hasLabel={false} />}
          </span>
        </div>
      ))}
    </div>
  );
};
