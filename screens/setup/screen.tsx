'use client';

import { type FormEvent, useEffect, useState } from 'react';
import { Checkbox } from '@/components/base/checkbox';
import { FeedProvider } from '@/components/feed/provider';
import { useText } from '@/components/feed/text';
import { type Scene, scenes } from '@/data/model/view';
import { dwellSeconds, readSetup, unitOfSetup, WallSetup, writeSetup } from '../wall-setup';
import { mayNowSound, soundOnce } from '../wall-sound';
import { captionMinutes, tierOf } from '../wall-tier';
import styles from './screen.module.css';
import { TestPicture } from './test-picture';

const fields = ['pitch', 'distance', 'seamsX', 'seamsY', 'blocked', 'dwell'] as const;
type Draft = Record<(typeof fields)[number], string> & { scenes: readonly Scene[]; hasSound: boolean };

const blank: Draft = {
  ...{ pitch: '1.25', distance: '8', seamsX: '', seamsY: '', blocked: '0' },
  dwell: String(dwellSeconds),
  scenes: [],
  hasSound: false,
};

const toDraft = (setup: WallSetup): Draft => ({
  pitch: String(setup.pitchMm),
  distance: String(setup.distanceM),
  seamsX: setup.seamsX.join(', '),
  seamsY: setup.seamsY.join(', '),
  blocked: String(Math.round(setup.blockedShare * 1_000) / 10),
  dwell: String(setup.dwellSeconds),
  scenes: setup.tourScenes,
  hasSound: setup.hasSound,
});

const numbers = (text: string): number[] =>
  text
    .split(/[,\s\uff0c\u3001]+/)
    .filter(Boolean)
    .map(Number);

const parseDraft = (draft: Draft): WallSetup | null =>
  WallSetup.safeParse({
    pitchMm: Number(draft.pitch),
    distanceM: Number(draft.distance),
    seamsX: numbers(draft.seamsX),
    seamsY: numbers(draft.seamsY),
    blockedShare: Number(draft.blocked) / 100,
    dwellSeconds: Number(draft.dwell),
    tourScenes: draft.scenes,
    hasSound: draft.hasSound,
  }).data ?? null;

/** What the setup comes to on this very page. */
const Result = ({ setup }: { setup: WallSetup | null }) => {
  const { t } = useText();
  if (!setup) return <span className={styles.problem}>{t('big.setup.invalid')}</span>;
  const unit = unitOfSetup(setup);
  const { innerWidth: width, innerHeight: height } = window;
  const tier = tierOf({ width, height }, unit);
  return (
    <>
      <span>{t('big.setup.unit', { unit: unit.toFixed(3) })}</span>
      <span>{t('big.setup.caption', { px: Math.round(unit * captionMinutes) })}</span>
      <span>{t('big.setup.tier', { width, height, tier })}</span>
    </>
  );
};

type FieldsProps = { draft: Draft; onChange: (draft: Draft) => void };

const Fields = ({ draft, onChange }: FieldsProps) => {
  const { t } = useText();
  return fields.map((field) => (
    <label key={field}>
      {t(`big.setup.${field}`)}
      <input
        name={field}
        inputMode="decimal"
        value={draft[field]}
        onChange={({ target }) => onChange({ ...draft, [field]: target.value })}
      />
    </label>
  ));
};

/** Scenes the tour goes through; none chosen = all. */
const TourScenes = ({ draft, onChange }: FieldsProps) => {
  const { t } = useText();
  const toggle = (scene: Scene) =>
    onChange({
      ...draft,
      scenes: draft.scenes.includes(scene) ? draft.scenes.filter((one) => one !== scene) : [...draft.scenes, scene],
    });
  return (
    <fieldset className={styles.scenes}>
      <legend>{t('big.setup.scenes')}</legend>
      {scenes.map((scene) => (
        <Checkbox
          key={scene}
          isChecked={draft.scenes.includes(scene)}
          onChange={() => toggle(scene)}
          label={t(`common.scene.${scene}`)}
        >
          {t(`common.scene.${scene}`)}
        </Checkbox>
      ))}
    </fieldset>
  );
};

/** Whether a Ⅰ sounds (铃声), and the sound itself: a browser may let no page sound that nobody touched. */
const SoundChoice = ({ draft, onChange }: FieldsProps) => {
  const { t } = useText();
  const [mayIt, setMay] = useState<boolean | null>(null);
  const sound = async () => {
    setMay(await mayNowSound());
    soundOnce();
  };
  return (
    <fieldset className={styles.scenes}>
      <legend>{t('big.setup.sound')}</legend>
      <Checkbox
        isChecked={draft.hasSound}
        onChange={(hasSound) => onChange({ ...draft, hasSound })}
        label={t('big.setup.hasSound')}
      >
        {t('big.setup.hasSound')}
      </Checkbox>
      <button type="button" onClick={() => void sound()}>
        {t('big.setup.soundTest')}
      </button>
      {mayIt !== null && (
        <span role="status" data-sound={mayIt ? 'sounding' : 'blocked'}>
          {t(mayIt ? 'big.setup.soundHeard' : 'big.setup.soundBlocked')}
        </span>
      )}
    </fieldset>
  );
};

const Form = () => {
  const { t } = useText();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [isTesting, setTesting] = useState(false);
  useEffect(() => {
    const stored = readSetup();
    setDraft(stored ? toDraft(stored) : blank);
  }, []);
  if (!draft) return null;
  const setup = parseDraft(draft);
  const store = (next: WallSetup | null, shown: Draft) => {
    writeSetup(next);
    setDraft(shown);
    setSaved(next !== null);
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (setup) store(setup, draft);
  };
  const edit = (next: Draft) => {
    setDraft(next);
    setSaved(false);
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <Fields draft={draft} onChange={edit} />
      <TourScenes draft={draft} onChange={edit} />
      <SoundChoice draft={draft} onChange={edit} />
      <div className={styles.result} role="status">
        <Result setup={setup} />
      </div>
      <div className={styles.actions}>
        <button type="submit" disabled={!setup}>
          {t('big.setup.save')}
        </button>
        <button type="button" onClick={() => store(null, blank)}>
          {t('big.setup.clear')}
        </button>
        <button type="button" disabled={!setup} onClick={() => setTesting(true)}>
          {t('big.setup.test')}
        </button>
        <a href="/big">{t('big.setup.open')}</a>
        {isSaved && <span role="status">{t('big.setup.saved')}</span>}
      </div>
      {setup && isTesting && <TestPicture setup={setup} onClose={() => setTesting(false)} />}
    </form>
  );
};

const Page = () => {
  const { t } = useText();
  useEffect(() => {
    document.documentElement.dataset.theme = 'dark';
  }, []);
  return (
    <main className={styles.page} data-screen="setup" data-state="ready" data-size="desk">
      <h1>{t('big.setup.title')}</h1>
      <p>{t('big.setup.lead')}</p>
      <Form />
    </main>
  );
};

/** Where whoever hangs a wall says how it hangs (大屏安装). */
export const SetupScreen = () => (
  <FeedProvider screen="big">
    <Page />
  </FeedProvider>
);
