'use client';

import { LocateFixed } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { fitPicture, uploadPicture } from '@/components/feed/photo-upload';
import { keyOf, type Say, Told } from '@/components/feed/plain-page';
import { Refused } from '@/components/feed/upload-queue';
import { usePlace } from '@/components/feed/use-place';
import { PinStage } from '@/components/map/pin-stage';
import { CategoryPick } from '@/components/panel/category-pick';
import { PhotoPick } from '@/components/panel/photo-pick';
import { categoriesLike, takeTurns } from '@/data/model/category-guess';
import type { LngLat } from '@/data/model/geo';
import type { PublicForm } from '@/data/model/intake';
import styles from './screen.module.css';
import { sendReport } from './use-public';

const mostPhotos = 4;

const middleOf = ({ bbox }: PublicForm): LngLat => (bbox ? [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] : [0, 0]);

const Part = ({ title, note, children }: { title: string; note?: string; children: ReactNode }) => (
  <section className={styles.part}>
    <h2>{title}</h2>
    {note && <p className={styles.note}>{note}</p>}
    {children}
  </section>
);

type Picture = { picture: Blob; id: string | null };

/** Photos, uploaded one by one as the report is sent; what was uploaded is not sent twice. */
const uploadAll = async (pictures: Picture[]): Promise<string[]> => {
  for (const one of pictures)
    one.id ??= await uploadPicture(one.picture, '/api/public/file').then(
      ({ id }) => id,
      (error: unknown) => {
        throw error instanceof Refused ? new Told(error.why.code, error.why.reason) : error;
      },
    );
  return pictures.flatMap(({ id }) => id ?? []);
};

/** A map farther off than this shows too little to put a pin on. */
const nearEnough = 14;

type PlaceProps = { say: Say; place: LngLat; isSet: boolean; onChange: (place: LngLat) => void };

const PlacePart = ({ say: { t, lang }, place, isSet, onChange }: PlaceProps) => {
  const { ask } = usePlace(false);
  const [isLost, setLost] = useState(false);
  const [isFar, setFar] = useState(false);
  const put = (found: LngLat, zoom: number) => {
    setFar(zoom < nearEnough);
    if (zoom >= nearEnough) onChange(found);
  };
  const note = isFar ? 'public.place.near' : isSet ? 'public.place.set' : 'public.place.note';
  const locate = async () => {
    const found = await ask();
    setLost(found === null);
    if (!found) return;
    setFar(false);
    onChange(found);
  };
  return (
    <Part title={t('public.place')} note={t(note)}>
      <button type="button" className={styles.second} onClick={() => void locate()}>
        <LocateFixed aria-hidden />
        {t('public.locate')}
      </button>
      {isLost && (
        <p className={styles.note} role="status">
          {t('public.place.lost')}
        </p>
      )}
      <div className={styles.map}>
        <PinStage value={place} onChange={put} zoom={isSet ? 16 : 10.5} t={t} lang={lang} />
      </div>
    </Part>
  );
};

/** The report: photo, what it is, place, a sentence, and how to reach its sender where he wants that. */
export const Form = ({ say, form, onSent }: { say: Say; form: PublicForm; onSent: (receipt: string) => void }) => {
  const { t, lang } = say;
  const key = useRef(crypto.randomUUID());
  const [pictures, setPictures] = useState<Picture[]>([]);
  const [text, setText] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [place, setPlace] = useState<LngLat | null>(null);
  const [contact, setContact] = useState('');
  const [state, setState] = useState<'open' | 'asked' | 'sending' | { failed: string }>('open');
  const words = form.words.filter(({ list }) => list === 'event-category');
  const guesses = takeTurns([categoriesLike(text, words), form.common], 3).map((code) => ({ code }));
  const missing = text.trim().length < 2 ? 'text' : category === null ? 'category' : place === null ? 'place' : null;
  const failed = typeof state !== 'string' ? state.failed : state === 'asked' && missing && `public.missing.${missing}`;
  const send = async () => {
    if (missing || !category || !place) return setState('asked');
    setState('sending');
    try {
      const photos = await uploadAll(pictures);
      const report = { clientKey: key.current, category, text, position: place, photos, contact: contact.trim() };
      onSent((await sendReport(report)).receipt);
    } catch (error) {
      setState({ failed: keyOf(error) });
    }
  };
  return (
    <form
      className={styles.form}
      data-form={failed ? 'failed' : state}
      onSubmit={(submit) => {
        submit.preventDefault();
        void send();
      }}
    >
      <Part title={t('public.photo')} note={t('public.photo.note')}>
        <PhotoPick
          photos={pictures}
          most={mostPhotos}
          t={t}
          onAdd={(added) =>
            void Promise.all(added.map(async (picture) => ({ picture: await fitPicture(picture), id: null }))).then(
              (fitted) => setPictures((before) => [...before, ...fitted]),
            )
          }
          onRemove={(index) => setPictures(pictures.filter((_, i) => i !== index))}
        />
      </Part>
      <label className={styles.part}>
        <h2>{t('public.text')}</h2>
        <textarea
          className={styles.text}
          rows={3}
          maxLength={1000}
          required
          value={text}
          onChange={(change) => setText(change.target.value)}
        />
      </label>
      <Part title={t('public.category')}>
        <CategoryPick guesses={guesses} words={words} lang={lang} chosen={category} t={t} onChoose={setCategory} />
        {category && (
          <p className={styles.chosen}>
            {t('public.category.chosen', { name: words.find(({ code }) => code === category)?.[lang] ?? '' })}
          </p>
        )}
      </Part>
      <PlacePart say={say} place={place ?? middleOf(form)} isSet={place !== null} onChange={setPlace} />
      <label className={styles.part}>
        <h2>{t('public.contact')}</h2>
        <span className={styles.note}>{t('public.contact.note')}</span>
        <input
          className={styles.text}
          type="text"
          inputMode="tel"
          autoComplete="tel"
          maxLength={80}
          value={contact}
          onChange={(change) => setContact(change.target.value)}
        />
      </label>
      {failed && (
        <p className={styles.failed} role="alert">
          {t(failed)}
        </p>
      )}
      <button type="submit" className={styles.main} disabled={state === 'sending'}>
        {t(state === 'sending' ? 'public.sending' : 'public.send')}
      </button>
      <p className={styles.note}>{t('public.promise')}</p>
    </form>
  );
};
