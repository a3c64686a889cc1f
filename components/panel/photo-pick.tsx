'use client';

import { Camera, X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Params } from '@/data/text/translate';
import styles from './intake.module.css';

export type Say = (key: string, params?: Params) => string;

type PhotoPickProps = {
  photos: readonly { picture: Blob }[];
  most: number;
  t: Say;
  onAdd: (pictures: File[]) => void;
  onRemove: (index: number) => void;
};

/** Photos taken with a step, as `PhotoPick` wants them. */
export const usePictures = () => {
  const [photos, setPhotos] = useState<{ picture: Blob }[]>([]);
  return {
    photos,
    onAdd: (added: readonly Blob[]) => setPhotos([...photos, ...added.map((picture) => ({ picture }))]),
    onRemove: (index: number) => setPhotos(photos.filter((_, i) => i !== index)),
  };
};

/** Photos of a report: taken with the camera or chosen, shown small, each to be taken out again. */
export const PhotoPick = ({ photos, most, t, onAdd, onRemove }: PhotoPickProps) => {
  const urls = useMemo(() => photos.map(({ picture }) => URL.createObjectURL(picture)), [photos]);
  useEffect(
    () => () => {
      for (const url of urls) URL.revokeObjectURL(url);
    },
    [urls],
  );
  return (
    <div className={styles.photos}>
      {urls.map((url, index) => (
        <div key={url} className={styles.photo} data-photo="">
          {/* biome-ignore lint/performance/noImgElement: a picture of this device, not of the server */}
          <img src={url} alt={t('intake.photoOf', { n: index + 1 })} />
          <button
            type="button"
            className={styles.remove}
            aria-label={t('intake.photo.remove', { n: index + 1 })}
            onClick={() => onRemove(index)}
          >
            <X aria-hidden />
          </button>
        </div>
      ))}
      {photos.length < most && (
        <label className={styles.add}>
          <Camera aria-hidden />
          {t(photos.length === 0 ? 'intake.photo.take' : 'intake.photo.more')}
          <input
            type="file"
            accept="image/jpeg,image/png,image/webp"
            capture="environment"
            multiple
            onChange={(change) => {
              onAdd([...(change.target.files ?? [])].slice(0, most - photos.length));
              change.target.value = '';
            }}
          />
        </label>
      )}
    </div>
  );
};
