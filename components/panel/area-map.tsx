'use client';

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { seamPx, useSeams } from '../base/seams';
import { clearLabels, fitAreas, type PlacedLabel, type Projection, pathOf } from '../chart/area-map';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { classOfCode, type Encoding } from '../map/encode';
import type { Areas, Borders } from '../map/geo-query';
import { shortName } from '../map/short-name';
import styles from './area-map.module.css';

/** Where an element stands on the page and the size of its type, px. */
type Box = { left: number; top: number; width: number; height: number; em: number };

const useBox = () => {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const { left, top, width, height } = element.getBoundingClientRect();
      setBox({ left, top, width, height, em: Number.parseFloat(getComputedStyle(element).fontSize) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, box };
};

type Label = PlacedLabel & { name: string; words: string };
type AreaMapProps = { encoding: Encoding; codes: readonly string[]; areas: Areas; borders: Borders };

/** Names and values of the areas, the largest values first, as many as stand clear of each other and of seams. */
const useLabels = (encoding: Encoding, codes: readonly string[], box: Box | null, project: Projection | undefined) => {
  const { t } = useText();
  const divisions = useDivisions();
  const seams = useSeams();
  if (!box || !project) return [];
  const { em, left, top, width, height } = box;
  const size = (code: string) => Math.abs(encoding.values.get(code) ?? 0);
  const labels = codes
    .toSorted((a, b) => size(b) - size(a) || (a < b ? -1 : 1))
    .flatMap((code): Label[] => {
      const [value, center] = [encoding.values.get(code) ?? null, divisions.byCode(code)?.center];
      if (value === null || !center) return [];
      const [name, words] = [shortName(divisions.name(code), t('map.nameEnding')), encoding.format(value)];
      const [x, y] = project(center);
      return [
        { code, x, y, name, words, width: Math.max(name.length + 0.4, words.length * 0.68) * em, height: em * 2.3 },
      ];
    });
  const taken = [
    ...seams.x.map((x) => ({ left: x - left - seamPx, right: x - left + seamPx, top: 0, bottom: height })),
    ...seams.y.map((y) => ({ left: 0, right: width, top: y - top - seamPx, bottom: y - top + seamPx })),
  ];
  return clearLabels(labels, { width, height }, taken);
};

/** Ranks of borders drawn, the finest first: communities, sub-districts, the edge of the whole. */
const ranks = [3, 2, 1] as const;

/** Areas filled by a metric as a drawing beside the map itself: no camera, nothing to press, names where they fit. */
export const AreaMap = ({ encoding, codes, areas, borders }: AreaMapProps) => {
  const { ref, box } = useBox();
  const own = useMemo(() => areas.features.filter(({ properties }) => codes.includes(properties.code)), [areas, codes]);
  const fitted = useMemo(() => {
    const shapes = own.map(({ geometry }) => geometry);
    if (!box || shapes.length === 0) return null;
    const project = fitAreas(shapes, box.width, box.height);
    const lines = ranks.flatMap((rank) => borders.features.filter(({ properties }) => properties.rank === rank));
    return {
      project,
      areas: own.map(({ properties: { code }, geometry }) => ({ code, path: pathOf(project, geometry) })),
      lines: lines.map(({ properties: { rank }, geometry }) => ({ rank, path: pathOf(project, geometry) })),
    };
  }, [own, borders, box]);
  const labels = useLabels(encoding, codes, box, fitted?.project);
  const fillOf = (code: string) => {
    const at = classOfCode(encoding, code);
    return at === null ? 'url(#area-map-lacking)' : `var(--${encoding.scale.tokens[at]})`;
  };
  return (
    <div className={styles.map} ref={ref}>
      <svg role="img" aria-label={encoding.title}>
        <pattern id="area-map-lacking" className={styles.lacking} patternUnits="userSpaceOnUse" width="12" height="12">
          <rect width="12" height="12" />
          <path d="M0 12L12 0" />
        </pattern>
        {fitted?.areas.map(({ code, path }) => (
          <path key={code} d={path} style={{ fill: fillOf(code) }} />
        ))}
        {fitted?.lines.map(({ rank, path }) => (
          <path key={rank} className={styles.border} data-rank={rank} d={path} />
        ))}
      </svg>
      {labels.map(({ code, x, y, name, words }) => (
        <span key={code} className={styles.label} style={{ left: x, top: y }}>
          <span>{name}</span>
          <b>{words}</b>
        </span>
      ))}
    </div>
  );
};
