'use client';

import { useCallback, useEffect, useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { keyOf, type Say } from '@/components/feed/plain-page';
import type { Progress as Told } from '@/data/model/intake';
import styles from './screen.module.css';
import { askProgress, sendRating } from './use-public';

const marks = [1, 2, 3, 4, 5] as const;

const Steps = ({ told, say: { t, lang }, zone }: { told: Told; say: Say; zone: string }) => (
  <ol className={styles.steps}>
    {told.steps.map(({ step, at }, i) => (
      <li key={at} data-step={step} aria-current={i === told.steps.length - 1 ? 'step' : undefined}>
        <b>{t(`public.step.${step}`)}</b>
        <time dateTime={at}>{formatStamp(new Date(at), zone, lang)}</time>
      </li>
    ))}
  </ol>
);

const Rating = ({ told, say: { t }, onRate }: { told: Told; say: Say; onRate: (mark: number) => void }) => {
  if (told.rating !== null) return <p className={styles.note}>{t('public.rated', { n: told.rating })}</p>;
  if (!told.canRate) return null;
  return (
    <fieldset className={styles.marks}>
      <legend>{t('public.rate')}</legend>
      {marks.map((mark) => (
        <button key={mark} type="button" data-mark={mark} onClick={() => onRate(mark)}>
          <b>{mark}</b>
          <small>{t(`public.mark.${mark}`)}</small>
        </button>
      ))}
    </fieldset>
  );
};

/** How far a report has come, by its receipt (进度查询): steps in plain words, nothing of people or other cases. */
type ProgressProps = { receipt: string; say: Say; zone: string; isNew: boolean };

export const Progress = ({ receipt, say, zone, isNew }: ProgressProps) => {
  const { t, lang } = say;
  const [told, setTold] = useState<Told | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const ask = useCallback(() => {
    setFailed(null);
    askProgress(receipt).then(setTold, (error: unknown) => setFailed(keyOf(error)));
  }, [receipt]);
  useEffect(() => {
    setTold(null);
    ask();
    // Who comes back to the page sees how far it is by now.
    const look = () => document.visibilityState === 'visible' && ask();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [ask]);
  const rate = (mark: number) =>
    void sendRating(receipt, mark).then(setTold, (error: unknown) => setFailed(keyOf(error)));
  return (
    <section className={styles.progress} data-progress={told ? 'ready' : failed ? 'failed' : 'waiting'}>
      {isNew && (
        <div className={styles.receipt}>
          <p>{t('public.receipt')}</p>
          <strong data-receipt="">{receipt}</strong>
          <p className={styles.note}>{t('public.receipt.keep')}</p>
        </div>
      )}
      {failed && (
        <p className={styles.failed} role="alert">
          {t(failed)}
        </p>
      )}
      {failed && !told && (
        <button type="button" className={styles.second} onClick={ask}>
          {t('common.state.retry')}
        </button>
      )}
      {!failed && !told && <div className={styles.skeleton} aria-hidden />}
      {told && (
        <>
          <h2>{told.category[lang]}</h2>
          <p className={styles.note}>{t('public.number', { number: told.number })}</p>
          <p className={styles.own}>{told.text}</p>
          {told.photos.length > 0 && (
            <ul className={styles.photos}>
              {told.photos.map((id, i) => (
                <li key={id}>
                  {/* biome-ignore lint/performance/noImgElement: told to the holder of the receipt alone */}
                  <img src={`/api/public/report/${receipt}/${id}?size=thumb`} alt={t('intake.photoOf', { n: i + 1 })} />
                </li>
              ))}
            </ul>
          )}
          <Steps told={told} say={say} zone={zone} />
          {told.dueAt && (
            <p className={styles.note}>{t('public.due', { time: formatStamp(new Date(told.dueAt), zone, lang) })}</p>
          )}
          <Rating told={told} say={say} onRate={rate} />
        </>
      )}
    </section>
  );
};
