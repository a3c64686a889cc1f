'use client';

import { LocateFixed } from 'lucide-react';
import { useEffect } from 'react';
import { useText } from '@/components/feed/text';
import { usePlace } from '@/components/feed/use-place';
import { PinStage } from '@/components/map/pin-stage';
import type { LngLat } from '@/data/model/geo';
import { BuildingFind } from './building-find';
import styles from './screen.module.css';

/** A place and where it was taken from: the phone, the photo, a hand on the map, a building, the middle of the grid. */
export type Place = {
  position: LngLat;
  from: 'phone' | 'photo' | 'hand' | 'building' | 'middle';
  building?: string;
  name?: string;
};

type PlaceStepProps = {
  place: Place | null;
  /** Where the photo says it was taken. */
  suggested: LngLat | null;
  center: LngLat;
  onChange: (place: Place) => void;
  onNext: () => void;
};

/** Where it is: taken from photo or phone, mended by moving the map under the pin. */
export const PlaceStep = ({ place, suggested, center, onChange, onNext }: PlaceStepProps) => {
  const { t, lang } = useText();
  const { ask } = usePlace(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the step opens
  useEffect(() => {
    if (place) return;
    if (suggested) return onChange({ position: suggested, from: 'photo' });
    onChange({ position: center, from: 'middle' });
    void ask().then((found) => found && onChange({ position: found, from: 'phone' }));
  }, []);
  if (!place) return null;
  const locate = async () => {
    const found = await ask();
    if (found) onChange({ position: found, from: 'phone' });
  };
  return (
    <>
      <p className={styles.sub} role="status" data-place={place.from}>
        {[t(`phone.place.${place.from}`), place.name].filter(Boolean).join(' · ')}
      </p>
      <BuildingFind
        onChoose={({ code, name, nameEn, position }) =>
          position && onChange({ position, from: 'building', building: code, name: lang === 'zh' ? name : nameEn })
        }
      />
      <div className={styles.map}>
        <PinStage
          value={place.position}
          onChange={(position) => onChange({ position, from: 'hand' })}
          zoom={place.from === 'middle' ? 15 : 16.5}
          t={t}
          lang={lang}
        />
      </div>
      <div className={styles.foot}>
        <button type="button" className={styles.second} onClick={() => void locate()}>
          <LocateFixed aria-hidden />
          {t('phone.locate')}
        </button>
        <button type="button" className={styles.main} data-place-ok="" onClick={onNext}>
          {t('phone.placeOk')}
        </button>
      </div>
    </>
  );
};
