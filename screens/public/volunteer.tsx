'use client';

import { useEffect, useRef, useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { keyOf, type Say, Told } from '@/components/feed/plain-page';
import type { PublicForm } from '@/data/model/intake';
import type { OwnCall, PassTold, TurnStep } from '@/data/model/volunteer';
import styles from './screen.module.css';
import { followPass, takeStep } from './use-public';

const hourMs = 3_600_000;

/** Waits before a line that was lost, or one that was refused, is asked for again. */
const reopenMs = 3_000;
const againMs = 20_000;

/** What a pass tells its holder, kept up to date, and the steps he takes with it. */
const usePass = (secret: string) => {
  const [told, setTold] = useState<PassTold | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () =>
      followPass(
        secret,
        (next) => {
          setTold(next);
          setLost(null);
        },
        stop.signal,
      ).then(
        () => {
          timer = setTimeout(follow, reopenMs);
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setLost(keyOf(error));
          const isRefused = error instanceof Told;
          if (isRefused && error.reason === 'pass_unknown') setTold(null);
          else timer = setTimeout(follow, isRefused ? againMs : reopenMs);
        },
      );
    void follow();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [secret]);
  const take = (call: OwnCall, step: TurnStep, note: string) => {
    setSending(true);
    setFailed(null);
    takeStep({ secret, call: call.id, step, version: call.version, note })
      .then(setTold, (error: unknown) => setFailed(keyOf(error)))
      .finally(() => setSending(false));
  };
  return { told, failed: lost ?? failed, isSending, take };
};

const hoursOf = ({ cameAt, wentAt }: OwnCall): number =>
  cameAt && wentAt ? Math.round((Date.parse(wentAt) - Date.parse(cameAt)) / (hourMs / 10)) / 10 : 0;

const stateOf = (call: OwnCall, { t }: Say, stamp: (at: string) => string): string => {
  if (call.wentAt) return t('public.volunteer.served', { n: hoursOf(call) });
  if (call.cameAt) return t('public.volunteer.there', { at: stamp(call.cameAt) });
  if (call.cancelledAt) return t('public.volunteer.cancelled');
  if (call.isOn) return t('public.volunteer.on');
  return call.nFree > 0 ? t('public.volunteer.free', { n: call.nFree }) : t('public.volunteer.full');
};

type CallProps = {
  call: OwnCall;
  say: Say;
  service: string;
  zone: string;
  isSending: boolean;
  take: (call: OwnCall, step: TurnStep, note: string) => void;
};

const Call = ({ call, say, service, zone, isSending, take }: CallProps) => {
  const { t, lang } = say;
  const note = useRef<HTMLTextAreaElement>(null);
  const stamp = (at: string) => formatStamp(new Date(at), zone, lang);
  return (
    <li data-call={call.id} data-on={call.isOn}>
      <h3>{call.title}</h3>
      <p className={styles.note}>{[service, call.address].filter(Boolean).join(' · ')}</p>
      <p className={styles.note}>
        {stamp(call.startsAt)} – {stamp(call.endsAt)}
      </p>
      <strong>{stateOf(call, say, stamp)}</strong>
      {call.steps.includes('go') && (
        <label className={styles.part}>
          <span className={styles.note}>{t('public.volunteer.note')}</span>
          <textarea ref={note} className={styles.text} rows={2} maxLength={200} />
        </label>
      )}
      {call.steps.map((step) => (
        <button
          key={step}
          type="button"
          className={step === 'withdraw' ? styles.second : styles.main}
          data-step={step}
          disabled={isSending}
          onClick={() => take(call, step, note.current?.value.trim() ?? '')}
        >
          {t(`public.volunteer.step.${step}`)}
        </button>
      ))}
    </li>
  );
};

const Pass = ({ say, form, secret }: { say: Say; form: PublicForm; secret: string }) => {
  const { t, lang } = say;
  const { told, failed, isSending, take } = usePass(secret);
  const service = (code: string) =>
    form.words.find((word) => word.list === 'volunteer-service' && word.code === code)?.[lang] ?? code;
  return (
    <>
      {failed && (
        <p className={styles.failed} role="alert">
          {t(failed)}
        </p>
      )}
      {told && (
        <>
          <section className={styles.told} data-pass="">
            <h2>{told.name}</h2>
            <p className={styles.note}>{lang === 'zh' ? told.team : told.teamEn}</p>
            <strong>{t('public.volunteer.hours', { n: told.hours })}</strong>
          </section>
          <section className={styles.part}>
            <h2>{t('public.volunteer.calls')}</h2>
            {told.calls.length === 0 && <p className={styles.note}>{t('public.volunteer.none')}</p>}
            <ul className={styles.calls}>
              {told.calls.map((call) => (
                <Call
                  key={call.id}
                  {...{ call, say, isSending, take }}
                  zone={form.timeZone}
                  service={service(call.service)}
                />
              ))}
            </ul>
          </section>
          <p className={styles.note}>{t('public.volunteer.own')}</p>
        </>
      )}
    </>
  );
};

/** What a volunteer does himself with his pass (志愿者证): signs up, withdraws, comes and finishes. */
export const Volunteer = ({ say, form, secret }: { say: Say; form: PublicForm; secret: string }) => (
  <div className={styles.form} data-tab="volunteer">
    {secret === '' ? (
      <p className={styles.note}>{say.t('public.volunteer.noPass')}</p>
    ) : (
      <Pass say={say} form={form} secret={secret} />
    )}
  </div>
);
