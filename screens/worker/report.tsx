'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useDrill } from '@/components/feed/drill';
import { fitPicture, uploadPicture } from '@/components/feed/photo-upload';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import type { QueuePhoto } from '@/components/feed/upload-queue';
import { readOwn, writeOwn } from '@/components/feed/worker-store';
import { CategoryPick } from '@/components/panel/category-pick';
import { PhotoPick } from '@/components/panel/photo-pick';
import { SimilarList } from '@/components/panel/similar-list';
import { mostFrequent, takeTurns } from '@/data/model/category-guess';
import type { LngLat } from '@/data/model/geo';
import { type Place, PlaceStep } from './place-step';
import styles from './screen.module.css';
import { Words } from './words';

const mostPhotos = 4;
const steps = ['photo', 'category', 'place', 'send'] as const;
type Step = (typeof steps)[number];

/** Photos as they are taken: uploaded at once where the server answers, so that it can say where they were taken. */
const usePhotos = () => {
  const [photos, setPhotos] = useState<QueuePhoto[]>([]);
  const [suggested, setSuggested] = useState<LngLat | null>(null);
  const add = async (pictures: Blob[]) => {
    const added: QueuePhoto[] = await Promise.all(
      pictures.map(async (picture) => ({ picture: await fitPicture(picture), id: null })),
    );
    setPhotos((before) => [...before, ...added]);
    for (const photo of added) {
      const kept = await uploadPicture(photo.picture).catch(() => null);
      photo.id = kept?.id ?? null;
      if (kept?.position) setSuggested((before) => before ?? kept.position);
    }
  };
  return { photos, suggested, add, remove: (index: number) => setPhotos(photos.filter((_, i) => i !== index)) };
};

/** Guesses of the server; without it, the post's last ones on this device. Each only offers. */
const useGuesses = (post: string, position: LngLat | null) => {
  const api = useTRPC();
  const asked = useQuery(api.intake.guess.queryOptions({ position }, { retry: 0 })).data;
  const [own, setOwn] = useState<string[]>([]);
  useEffect(() => {
    void readOwn<string[]>('categories', post).then(
      (kept) => setOwn(kept ?? []),
      () => setOwn([]),
    );
  }, [post]);
  const remember = (code: string) => writeOwn('categories', post, [code, ...own].slice(0, 50)).catch(() => undefined);
  const last = takeTurns([mostFrequent(own)], 3).map((code) => ({ code, why: 'own' }));
  return { guesses: asked ?? last, remember };
};

const Similar = ({ category, position }: { category: string; position: LngLat }) => {
  const api = useTRPC();
  const rows = useQuery(api.event.similar.queryOptions({ category, position }, { retry: 0 })).data;
  return <SimilarList rows={(rows ?? []).slice(0, 3)} />;
};

type HeadProps = { steps: readonly Step[]; step: Step; go: (step: Step) => void; onLeave: () => void };

/** Which step this is; those before it lead back. */
const Head = ({ steps, step, go, onLeave }: HeadProps) => {
  const { t } = useText();
  const index = steps.indexOf(step);
  const before = steps[index - 1];
  return (
    <header className={styles.steps}>
      <button type="button" className={styles.back} onClick={() => (before ? go(before) : onLeave())}>
        <ChevronLeft aria-hidden />
        {t(before ? 'phone.back' : 'phone.leave')}
      </button>
      <ol>
        {steps.map((one, i) => (
          <li key={one} aria-current={one === step ? 'step' : undefined} data-done={i < index}>
            {t(`phone.step.${one}`)}
          </li>
        ))}
      </ol>
    </header>
  );
};

const Foot = ({ children }: { children: ReactNode }) => <div className={styles.foot}>{children}</div>;

type ReportProps = {
  post: string;
  center: LngLat;
  /** Where it is, when that is known: the step that asks is left out. */
  at?: Place | null;
  /** Client key of the report; null = it was left. */
  onDone: (key: string | null) => void;
};

/** A report in four steps, one hand: photo, category, place, send (上报). It is written on this device first. */
export const Report = ({ post, center, at = null, onDone }: ReportProps) => {
  const { t, term, words, lang } = useText();
  const { add } = useUploads();
  /** A drill takes no photos: they would lie with the real ones. */
  const isDrill = useDrill() !== null;
  const [step, setStep] = useState<Step>(isDrill ? 'category' : 'photo');
  const { photos, suggested, ...photo } = usePhotos();
  const [category, setCategory] = useState<string | null>(null);
  const [place, setPlace] = useState<Place | null>(at);
  const [text, setText] = useState('');
  const { guesses, remember } = useGuesses(post, place?.position ?? suggested);
  const list = words('event-category').map(({ code, label }) => ({ code, zh: label, en: label }));
  const taken = async (pictures: Blob[]) => {
    setStep(photos.length === 0 ? 'category' : step);
    await photo.add(pictures);
  };
  const send = async () => {
    if (!category || !place) return;
    await remember(category);
    const title = term('event-category', category);
    const key = crypto.randomUUID();
    await add({
      ...{ key, post, at: Date.now(), title, photos, refused: null, kind: 'report' },
      input: { category, title, description: text, position: place.position, buildingCode: place.building ?? null },
    });
    onDone(key);
  };
  const asked = steps.filter((one) => !(isDrill && one === 'photo') && !(at && one === 'place'));
  return (
    <section className={styles.page} data-panel="worker-report" data-state="ready" data-step={step}>
      <Head steps={asked} step={step} go={setStep} onLeave={() => onDone(null)} />
      {step === 'photo' && (
        <>
          <PhotoPick
            photos={photos}
            most={mostPhotos}
            t={t}
            onAdd={(pictures) => void taken(pictures)}
            onRemove={photo.remove}
          />
          <Foot>
            <button
              type="button"
              className={photos.length > 0 ? styles.main : styles.second}
              onClick={() => setStep('category')}
            >
              {t(photos.length > 0 ? 'phone.next' : 'phone.noPhoto')}
            </button>
          </Foot>
        </>
      )}
      {step === 'category' && (
        <CategoryPick
          guesses={guesses}
          words={list}
          lang={lang}
          chosen={category}
          t={t}
          onChoose={(code) => {
            setCategory(code);
            setStep(at ? 'send' : 'place');
          }}
        />
      )}
      {step === 'place' && (
        <PlaceStep
          place={place}
          suggested={suggested}
          center={center}
          onChange={setPlace}
          onNext={() => setStep('send')}
        />
      )}
      {step === 'send' && category && place && (
        <>
          <dl className={styles.facts}>
            <dt>{t('phone.step.category')}</dt>
            <dd>{term('event-category', category)}</dd>
            <dt>{t('phone.step.place')}</dt>
            <dd>{place.name ?? t(`phone.place.${place.from}`)}</dd>
            <dt>{t('phone.step.photo')}</dt>
            <dd>{t('intake.nPhotos', { n: photos.length })}</dd>
          </dl>
          <Similar category={category} position={place.position} />
          <Words label={t('phone.text')} value={text} onWrite={setText} />
          <Foot>
            <button type="button" className={styles.main} data-send="" onClick={() => void send()}>
              {t('phone.send')}
            </button>
          </Foot>
        </>
      )}
    </section>
  );
};
