'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { type ForceRow, forceRows } from '../chart/force-rows';
import { shortName } from '../chart/gap';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { levelBelow } from '../panel/level-below';
import { definePanel } from '../panel/panel';
import styles from './force-summary.module.css';

const key = 'force-summary';
const words = (name: string) => `panel.${key}.${name}`;

/** Forces, bases, key parts and areas on the register (队伍与阵地), by residents, and which place has the fewest. */
export const forceSummary = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api, divisions }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const by = (...dimensions: ('assetGroup' | 'assetType' | ReturnType<typeof levelBelow>)[]) =>
      api.metric.ask.queryOptions({
        ...{ metric: 'asset.count', dimensions, question },
        operators: ['perTenThousand'],
      });
    return {
      groups: by('assetGroup'),
      types: by('assetGroup', 'assetType'),
      places: by(levelBelow(view, divisions), 'assetGroup'),
    };
  },
  empty: ({ groups }) => groups.cells.length === 0,
  caption: () => <Caption />,
  draw: ({ data, tier }) => <Forces {...data} isNarrow={tier !== 'XL'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(words('caption'));
};

type Answers = { groups: Answer; types: Answer; places: Answer };
type ForcesProps = Answers & { isNarrow: boolean };

const Forces = ({ groups, types, places, isNarrow }: ForcesProps) => {
  const { t } = useText();
  const { ref, fits } = useFit<HTMLDivElement>(1.45, 13);
  const rows = forceRows(groups, types, places, fits - 1);
  const level = places.dimensions[0] ?? '';
  return (
    <div className={styles.body}>
      <div className={styles.table} ref={ref}>
        <div className={`${styles.row} ${styles.head}`}>
          <span />
          <span>{t(words('count'))}</span>
          <span>{t(words('per'))}</span>
          <span>{t(words('least'), { level: t(`common.thing.${level}`) })}</span>
        </div>
        {rows.map((row) => (
          <Force
            key={`${row.group} ${row.type}`}
            {...{ row, places, isNarrow }}
            answer={row.type === null ? groups : types}
          />
        ))}
      </div>
    </div>
  );
};

type ForceProps = { row: ForceRow; answer: Answer; places: Answer; isNarrow: boolean };

const Force = ({ row: { group, type, cell, least }, answer, places, isNarrow }: ForceProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const level = places.dimensions[0] ?? '';
  const name = divisions.name(least?.at[level]);
  return (
    <div className={styles.row} data-type={type ?? undefined}>
      <span>{type === null ? term('asset-group', group) : term('resource-type', type)}</span>
      <Figure answer={answer} cell={cell} unit={t(words(`unit.${group === 'force' ? 'force' : 'place'}`))} />
      <Figure answer={answer} cell={cell} part="perTenThousand" hasUnit={false} className={styles.per} />
      <span className={styles.least}>
        {least && (
          <>
            {isNarrow ? shortName(name, [t(`common.thing.${level}`)]) : name}{' '}
            <Figure answer={places} cell={least} part="perTenThousand" hasUnit={false} className={styles.per} />
          </>
        )}
      </span>
    </div>
  );
};
