'use client';

import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Seams, seamPx, useSeams } from '../base/seams';
import { type Disc, discsOf, fitAreas, type Projection, pathOf, ringsOf } from '../chart/area-map';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { classOfCode, type Encoding } from '../map/encode';
import type { Areas, Borders } from '../map/geo-query';
import { type AreaName, type PlacedName, placeNames, wordsWidth } from '../map/name-place';
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

type AreaMapProps = {
  encoding: Encoding;
  codes: readonly string[];
  areas: Areas;
  borders: Borders;
  /** Values are counts, drawn as discs. */
  isCount?: boolean;
};

export const discToken = 'seq-5';

/** Strips along the seams of the wall, px of the map, which nothing stands on. */
const stripsOf = ({ x, y }: Seams, { left, top, width, height }: Box) => [
  ...x.map((at) => ({ left: at - left - seamPx, right: at - left + seamPx, top: 0, bottom: height })),
  ...y.map((at) => ({ left: 0, right: width, top: at - top - seamPx, bottom: at - top + seamPx })),
];

type Words = { name: string; value: string };
type Label = PlacedName & Words;

/** Name and value of each area, the value where there is one that chance does not explain. */
const useWords = ({ values, even, format }: Encoding) => {
  const { t } = useText();
  const divisions = useDivisions();
  return (code: string): Words => {
    const known = even?.codes.has(code) ? null : (values.get(code) ?? null);
    return {
      name: shortName(divisions.name(code), t('map.nameEnding')),
      value: known === null ? '' : format(known),
    };
  };
};

/** What a leader may cost to a value and to a bare name, em: one that would stand far from its area is left out. */
const mostLed = { value: 18, bare: 5 };

/** Where so few areas have a value each is seen whole: its words don't cover more than this of it. */
const mostTold = 2;
const mostCovered = 0.25;

/** Names and values of the areas, in them or led to, clear of seams. */
const useLabels = (
  encoding: Encoding,
  own: Areas['features'],
  box: Box | null,
  project: Projection | undefined,
  discs: readonly Disc[],
): Label[] => {
  const wordsOf = useWords(encoding);
  const seams = useSeams();
  const told = JSON.stringify(own.map(({ properties: { code } }) => ({ code, ...wordsOf(code) })));
  return useMemo(() => {
    if (!box || !project) return [];
    const { em, width, height } = box;
    const words = new Map((JSON.parse(told) as (Words & { code: string })[]).map((each) => [each.code, each]));
    const areFewTold = [...words.values()].filter(({ value }) => value).length <= mostTold;
    const names = own.map(({ properties: { code }, geometry }): AreaName => {
      const { name, value } = words.get(code) ?? { name: '', value: '' };
      const rings = ringsOf(geometry).map((ring) => ring.map(project));
      const lineWidths = (value ? [name, value] : [name]).map((line) => wordsWidth(line) * em);
      const disc = discs.find((each) => each.code === code);
      return {
        code,
        mostCost: value ? mostLed.value : mostLed.bare,
        rings,
        lineWidths,
        mostCovered: value && areFewTold ? mostCovered : undefined,
        width: Math.max(...lineWidths) + 0.2 * em,
        height: (value ? 2.3 : 1.2) * em,
        disc,
      };
    });
    const taken = [
      ...discs.map(({ x, y, radius }) => ({
        left: x - radius,
        right: x + radius,
        top: y - radius,
        bottom: y + radius,
      })),
    ];
    const bounds = { left: 0, top: 0, right: width, bottom: height };
    const placed = placeNames(names, { em, bounds, taken, discs: [], lines: [], seams: stripsOf(seams, box) });
    return placed.flatMap((label) => {
      const known = words.get(label.code);
      return known ? [{ ...known, ...label }] : [];
    });
  }, [own, box, project, seams, told, discs]);
};

/** Ranks of borders drawn, the finest first: communities, sub-districts, the edge of the whole. */
const ranks = [3, 2, 1] as const;

/** Areas filled by a metric as a drawing beside the map itself: no camera, nothing to press, names where they fit. */
export const AreaMap = ({ encoding, codes, areas, borders, isCount = false }: AreaMapProps) => {
  const { ref, box } = useBox();
  const seams = useSeams();
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
  const counts = isCount
    ? own.flatMap(({ properties: { code, center } }) => {
        const value = encoding.values.get(code) ?? 0;
        return center && value > 0 ? [{ code, value, at: center }] : [];
      })
    : [];
  const told = JSON.stringify(counts);
  const discs = useMemo(
    () => (box && fitted ? discsOf(JSON.parse(told), box.em, fitted.project, stripsOf(seams, box)) : []),
    [told, box, fitted, seams],
  );
  // as far apart as in the legend's swatch
  const pitch = Math.round(0.7 * (box?.em ?? 16));
  const labels = useLabels(encoding, own, box, fitted?.project, discs);
  const fillOf = (code: string) => {
    if (isCount) return 'var(--surface-3)';
    const at = classOfCode(encoding, code);
    return at === null ? 'url(#area-map-lacking)' : `var(--${encoding.scale.tokens[at]})`;
  };
  return (
    <div className={styles.map} ref={ref}>
      <svg role="img" aria-label={encoding.title}>
        <pattern
          id="area-map-lacking"
          className={styles.lacking}
          patternUnits="userSpaceOnUse"
          width={pitch}
          height={pitch}
        >
          <rect width={pitch} height={pitch} />
          <path d={`M0 ${pitch}L${pitch} 0`} />
        </pattern>
        {fitted?.areas.map(({ code, path }) => (
          <path key={code} d={path} style={{ fill: fillOf(code) }} />
        ))}
        {fitted?.lines.map(({ rank, path }) => (
          <path key={rank} className={styles.border} data-rank={rank} d={path} />
        ))}
        {discs.map(({ code, x, y, radius }) => (
          <circle key={code} className={styles.disc} cx={x} cy={y} r={radius} style={{ fill: `var(--${discToken})` }} />
        ))}
        {labels.flatMap(({ code, leader }) =>
          leader
            ? [
                <g key={code} className={styles.leader}>
                  <line x1={leader.from.x} y1={leader.from.y} x2={leader.to.x} y2={leader.to.y} />
                  <line x1={leader.from.x} y1={leader.from.y} x2={leader.to.x} y2={leader.to.y} />
                  <circle cx={leader.from.x} cy={leader.from.y} />
                </g>,
              ]
            : [],
        )}
      </svg>
      {labels.map(({ code, x, y, name, value }) => (
        <span key={code} className={styles.label} data-named={code} style={{ left: x, top: y }}>
          <span>{name}</span>
          {value && <b>{value}</b>}
        </span>
      ))}
    </div>
  );
};
