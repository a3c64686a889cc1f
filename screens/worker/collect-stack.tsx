'use client';

import { useText } from '@/components/feed/text';
import { groupBy } from '@/data/model/group';
import own from './collect.module.css';
import styles from './screen.module.css';
import type { Building, Door } from './use-sheet';

/** Where a door stands: refused, written and not sent, seen to, or not yet. */
const stateOf = ({ waiting, collectedAt }: Door): 'refused' | 'waiting' | 'done' | 'open' => {
  if (waiting) return waiting.refused ? 'refused' : 'waiting';
  return collectedAt === null ? 'open' : 'done';
};

type StackProps = { building: Building; onDoor: (code: string | null) => void };

/** The doors of a building, floor over floor (分户图), each with how far it is. */
export const CollectStack = ({ building, onDoor }: StackProps) => {
  const { t, lang } = useText();
  const isManyUnits = new Set(building.doors.flatMap(({ code, unit }) => (code ? [unit] : []))).size > 1;
  const floors = groupBy(
    building.doors.filter(({ code }) => code !== null),
    ({ floor }) => floor,
  );
  const whole = building.doors.find(({ code }) => code === null);
  const key = (door: Door, label: string) => (
    <button
      key={door.code ?? 'whole'}
      type="button"
      className={own.door}
      data-door={door.code ?? ''}
      data-state={stateOf(door)}
      onClick={() => onDoor(door.code)}
    >
      {label}
      <small>{t(`collection.door.${stateOf(door)}`)}</small>
    </button>
  );
  return (
    <>
      <h2 className={styles.heading}>{lang === 'zh' ? building.name : building.nameEn}</h2>
      <p className={styles.sub}>{building.address}</p>
      {whole && <div className={own.whole}>{key(whole, t('collection.whole', { n: whole.entities.length }))}</div>}
      <ol className={own.floors}>
        {[...floors].map(([floor, doors]) => (
          <li key={floor} className={own.floor}>
            <h3>{t('collection.floor', { n: floor })}</h3>
            <div className={own.doors}>
              {doors.map((door) => key(door, isManyUnits ? `${door.unit}-${door.room}` : door.room))}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
};
