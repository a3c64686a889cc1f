'use client';

import type { Answer } from '@/data/model/answer';
import { askedBy } from '@/data/model/view';
import { Figure } from '../base/figure';
import { useFit } from '../base/use-fit';
import { shortName } from '../chart/gap';
import { bySize, type RosterRow, worstFirst } from '../chart/roster';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { levelBelow } from '../panel/level-below';
import { definePanel } from '../panel/panel';
import styles from './duty-roster.module.css';

const key = 'duty-roster';
const rowEm = 1.3;

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
  caption: ({ tier }) => <Caption isShort={tier !== 'XL'} />,
  draw: ({ data, size, tier }) => <Roster data={data} isWall={size === 'wall'} isShort={tier !== 'XL'} />,
});

const Caption = ({ isShort }: { isShort: boolean }) => {
  const { t } = useText();
  return t(`panel.${key}.${isShort ? 'captionShort' : 'caption'}`);
};

type Answers = { share: Answer; absent: Answer; typeShare: Answer; typeAbsent: Answer };

type RosterProps = { data: Answers; isWall: boolean; isShort: boolean };

/**
 * Places first, then posts where there is room; within both the worst attended first, and what is cut is counted, on a wall
 * with the posts of so few that one is a person.
 */
const Roster = ({ data, isWall, isShort }: RosterProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const nPlaces = data.share.cells.length;
  const posts = worstFirst(data.typeShare, data.typeAbsent);
  const { told, small } = isWall ? bySize(posts) : { told: posts, small: [] };
  const nPosts = posts.length;
  const { ref, fits } = useFit<HTMLDivElement>(rowEm, nPlaces + nPosts + 2);
  const room = fits - nPlaces - 2;
  const nShown = Math.min(nPosts > room || small.length > 0 ? room - 1 : nPosts, told.length);
  const level = t(`common.thing.${data.share.dimensions[0] ?? ''}`);
  const placeName = (code: string) => {
    if (code === 'none') return t(`panel.${key}.above`);
    return isShort ? shortName(divisions.name(code), [level]) : divisions.name(code);
  };
  const postName = (code: string) => term('gridworker-type', code);
  const cut = [...told.slice(Math.max(0, nShown)), ...small];
  const gap = cut.reduce((all, { missing }) => all + missing, 0);
  return (
    <div className={styles.body}>
      <div className={styles.table} ref={ref}>
        <Head word={isShort ? level : t(`panel.${key}.place`)} />
        <Rows
          {...{ share: data.share, absent: data.absent, nameOf: placeName }}
          rows={worstFirst(data.share, data.absent).slice(0, Math.max(1, fits - 1))}
        />
        {nShown > 0 && (
          <>
            <Head word={t(`panel.${key}.post`)} />
            <Rows
              {...{ share: data.typeShare, absent: data.typeAbsent, nameOf: postName }}
              rows={told.slice(0, nShown)}
            />
            {nShown < nPosts && (
              <p className={styles.more}>
                {t(`panel.${key}.${gap > 0 ? 'more' : 'moreFull'}`, { n: cut.length, gap })}
              </p>
            )}
          </>
        )}
      </div>
    </div>
  );
};

const words = ['rostered', 'onDuty', 'absent', 'share'] as const;

const Head = ({ word }: { word: string }) => {
  const { t } = useText();
  return (
    <div className={`${styles.row} ${styles.head}`}>
      <span>{word}</span>
      {words.map((column) => (
        <span key={column}>{t(`panel.${key}.${column}`)}</span>
      ))}
    </div>
  );
};

type RowsProps = { share: Answer; absent: Answer; rows: readonly RosterRow[]; nameOf: (code: string) => string };

const Rows = ({ share, absent, rows, nameOf }: RowsProps) =>
  rows.map(({ code, cell, missing, gone }) => (
    <div className={styles.row} key={code} data-code={code}>
      <span>{nameOf(code)}</span>
      <Figure answer={share} cell={cell} part="denominator" hasUnit={false} />
      <Figure answer={share} cell={cell} part="numerator" hasUnit={false} />
      <span className={styles.gap} data-none={missing === 0 ? '' : undefined}>
        <Figure answer={absent} cell={gone} hasUnit={false} />
      </span>
      <Figure answer={share} cell={cell} />
    </div>
  ));
