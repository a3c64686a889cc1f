'use client';

import type { Answer, Cell } from '@/data/model/answer';
import type { DivisionLevel } from '@/data/model/division';
import { askedBy, type View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { type Divisions, useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './duty-roster.module.css';

const key = 'duty-roster';
const rowEm = 1.45;

/** Level of the places a roster is split by: those just below the division looked at. */
const levelBelow = (view: View, divisions: Divisions): 'district' | 'subdistrict' | 'community' | 'grid' => {
  const level: DivisionLevel = (divisions.byCode(view.division) ?? divisions.root).level;
  if (level === 'province' || level === 'city') return 'district';
  return level === 'district' ? 'subdistrict' : level === 'subdistrict' ? 'community' : 'grid';
};

/** Who is due now, who came, who is missing (值班到岗): by place and by post, never by name. */
export const dutyRoster = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api, divisions }) => {
    const question = { ...askedBy(key, view), period: 'today' as const };
    const by = (metric: string, dimension: 'workerType' | ReturnType<typeof levelBelow>) =>
      api.metric.ask.queryOptions({ metric, dimensions: [dimension], question });
    const place = levelBelow(view, divisions);
    return {
      share: by('duty.on_duty_share', place),
      absent: by('duty.absent', place),
      typeShare: by('duty.on_duty_share', 'workerType'),
      typeAbsent: by('duty.absent', 'workerType'),
    };
  },
  empty: ({ share }) => share.cells.length === 0,
  caption: () => <Caption />,
  draw: ({ data, size, tier }) => <Roster data={data} hasPosts={tier === 'XL' && size !== 'hand'} />,
});

const Caption = () => {
  const { t } = useText();
  return t(`panel.${key}.caption`);
};

type Answers = { share: Answer; absent: Answer; typeShare: Answer; typeAbsent: Answer };

const Roster = ({ data, hasPosts }: { data: Answers; hasPosts: boolean }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const nameOf = (code: string) => (code === 'none' ? t(`panel.${key}.above`) : divisions.name(code));
  return (
    <div className={styles.body} data-alone={hasPosts ? undefined : ''}>
      <Table share={data.share} absent={data.absent} heading={t(`panel.${key}.place`)} nameOf={nameOf} />
      {hasPosts && (
        <Table
          share={data.typeShare}
          absent={data.typeAbsent}
          heading={t(`panel.${key}.post`)}
          nameOf={(code) => term('gridworker-type', code)}
        />
      )}
    </div>
  );
};

type TableProps = { share: Answer; absent: Answer; heading: string; nameOf: (code: string) => string };

/** Places or posts with the most absent first, as many as there is room for. */
const Table = ({ share, absent, heading, nameOf }: TableProps) => {
  const { t } = useText();
  const { ref, fits } = useFit<HTMLDivElement>(rowEm, share.cells.length + 1);
  const dimension = share.dimensions[0] ?? '';
  const absentOf = new Map(absent.cells.map((cell) => [cell.at[dimension], cell]));
  const missing = (cell: Cell) => absentOf.get(cell.at[dimension])?.value ?? 0;
  const rows = [...share.cells].sort((a, b) => missing(b) - missing(a));
  const words = ['rostered', 'onDuty', 'absent', 'share'] as const;
  return (
    <div className={styles.table} ref={ref}>
      <div className={`${styles.row} ${styles.head}`}>
        <span>{heading}</span>
        {words.map((word) => (
          <span key={word}>{t(`panel.${key}.${word}`)}</span>
        ))}
      </div>
      {rows.slice(0, Math.max(1, fits - 1)).map((cell) => {
        const code = cell.at[dimension] ?? '';
        return (
          <div className={styles.row} key={code}>
            <span>{nameOf(code)}</span>
            <Figure answer={share} cell={cell} part="denominator" hasUnit={false} />
            <Figure answer={share} cell={cell} part="numerator" hasUnit={false} />
            <span className={styles.gap} data-none={missing(cell) === 0 ? '' : undefined}>
              <Figure answer={absent} cell={absentOf.get(code) ?? zeroAt(cell)} hasUnit={false} />
            </span>
            <Figure answer={share} cell={cell} />
          </div>
        );
      })}
    </div>
  );
};

/** A place the count leaves out has nobody missing. */
const zeroAt = ({ at }: Cell): Cell => ({ at, value: 0, numerator: 0, denominator: 1, n: 0 });
