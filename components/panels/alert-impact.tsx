'use client';

import type { ReactNode } from 'react';
import { momentOf } from '@/data/model/moment';
import { Figure } from '../base/figure';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { AlertWords } from '../panel/alert-words';
import { definePanel } from '../panel/panel';
import styles from './alert-impact.module.css';

type Impacts = Outputs['alert']['impact'];

/**
 * Warnings in force, the gravest first, with what lies in the area of each (预警与影响范围): places, buildings, dwellings,
 * residents; sums alone.
 */
export const alertImpact = definePanel({
  key: 'alert-impact',
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({ standing: api.alert.impact.queryOptions(momentOf(view)) }),
  empty: ({ standing }) => standing.alerts.length === 0,
  caption: ({ data }) => <Caption n={data.standing.alerts.length} />,
  draw: ({ data }) => <Impact standing={data.standing} />,
});

const Caption = ({ n }: { n: number }) => {
  const { t } = useText();
  return t('panel.alert-impact.caption', { n });
};

const Impact = ({ standing }: { standing: Impacts }) => {
  const { t } = useText();
  const { ref, fits } = useFitRows<HTMLDivElement>(0.4);
  const impacts = new Map(standing.impacts.map((impact) => [impact.alert, impact]));
  const left = standing.alerts.length - fits;
  return (
    <div className={styles.body}>
      <div className={styles.rows} ref={ref}>
        {standing.alerts.map((alert, i) => (
          <section key={alert.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
            <div className={styles.alert}>
              <div className={styles.head}>
                <AlertWords alert={alert} asOf={standing.asOf} />
              </div>
              <Figures impact={impacts.get(alert.id)} />
            </div>
          </section>
        ))}
      </div>
      {left > 0 && <p className={styles.more}>{t('panel.alert-impact.more', { n: left })}</p>}
    </div>
  );
};

const Figures = ({ impact }: { impact: Impacts['impacts'][number] | undefined }) => {
  const { t, lang } = useText();
  if (!impact?.figures) return <p className={styles.none}>{t('panel.alert-impact.sea')}</p>;
  const { buildings, dwellings, residents } = impact.figures;
  // English heads say the unit
  const hasUnit = lang === 'zh';
  const unit = hasUnit && <small>{t('panel.alert-impact.placeUnit')}</small>;
  return (
    <dl className={styles.figures}>
      <Part word={t('common.thing.community')}>
        {impact.nCommunities}
        {unit}
      </Part>
      <Part word={t('common.thing.grid')} rank="third">
        {impact.nGrids}
        {unit}
      </Part>
      <Part word={t('panel.alert-impact.buildings')}>
        <Figure answer={buildings} hasUnit={hasUnit} />
      </Part>
      <Part word={t('panel.alert-impact.dwellings')} rank="second">
        <Figure answer={dwellings} hasUnit={hasUnit} />
      </Part>
      <Part word={t('panel.alert-impact.residents')}>
        <Figure answer={residents} hasUnit={hasUnit} />
      </Part>
    </dl>
  );
};

type PartProps = {
  word: string;
  /** What a narrower wing leaves out: the third before the second. */
  rank?: 'second' | 'third';
  children: ReactNode;
};

const Part = ({ word, rank, children }: PartProps) => (
  <div className={styles.part} data-rank={rank}>
    <dt>{word}</dt>
    <dd>{children}</dd>
  </div>
);
