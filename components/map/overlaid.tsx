'use client';

import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useState } from 'react';
import type { LngLat } from '@/data/model/geo';
import styles from './overlaid.module.css';

/** An area that is selected or pointed at. */
export type Outline = { kind: 'selected' | 'pointed'; area: Polygon | MultiPolygon };
export type PlaceLabel = { at: LngLat; lines: string[] };
/** What stands over the map in the page itself, so that marking a place costs no drawing of the map. */
export type OverlaidMarks = { outlines?: Outline[]; labels?: PlaceLabel[] };

const pathOf = (map: MapLibreMap, { type, coordinates }: Polygon | MultiPolygon): string => {
  const ringPath = (ring: Position[]) =>
    `M${ring
      .map(([lng = 0, lat = 0]) =>
        Object.values(map.project([lng, lat]))
          .map(Math.round)
          .join(' '),
      )
      .join('L')}Z`;
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  return polygons.flat().map(ringPath).join('');
};

/** Counts camera moves, so that what hangs on the camera is placed anew. */
const useMoves = (map: MapLibreMap | null, isOn: boolean): void => {
  const [, setMoves] = useState(0);
  useEffect(() => {
    if (!map || !isOn) return;
    const step = () => setMoves((n) => n + 1);
    map.on('move', step);
    map.on('resize', step);
    return () => {
      map.off('move', step);
      map.off('resize', step);
    };
  }, [map, isOn]);
};

type Props = { map: MapLibreMap | null; marks: readonly OverlaidMarks[] };

/**
 * Outlines and names of what is selected or pointed at: white in a dark casing, all around it dimmed, never hidden.
 * They lie over the map as SVG: a selection is on screen with the next frame of the page, however long the map takes.
 */
export const Overlaid = ({ map, marks }: Props) => {
  const outlines = marks.flatMap((mark) => mark.outlines ?? []);
  const labels = marks.flatMap((mark) => mark.labels ?? []);
  const isEmpty = outlines.length === 0 && labels.length === 0;
  useMoves(map, !isEmpty);
  if (!map || isEmpty) return null;
  const paths = outlines.map(({ kind, area }) => ({ kind, path: pathOf(map, area) }));
  const selected = paths.filter(({ kind }) => kind === 'selected');
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  return (
    <svg className={styles.overlaid} width={width} height={height} aria-hidden="true" data-outlines={outlines.length}>
      {selected.length > 0 && (
        <path className={styles.around} d={`M0 0H${width}V${height}H0Z${selected.map(({ path }) => path).join('')}`} />
      )}
      {paths.map(({ kind, path }) => (
        <g key={`${kind} ${path}`} data-outline={kind}>
          <path className={styles.casing} d={path} />
          <path className={styles.line} d={path} />
        </g>
      ))}
      {labels.map(({ at, lines }) => {
        const { x, y } = map.project(at);
        return (
          <text key={lines.join()} className={styles.label} x={Math.round(x)} y={Math.round(y)}>
            {lines.map((line, i) => (
              <tspan key={line} x={Math.round(x)} dy={`${i === 0 ? 0.9 : 1.1}em`}>
                {line}
              </tspan>
            ))}
          </text>
        );
      })}
    </svg>
  );
};
