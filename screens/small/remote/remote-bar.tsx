'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { type FormEvent, useEffect, useState } from 'react';
import { type Conductor, useConductor } from '@/components/feed/conductor';
import { useText } from '@/components/feed/text';
import { useView } from '@/components/feed/view';
import { Acknowledge, Acknowledged } from '@/components/panel/cast-acknowledge';
import { type CastAction, useCastActions, useSteering } from '@/components/panel/cast-control';
import { castWords, latencyWords, roleWords } from '@/components/panel/cast-words';
import { PairCode, sceneOf } from '@/data/model/cast';
import { emptyView, type Scene, scenes, type View } from '@/data/model/view';
import styles from './remote.module.css';

/** Joins the wall whose QR code opened this page, once. */
const usePairLink = ({ join }: Conductor) => {
  const [pair, setPair] = useQueryState('pair', parseAsString);
  useEffect(() => {
    if (pair === null) return;
    void setPair(null);
    if (PairCode.safeParse(pair).success) void join({ code: pair });
  }, [pair, setPair, join]);
};

/** Six digits to join a wall by. */
const JoinForm = ({ conductor: { join, problem } }: { conductor: Conductor }) => {
  const { t } = useText();
  const [code, setCode] = useState('');
  const isWhole = PairCode.safeParse(code).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole) void join({ code });
  };
  return (
    <form className={styles.join} onSubmit={submit}>
      <label htmlFor="pair-code">{t('link.pair.hint')}</label>
      <input
        id="pair-code"
        className={styles.code}
        inputMode="numeric"
        autoComplete="off"
        maxLength={7}
        placeholder="000 000"
        aria-label={t('link.pair.field')}
        value={code.length > 3 ? `${code.slice(0, 3)} ${code.slice(3)}` : code}
        onChange={({ target }) => setCode(target.value.replace(/\D/g, '').slice(0, 6))}
      />
      <button type="submit" className={styles.primary} disabled={!isWhole}>
        {t('link.pair.join')}
      </button>
      {problem && (
        <span className={styles.problem} role="status">
          {t(`common.problem.${problem}`)}
        </span>
      )}
    </form>
  );
};

/** Scenes of the wall by name; the one it shows says so. */
const Scenes = ({ conductor: { state, isConductor, status, cast } }: { conductor: Conductor }) => {
  const text = useText();
  const { t } = text;
  const last = status?.page ?? state?.view?.page ?? null;
  const current = sceneOf(last);
  return (
    <fieldset className={styles.scenes} aria-label={t('link.remote.scenes')}>
      {scenes.map((scene: Scene) => {
        const isCurrent = scene === current;
        return (
          <button
            key={scene}
            type="button"
            className={styles.scene}
            data-scene={scene}
            aria-pressed={isCurrent}
            disabled={!isConductor}
            onClick={() => cast({ ...emptyView, page: scene })}
          >
            {t(`common.scene.${scene}`)}
            {isCurrent && status && (
              <small data-phase={status.phase}>{latencyWords(status, text) ?? castWords(status, text)}</small>
            )}
          </button>
        );
      })}
    </fieldset>
  );
};

const Line = ({ conductor }: { conductor: Conductor }) => {
  const text = useText();
  const { line, part, isWell } = roleWords(conductor, text);
  const { waiting } = useCastActions();
  return (
    <div className={styles.line} role="status">
      <span className={styles.dot} data-well={isWell ? '' : undefined} aria-hidden="true" />
      <span>
        {line}
        <b>{waiting ?? part}</b>
      </span>
    </div>
  );
};

const Actions = ({ actions }: { actions: readonly CastAction[] }) =>
  actions.map(({ key, label, act, isOn }) => (
    <button key={key} type="button" className={styles.button} data-action={key} aria-pressed={isOn} onClick={act}>
      {label}
    </button>
  ));

/** A Ⅰ event (打断): who takes notice of it, and what the wall is to do with it. */
const Alarm = () => {
  const steering = useSteering();
  return (
    <div className={styles.alarm}>
      <Acknowledge className={styles.acknowledge} />
      <Acknowledged className={styles.acknowledged} />
      <Actions actions={steering} />
    </div>
  );
};

type BarProps = {
  /** Key of the card of the story shown now; cast with the View beside it. */
  card: string;
};

const Joined = ({ conductor, card }: BarProps & { conductor: Conductor }) => {
  const text = useText();
  const { t } = text;
  const { view } = useView();
  const { actions } = useCastActions();
  const { status, isConductor, cast } = conductor;
  const castPage = () => cast({ ...view, page: card } satisfies View);
  const isLate = status?.phase === 'late' || status?.phase === 'failed';
  return (
    <>
      <Line conductor={conductor} />
      <Scenes conductor={conductor} />
      <div className={styles.end}>
        {isLate && status && (
          <button type="button" className={styles.late} onClick={() => cast(status.view)}>
            {castWords(status, text)} · {t('common.state.retry')}
          </button>
        )}
        {isConductor && (
          <button type="button" className={styles.primary} onClick={castPage}>
            {t('link.remote.castPage')}
          </button>
        )}
        <Actions actions={actions} />
        <button type="button" className={styles.button} data-action="leave" onClick={conductor.leave}>
          {t('link.remote.leave')}
        </button>
      </div>
    </>
  );
};

/** Foot of the tablet (遥控条): joins a wall, conducts it, casts scenes by name and the card shown. */
export const RemoteBar = ({ card }: BarProps) => {
  const { t } = useText();
  const conductor = useConductor();
  usePairLink(conductor);
  return (
    <section
      className={styles.bar}
      aria-label={t('link.remote.label')}
      data-remote={conductor.isConductor ? 'conductor' : conductor.hasJoined ? 'viewer' : 'apart'}
      data-cast={conductor.status ? `${conductor.status.phase} ${conductor.status.sequence}` : undefined}
    >
      <Alarm />
      <div className={styles.row}>
        {conductor.hasJoined ? <Joined conductor={conductor} card={card} /> : <JoinForm conductor={conductor} />}
      </div>
    </section>
  );
};
