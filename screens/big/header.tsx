'use client';

import { type CSSProperties, type ReactNode, useState } from 'react';
import { formatClock, formatDay } from '@/components/base/format';
import { useSeams } from '@/components/base/seams';
import { useTick } from '@/components/feed/clock';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import type { View, WallSceneKey } from '@/data/model/view';
import type { Tier } from '../wall-tier';
import { AsOf } from './ages';
import styles from './header.module.css';
import type { Tour } from './use-tour';

/** The clock of the screen: fixed by the View, held still for pictures, or running. */
const useNow = (view: View, isStill: boolean): number => {
  const tick = useTick();
  const [openedAt] = useState(() => Date.now());
  return view.at ? Date.parse(view.at) : isStill ? openedAt : tick;
};

/** Division looked at, so that nobody reads a part for the whole. */
const Trail = ({ division }: { division: string | null }) => {
  const divisions = useDivisions();
  const trail = division ? divisions.trail(division).slice(1) : [];
  return trail.length > 0 ? (
    <span className={styles.time}>{trail.map(({ code }) => divisions.name(code)).join(' › ')}</span>
  ) : null;
};

/** The tour as a ring that fills once a dwell, and which scene of how many (轮播); two bars while it stands. */
const TourRing = ({ tour, scene }: { tour: Tour; scene: WallSceneKey }) => {
  const { t } = useText();
  if (tour.phase === 'off') return null;
  const isRunning = tour.phase === 'running';
  return (
    <span className={styles.tour} data-tour={tour.phase} title={t(`big.tour.${tour.phase}`)}>
      {isRunning ? (
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle className={styles.ring} cx="12" cy="12" r="9" />
          <circle
            key={scene}
            className={styles.dwell}
            cx="12"
            cy="12"
            r="9"
            pathLength="1"
            style={{ animationDuration: `${tour.dwellMs}ms` }}
          />
        </svg>
      ) : (
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path className={styles.bars} d="M8 5v14M16 5v14" />
        </svg>
      )}
      {tour.n > 0 && `${tour.n}/${tour.of}`}
    </span>
  );
};

/** On three heads the name stands on the first, the instant on the second, the rest on the third. */
const useHeads = (tier: Tier): CSSProperties | undefined => {
  const [first, second, ...more] = useSeams().x;
  const isThree = first !== undefined && second !== undefined && more.length === 0;
  const columns = `${first}px ${(second ?? 0) - (first ?? 0)}px minmax(0, 1fr) auto`;
  return isThree && tier !== 'portrait' ? { gridTemplateColumns: columns } : undefined;
};

type HeaderProps = { scene: WallSceneKey; tier: Tier; isStill: boolean; tour: Tour; children?: ReactNode };

/** Head of the wall: whose, which scene, demo or not, as of when, who conducts, the tour, what time it is. */
export const Header = ({ scene, tier, isStill, tour, children }: HeaderProps) => {
  const { t, lang, installation } = useText();
  const { view } = useView();
  const now = useNow(view, isStill);
  const timeZone = installation?.timeZone ?? 'UTC';
  const at = new Date(now);
  const isPortrait = tier === 'portrait';
  return (
    <header className={styles.header} data-tier={tier} style={useHeads(tier)}>
      <div>
        <span className={styles.name}>
          {isPortrait ? installation?.name : t('big.name', { name: installation?.name ?? '' })}
        </span>
        <span className={styles.scene}>{t(`common.scene.${scene}`)}</span>
        {installation?.demo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
      </div>
      <div>
        <AsOf view={view} now={now} tier={tier} />
      </div>
      <div>
        {tier === 'XL' && <span>{t(`big.question.${scene}`)}</span>}
        <Trail division={view.division} />
        {children}
        <TourRing tour={tour} scene={scene} />
      </div>
      <div>
        {!isPortrait && <span className={styles.date}>{formatDay(at, timeZone, lang)}</span>}
        <span className={styles.clock}>{formatClock(at, timeZone)}</span>
      </div>
    </header>
  );
};
