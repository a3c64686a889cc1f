'use client';

import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { metresApart } from '@/components/feed/use-place';
import type { LngLat } from '@/data/model/geo';
import styles from './screen.module.css';
import type { Building } from './use-sheet';

const shownAtFirst = 8;
const codeLength = { building: 19, dwelling: 25 };

const isNamed = ({ name, nameEn, address, code }: Building, text: string): boolean =>
  [name, nameEn, address, code].some((word) => word.toLowerCase().includes(text.toLowerCase()));

/** The dwelling or building a whole address code names. */
const codedBy = (buildings: readonly Building[], text: string): string | null => {
  if (!/^\d+$/.test(text)) return null;
  const isDoor = text.length === codeLength.dwelling;
  const building = buildings.find(({ code }) => code === text.slice(0, codeLength.building));
  if (isDoor) return building?.doors.some(({ code }) => code === text) ? `dwelling:${text}` : null;
  return text.length === codeLength.building && building ? `building:${text}` : null;
};

type FindProps = {
  buildings: readonly Building[];
  place: LngLat | null;
  /** A selection: `building:…` or `dwelling:…`. */
  onChoose: (selection: string) => void;
};

/** Buildings of the grid, the nearest first; by name, address, or the 19 or 25 digits of an address code. */
export const CollectFind = ({ buildings, place, onChoose }: FindProps) => {
  const { t, lang } = useText();
  const [text, setText] = useState('');
  const [nShown, setShown] = useState(shownAtFirst);
  const apart = ({ position }: Building) => (place && position ? metresApart(place, position) : null);
  const found = buildings
    .filter((building) => isNamed(building, text.trim().slice(0, codeLength.building)))
    .toSorted((a, b) => (apart(a) ?? 0) - (apart(b) ?? 0));
  const write = (written: string) => {
    setText(written);
    const coded = codedBy(buildings, written.trim());
    if (coded) onChoose(coded);
  };
  return (
    <>
      <h2 className={styles.heading}>{t('collection.title')}</h2>
      <input
        type="search"
        className={styles.text}
        aria-label={t('collection.find')}
        placeholder={t('collection.find')}
        value={text}
        onChange={({ target }) => write(target.value)}
      />
      {found.length === 0 && <p className={styles.empty}>{t('collection.noBuilding')}</p>}
      <ul className={styles.tasks}>
        {found.slice(0, nShown).map((building) => {
          const doors = building.doors.filter(({ code }) => code !== null);
          const n = doors.filter(({ collectedAt, waiting }) => collectedAt !== null || waiting !== null).length;
          const metres = apart(building);
          return (
            <li key={building.code} className={styles.task} data-building={building.code}>
              <div className={styles.about}>
                <h3>{lang === 'zh' ? building.name : building.nameEn}</h3>
                <p className={styles.words}>
                  <span>{building.address}</span>
                  {metres !== null && <span>{t('phone.task.metres', { n: Math.round(metres / 10) * 10 })}</span>}
                  {doors.length > 0 && <span>{t('collection.progress', { n, all: doors.length })}</span>}
                </p>
              </div>
              <button
                type="button"
                className={styles.act}
                data-kind="main"
                onClick={() => onChoose(`building:${building.code}`)}
              >
                {t('collection.open')}
              </button>
            </li>
          );
        })}
      </ul>
      {found.length > nShown && (
        <button type="button" className={styles.more} onClick={() => setShown(nShown + shownAtFirst)}>
          {t('phone.more', { n: found.length - nShown })}
        </button>
      )}
    </>
  );
};
