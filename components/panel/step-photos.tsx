'use client';

import { useState } from 'react';
import type { StepPhoto } from '@/data/model/photo';
import { Popup } from '../base/popup';
import { useText } from '../feed/text';
import styles from './step-photos.module.css';

type PhotosProps = {
  photos: readonly StepPhoto[];
  /** Class of the screen: without a sign-in the post depends on it. */
  screen: 'mid' | 'small';
};

/** Photos of a step, small; each opens large over the screen. */
export const StepPhotos = ({ photos, screen }: PhotosProps) => {
  const { t } = useText();
  const [large, setLarge] = useState<number | null>(null);
  const urlOf = (id: string, size: 'full' | 'thumb') => `/api/file/${id}?screen=${screen}&size=${size}`;
  const shown = large === null ? undefined : photos[large];
  if (photos.length === 0) return null;
  return (
    <>
      <ul className={styles.photos}>
        {photos.map(({ id }, index) => (
          <li key={id}>
            <button type="button" data-photo={id} onClick={() => setLarge(index)}>
              {/* biome-ignore lint/performance/noImgElement: within the caller's rights, so no cache others share may make it */}
              <img src={urlOf(id, 'thumb')} alt={t('intake.photo', { n: index + 1 })} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      <Popup
        title={t('intake.photoOf', { n: (large ?? 0) + 1 })}
        isOpen={shown !== undefined}
        onClose={() => setLarge(null)}
      >
        {shown && (
          // biome-ignore lint/performance/noImgElement: within the caller's rights, so no cache others share may make it
          <img
            className={styles.large}
            src={urlOf(shown.id, 'full')}
            alt={t('intake.photoOf', { n: (large ?? 0) + 1 })}
            style={{ aspectRatio: `${shown.width} / ${shown.height}` }}
          />
        )}
      </Popup>
    </>
  );
};
