'use client';

import { type ReactNode, useMemo } from 'react';
import { SeamsContext } from '@/components/base/seams';
import { type Defaults, ViewDefaults } from '@/components/feed/view';
import { type Layout, Place } from '../place';
import { layoutOf } from '../wall-tier';
import type { WallScene } from './scenes/scene';
import styles from './screen.module.css';
import { Stage } from './stage';
import { useIncident, useIncidentPoints } from './use-incident';
import type { Wall } from './use-wall';

/** What the panels and the map of a scene look at where the URL says nothing. */
const useSceneView = ({ stage }: WallScene) => {
  const found = useIncident();
  const isIncident = stage.camera === 'incident';
  const incident = isIncident && found ? found : null;
  const defaults = useMemo<Defaults>(
    () => ({
      period: stage.period,
      metric: stage.metric,
      fillPeriod: stage.fillPeriod,
      selection: incident && `event:${incident.id}`,
    }),
    [stage, incident],
  );
  return { defaults, points: useIncidentPoints(incident), isKnown: !isIncident || found !== undefined };
};

type PageProps = {
  wall: Wall;
  scene: WallScene;
  isStill: boolean;
  /** Height at the top of the map that an interrupt takes, arc-minutes. */
  notice: number;
  children?: ReactNode;
};

/** Columns of the wings, from 1; those that begin beside another wing have no border of their own there. */
const wingsOf = ({ grid: { areas } }: Layout) => {
  const columns = (areas[1] ?? '').split(' ');
  const isWing = (area: string | undefined) => area === 'left1' || area === 'right1';
  const isPart = columns.length > 1;
  return columns.flatMap((area, i) =>
    isPart && isWing(area) ? [{ column: i + 1, isFirst: i === 0, isBeside: isWing(columns[i - 1]) }] : [],
  );
};

/** A scene as it stands: its panels, its map, what lies over both. */
export const Page = ({ wall, scene, isStill, notice, children }: PageProps) => {
  const { tier, unit, size, seams } = wall;
  const { defaults, points, isKnown } = useSceneView(scene);
  const page = (wall.isNarrow && scene.narrow) || scene.pages[tier];
  const layout = useMemo(() => layoutOf(page, size, unit, seams), [page, size, unit, seams]);
  return (
    <ViewDefaults value={defaults}>
      <SeamsContext value={seams}>
        <Place
          layout={isKnown ? layout : { ...layout, panels: {} }}
          size="wall"
          tier={tier === 'portrait' ? 'XL' : tier}
          className={styles.grid}
          areaClassName={styles.area}
        >
          {!isKnown && <span hidden data-panel="" data-state="waiting" />}
          {wingsOf(layout).map(({ column, isFirst, isBeside }) => (
            <div
              key={column}
              className={styles.wing}
              style={{ gridColumn: column }}
              data-open={isFirst || isBeside ? '' : undefined}
            />
          ))}
          <Stage {...{ scene, tier, unit, seams, isStill, notice, points }} isHalf={page.panels.side !== undefined} />
          {children}
        </Place>
      </SeamsContext>
    </ViewDefaults>
  );
};
