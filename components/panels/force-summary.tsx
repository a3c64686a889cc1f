'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import styles from './force-summary.module.css';

const order = ['force', 'base', 'key_part', 'key_area'];

/** Forces, bases, key parts and areas on the register, and who stands to duty now (队伍与阵地). */
export const forceSummary = definePanel({
  key: 'force-summary',
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => {
    const question = { ...askedBy('force-summary', view), period: 'today' as const };
    return {
      assets: api.metric.ask.queryOptions({ metric: 'asset.count', dimensions: ['assetGroup'], question }),
      duty: api.metric.ask.queryOptions({ metric: 'duty.on_duty_share', dimensions: ['subdistrict'], question }),
    };
  },
  empty: ({ assets, duty }) => assets.cells.length === 0 && duty.cells.length === 0,
  caption: ({ tier }) => <Caption isShort={tier !== 'XL'} />,
  draw: ({ data, tier }) => <Forces assets={data.assets} duty={data.duty} tier={tier} />,
});

/** Forces are counted in teams, all else in places. */
const unitOf = ({ at }: Cell): 'force' | 'place' => (at.assetGroup === 'force' ? 'force' : 'place');

const Caption = ({ isShort }: { isShort: boolean }) => {
  const { t } = useText();
  return t(`panel.force-summary.${isShort ? 'captionShort' : 'caption'}`);
};

const Forces = ({ assets, duty, tier }: { assets: Answer; duty: Answer; tier: 'XL' | 'L' | 'S' }) => {
  const { t, term } = useText();
  const groups = [...assets.cells].sort(
    (a, b) => order.indexOf(a.at.assetGroup ?? '') - order.indexOf(b.at.assetGroup ?? ''),
  );
  const { ref, fits } = useFit<HTMLDivElement>(1.35, groups.length);
  const hasBoth = tier === 'XL' && groups.length > 0 && duty.cells.length > 0;
  return (
    <div className={styles.body} data-tier={tier} data-alone={hasBoth ? undefined : ''}>
      {groups.length > 0 && (
        <div className={styles.groups} ref={ref}>
          {groups.slice(0, fits).map((cell) => (
            <div className={styles.group} key={cell.at.assetGroup}>
              <span>{term('asset-group', cell.at.assetGroup)}</span>
              <Figure answer={assets} cell={cell} unit={t(`panel.force-summary.unit.${unitOf(cell)}`)} />
            </div>
          ))}
        </div>
      )}
      {(hasBoth || groups.length === 0) && <Posts duty={duty} />}
    </div>
  );
};

/** Signed in out of rostered by sub-district, the worst attended first, one scale from nought to all. */
const Posts = ({ duty }: { duty: Answer }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { ref, fits } = useFit<HTMLDivElement>(1.35, 7);
  const worstFirst = duty.cells
    .filter((cell) => cell.at.subdistrict !== 'none')
    .toSorted((a, b) => (a.value ?? 1) - (b.value ?? 1));
  const cells = worstFirst.slice(0, Math.max(1, fits - 1));
  return (
    <div className={styles.posts} ref={ref}>
      <header>{t(`panel.force-summary.${cells.length < worstFirst.length ? 'worstPosts' : 'posts'}`)}</header>
      {cells.map((cell) => (
        <div className={styles.post} key={cell.at.subdistrict}>
          <span>{divisions.name(cell.at.subdistrict)}</span>
          <span className={styles.track}>
            <span className={styles.bar} style={{ width: `${(cell.value ?? 0) * 100}%` }} />
          </span>
          <span className={styles.count}>
            <Figure answer={duty} cell={cell} />
          </span>
        </div>
      ))}
    </div>
  );
};
