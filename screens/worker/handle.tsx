'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { type CSSProperties, useState } from 'react';
import { useDrill } from '@/components/feed/drill';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { PhotoPick, usePictures } from '@/components/panel/photo-pick';
import { StepPhotos } from '@/components/panel/step-photos';
import styles from './screen.module.css';
import { useMove } from './use-move';
import type { WorkerTask } from './use-tasks';
import { Words } from './words';

const mostPhotos = 4;
/** Checked and found wanting: what was said then is what to do now. */
const sentBack = 'S60';

/** Room for the sentence below the photos. */
const compact = { '--pick-height': '132px' } as CSSProperties;

/** Says that a case is handled: a photo of it, a sentence, one button (处置反馈). */
export const Handle = ({ task, post, onDone }: { task: WorkerTask; post: string; onDone: () => void }) => {
  const { t } = useText();
  const api = useTRPC();
  const detail = useQuery(api.event.byId.queryOptions({ id: task.id }, { retry: 0 })).data;
  // asked anew at each opening: why it was sent back may be seconds old
  const steps = useQuery(api.event.history.queryOptions({ id: task.id }, { retry: 0, staleTime: 0 })).data;
  const reason = steps?.findLast(({ to }) => to === sentBack)?.note;
  const picked = usePictures();
  const pictures = picked.photos.map(({ picture }) => picture);
  const [note, setNote] = useState('');
  const move = useMove(post);
  /** A drill takes no photos. */
  const isDrill = useDrill() !== null;
  const send = () => void move(task, 'S50', { note, pictures }).then(onDone);
  return (
    <section className={styles.page} style={compact} data-panel="worker-handle" data-state="ready">
      <button type="button" className={styles.back} onClick={onDone}>
        <ChevronLeft aria-hidden />
        {t('phone.tasks')}
      </button>
      <h2 className={styles.heading}>{task.title}</h2>
      {task.address && <p className={styles.sub}>{task.address}</p>}
      {detail?.description && <p className={styles.sub}>{detail.description}</p>}
      {reason && (
        <p className={styles.reason} data-reason="">
          {t('phone.handle.sentBack', { note: reason })}
        </p>
      )}
      {detail && <StepPhotos photos={detail.photos} screen="small" />}
      {!isDrill && (
        <>
          <h3 className={styles.label}>{t('phone.handle.photo')}</h3>
          <PhotoPick {...picked} most={mostPhotos} t={t} />
        </>
      )}
      <Words label={t('phone.handle.note')} value={note} onWrite={setNote} />
      <div className={styles.foot}>
        <button
          type="button"
          className={styles.main}
          disabled={note.trim() === '' && pictures.length === 0}
          onClick={send}
        >
          {t('phone.handle.send')}
        </button>
      </div>
    </section>
  );
};
