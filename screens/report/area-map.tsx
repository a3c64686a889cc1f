'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { useDivisions } from '@/components/feed/divisions';
import { useText } from '@/components/feed/text';
import { outlineQuery } from '@/components/map/geo-query';
import { shortName } from '@/components/map/short-name';
import type { FillLevel } from '@/data/model/division';
import { type AreaPicture, areaPicture } from '@/data/reports/area-picture';
import styles from './block.module.css';
import type { BlockProps } from './question';

/** Names that stand clear of those placed before; the rest are left out. */
const clearNames = (areas: AreaPicture['areas'], nameOf: (code: string) => string) => {
  const placed: { x: number; y: number; half: number; name: string; code: string }[] = [];
  for (const { code, at } of areas) {
    if (!at) continue;
    const name = nameOf(code);
    const half = (/[^\u0020-\u024f]/.test(name) ? 5.4 : 3) * name.length;
    const isClear = placed.every((each) => Math.abs(each.y - at.y) > 11 || Math.abs(each.x - at.x) > each.half + half);
    if (isClear) placed.push({ ...at, half, name, code });
  }
  return placed;
};

const Hatch = ({ id }: { id: string }) => (
  <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse">
    <rect width="5" height="5" fill="var(--surface-2)" />
    <path d="M0 5L5 0" stroke="var(--line-2)" strokeWidth="0.7" />
  </pattern>
);

const Legend = ({ legend, hatch, unit }: Pick<AreaPicture, 'legend'> & { hatch: string; unit: string }) => (
  <ul className={styles.legend}>
    {legend.map(({ token, words }) => (
      <li key={words}>
        {token ? (
          <i style={{ background: `var(--${token})` }} aria-hidden />
        ) : (
          <svg aria-hidden="true">
            <rect width="100%" height="100%" fill={`url(#${hatch})`} />
          </svg>
        )}
        {words}
      </li>
    ))}
    {unit && <li>({unit})</li>}
  </ul>
);

/** Areas of one level filled by a metric in the classes of the map, as lines and not as dots (地图). */
export const AreaMap = ({ answers }: BlockProps) => {
  const { t, lang } = useText();
  const divisions = useDivisions();
  const hatch = useId();
  const [answer] = Object.values(answers);
  const level = (answer?.dimensions[0] ?? 'community') as FillLevel;
  const { data: outlines, isError } = useQuery(outlineQuery(level, 'desk', divisions.era));
  const picture = useMemo(
    () => answer && outlines && areaPicture(answer, outlines, { lang, none: t('report.untold') }),
    [answer, outlines, lang, t],
  );
  if (!picture) return <div className={styles.areas} data-map="" data-state={isError ? 'failed' : 'waiting'} />;
  if (picture.height === 0) return <p className={styles.small}>{t('report.noMap')}</p>;
  const names = clearNames(picture.areas, (code) => shortName(divisions.name(code), t('map.nameEnding')));
  const unit = answer && answer.unit !== 'share' ? t(`common.unit.${answer.unit}`) : '';
  return (
    <div className={styles.areas} data-map="" data-state="ready">
      <svg viewBox={`0 0 ${picture.width} ${picture.height}`} role="img" aria-label={t('report.kind.map')}>
        <defs>
          <Hatch id={hatch} />
        </defs>
        {picture.areas.map(({ code, path, token }) => (
          <path
            key={code}
            data-code={code}
            data-class={token ?? 'none'}
            d={path}
            fill={token ? `var(--${token})` : `url(#${hatch})`}
            fillRule="evenodd"
            stroke="var(--line-2)"
            strokeWidth={0.6}
          >
            <title>{divisions.name(code)}</title>
          </path>
        ))}
        {names.map(({ code, name, x, y }) => (
          <text key={code} x={x} y={y} aria-hidden>
            {name}
          </text>
        ))}
      </svg>
      <Legend legend={picture.legend} hatch={hatch} unit={unit} />
    </div>
  );
};
