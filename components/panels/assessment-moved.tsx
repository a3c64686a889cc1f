'use client';

import type { Answer } from '@/data/model/answer';
import { changeOf } from '@/data/model/format';
import { Change, Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { assess, moversOf } from '../chart/assess';
import { shortName } from '../chart/gap';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { assessAsks, targetOf } from '../panel/assess-question';
import { definePanel } from '../panel/panel';
import styles from './assessment-moved.module.css';

const key = 'assessment-moved';
const most = 8;

/** Communities whose rate moved most against the thirty days before (进退位), for better or worse where chance does not explain it. */
export const assessmentMoved = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => assessAsks(view, api, 'community'),
  empty: (data) => moversOf(assess(data.rates, targetOf(data)), 1).length === 0,
  caption: () => <Caption />,
  draw: ({ data, tier }) => <Movers rates={data.rates} target={targetOf(data)} isNarrow={tier !== 'XL'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

type MoversProps = { rates: Answer; target: number | null; isNarrow: boolean };

const Movers = ({ rates, target, isNarrow }: MoversProps) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { ref, fits } = useFit<HTMLDivElement>(isNarrow ? 2.2 : 1.5, most);
  const rows = moversOf(assess(rates, target), fits);
  const top = Math.max(0.001, ...rows.map(({ change }) => Math.abs(change ?? 0)));
  return (
    <div className={styles.rows} ref={ref} data-narrow={isNarrow ? '' : undefined}>
      {rows.map(({ code, cell, change }) => (
        <div key={code} className={styles.row}>
          <span>{shortName(divisions.name(code), [t('common.thing.community')])}</span>
          <span className={styles.track}>
            <i
              data-down={(change ?? 0) < 0 ? '' : undefined}
              data-judged={changeOf(rates, cell, 'previous')?.judgement ?? undefined}
              style={{ width: `${(Math.abs(change ?? 0) / top) * 50}%` }}
            />
          </span>
          <Figure answer={rates} cell={cell} />
          <span className={styles.change}>
            <Change answer={rates} cell={cell} against="previous" hasLabel={false} />
          </span>
        </div>
      ))}
    </div>
  );
};
