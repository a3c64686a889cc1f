'use client';

import { useEffect } from 'react';
import { nearestAgainMs, nearestTarget } from '@/data/model/asset';
import { hiddenRow, useFitRows } from '../base/use-fit';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { setHighlight, useHighlight } from '../map/highlight';
import { tellListed } from '../map/listed';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './nearest-force.module.css';

const key = 'nearest-force';
type Nearest = Outputs['asset']['nearest'];

/** The forces soonest at an incident by road (最近力量): by minutes, with the way they have, numbered as on the map. */
export const nearestForce = definePanel({
  key,
  sizes: ['wall', 'desk', 'hand'],
  ask: ({ view, api }) => ({
    nearest: api.asset.nearest.queryOptions(
      { selection: nearestTarget(view.selection), at: view.at },
      { refetchInterval: nearestAgainMs },
    ),
  }),
  empty: ({ nearest }) => nearest.rows.length === 0,
  caption: ({ data }) => <Caption nearest={data.nearest} />,
  draw: ({ data }) => <Forces rows={data.nearest.rows} />,
});

const Caption = ({ nearest: { target, radiusMetres } }: { nearest: Nearest }) => {
  const { t } = useText();
  const kind = partsOf(target?.selection ?? null)?.kind ?? 'none';
  return t(`panel.${key}.caption.${kind}`, { km: radiusMetres / 1000 });
};

/** Tenths below 10 km; metres below one. */
const distanceWords = (metres: number, t: (key: string, params: { n: string }) => string): string =>
  metres < 1000
    ? t(`panel.${key}.metres`, { n: String(Math.round(metres / 10) * 10) })
    : t(`panel.${key}.km`, { n: (metres / 1000).toFixed(1) });

const Forces = ({ rows }: { rows: Nearest['rows'] }) => {
  const { ref, fits } = useFitRows<HTMLUListElement>(0.1);
  useEffect(() => tellListed(fits), [fits]);
  return (
    <ul className={styles.rows} ref={ref}>
      {rows.map((row, i) => (
        <li key={row.id} className={styles.row} style={i < fits ? undefined : hiddenRow}>
          <Force row={row} rank={i + 1} />
        </li>
      ))}
    </ul>
  );
};

/** A force whose name is not told is called by its type, its number and where it stands. */
const Force = ({ row, rank }: { row: Nearest['rows'][number]; rank: number }) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const highlight = useHighlight();
  const name = lang === 'zh' ? row.name : row.nameEn;
  const type = term('resource-type', row.type);
  const code = `asset:${row.id}`;
  const n = Math.max(1, Math.round(row.minutes));
  return (
    <div
      className={styles.force}
      data-asset={row.id}
      data-pointed={highlight === code ? '' : undefined}
      onPointerEnter={() => setHighlight(code)}
      onPointerLeave={() => setHighlight(null)}
    >
      <span className={styles.rank}>{rank}</span>
      <span className={styles.name}>
        {name ?? (row.number === null ? type : t(`panel.${key}.numbered`, { type, n: row.number }))}
      </span>
      <span className={styles.time}>{t('common.duration.minutes', { n })}</span>
      <span className={styles.sub}>
        {name !== null ? type : row.community ? divisions.name(row.community) : term('asset-group', row.group)}
      </span>
      <span className={styles.way}>
        {distanceWords(row.metres, t)}
        {!row.isByRoad && ` · ${t(`panel.${key}.straight`)}`}
      </span>
    </div>
  );
};
