'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import { errandAfterQueue } from '@/components/feed/upload-queue';
import { PhotoPick, usePictures } from '@/components/panel/photo-pick';
import { type ErrandKind, type ErrandResult, errandKinds, resultsOf } from '@/data/model/errand';
import styles from './screen.module.css';
import { useKept } from './use-kept';
import { Words } from './words';

type Listed = Outputs['errand']['mine'];
type OwnErrand = Listed['errands'][number] & { isWaiting: boolean };

const pollMs = 30_000;

/** What waits for this grid, with what this device has written; without a network as it was told last. */
const useErrands = (post: string): OwnErrand[] => {
  const api = useTRPC();
  const { items } = useUploads();
  const { data } = useQuery(
    api.errand.mine.queryOptions(undefined, { refetchInterval: pollMs, staleTime: pollMs, retry: 1 }),
  );
  return (useKept('errands', post, data)?.errands ?? [])
    .map((one) => errandAfterQueue(one, items))
    .filter(({ isFinished }) => !isFinished);
};

type ActProps = { errand: OwnErrand; post: string };

type Said = { result?: ErrandResult | null; note?: string; photos?: readonly { picture: Blob }[] };

const useStep = ({ errand, post }: ActProps) => {
  const { add } = useUploads();
  const { id, version, name: title } = errand;
  return (step: 'receive' | 'finish', { result = null, note = '', photos = [] }: Said = {}) =>
    void add({
      ...{ key: crypto.randomUUID(), post, at: Date.now(), title, refused: null, kind: 'errand' },
      photos: photos.map(({ picture }) => ({ picture, id: null })),
      input: { id, version, step, result, note },
    });
};

const mostPhotos = 4;

/** What came out, a tap, with a photo and a sentence. */
const Feedback = ({ errand, post }: ActProps) => {
  const { t } = useText();
  const step = useStep({ errand, post });
  const [note, setNote] = useState('');
  const picked = usePictures();
  return (
    <div className={styles.feedback}>
      <PhotoPick {...picked} most={mostPhotos} t={t} />
      <Words label={t('errand.phone.note')} value={note} onWrite={setNote} />
      <div className={styles.pair}>
        {resultsOf(errand.kind).map((result) => (
          <button
            key={result}
            type="button"
            className={styles.second}
            data-result={result}
            onClick={() => step('finish', { result, note, photos: picked.photos })}
          >
            {t(`errand.result.${result}`)}
          </button>
        ))}
      </div>
      {errand.kind === 'patrol' && <p className={styles.sub}>{t('errand.phone.report')}</p>}
    </div>
  );
};

const ErrandItem = ({ errand, post }: ActProps) => {
  const { t, term, lang, installation } = useText();
  const step = useStep({ errand, post });
  const time = formatStamp(new Date(errand.dueAt), installation?.timeZone ?? 'UTC', lang);
  const about = [errand.category && term('event-category', errand.category), errand.address, errand.note];
  return (
    <li className={styles.errand} data-errand={errand.id} data-received={errand.receivedAt !== null}>
      <div className={styles.about}>
        <h3>{errand.name}</h3>
        <p>{about.filter(Boolean).join(' · ')}</p>
        <p>{t('errand.phone.due', { time })}</p>
        {errand.isWaiting && <p className={styles.waiting}>{t('phone.task.waiting')}</p>}
      </div>
      {errand.receivedAt === null ? (
        <button type="button" className={styles.act} data-kind="main" onClick={() => step('receive')}>
          {t('errand.phone.receive')}
        </button>
      ) : (
        <Feedback errand={errand} post={post} />
      )}
    </li>
  );
};

const shownAtOnce = 8;

/** Three queues beside the cases, one a kind, never mixed (巡查、核查、督察): a tap opens one. */
export const Errands = ({ post }: { post: string }) => {
  const { t } = useText();
  const errands = useErrands(post);
  const [open, setOpen] = useState<ErrandKind | null>(null);
  const ofKind = (kind: ErrandKind) => errands.filter((one) => one.kind === kind);
  if (errands.length === 0 && open === null) return null;
  return (
    <section className={styles.errands} data-panel="worker-errands" data-state="ready">
      <h2 className={styles.heading}>{t('errand.phone.heading')}</h2>
      <div className={styles.pair}>
        {errandKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className={styles.second}
            data-queue={kind}
            data-n={ofKind(kind).length}
            aria-expanded={open === kind}
            onClick={() => setOpen(open === kind ? null : kind)}
          >
            {t('errand.phone.queue', { kind: t(`errand.kind.${kind}`), n: ofKind(kind).length })}
          </button>
        ))}
      </div>
      {open && ofKind(open).length === 0 && <p className={styles.sub}>{t('errand.phone.none')}</p>}
      {open && (
        <ul className={styles.tasks}>
          {ofKind(open)
            .slice(0, shownAtOnce)
            .map((errand) => (
              <ErrandItem key={errand.id} errand={errand} post={post} />
            ))}
        </ul>
      )}
    </section>
  );
};
