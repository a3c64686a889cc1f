'use client';

import { type ReactNode, useId } from 'react';
import { OwnDraft, OwnFact, ownClocks, ownFacts, ownUnits } from '@/data/metrics/own';
import { useText } from '../feed/text';
import styles from './own-form.module.css';

const words = (name: string) => `own.${name}`;

type FieldProps = {
  label: string;
  note?: ReactNode;
  /** The control, which takes the id its label names. */
  children: (id: string) => ReactNode;
};

const Field = ({ label, note, children }: FieldProps) => {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {note && <small>{note}</small>}
    </div>
  );
};

type ChoiceProps<T extends string> = {
  label: string;
  value: T | '';
  choices: readonly (readonly [T | '', string])[];
  set: (value: T | '') => void;
};

const Choice = <T extends string>({ label, value, choices, set }: ChoiceProps<T>) => (
  <Field label={label}>
    {(id) => (
      <select
        className={styles.input}
        id={id}
        value={value}
        onChange={({ target }) => set(choices.find(([code]) => code === target.value)?.[0] ?? '')}
      >
        {choices.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    )}
  </Field>
);

type FieldsProps = { draft: OwnDraft; set: (part: Partial<OwnDraft>) => void };

const Expressions = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  const isCondition = draft.kind === 'count' || draft.kind === 'rate';
  const columns = Object.entries(ownFacts[draft.fact]).map(([name, type]) => `${name} (${t(words(`type.${type}`))})`);
  return (
    <>
      <Field label={t(words(isCondition ? 'numerator' : 'number'))} note={t(words('grammar'))}>
        {(id) => (
          <textarea
            className={styles.expression}
            id={id}
            rows={2}
            spellCheck={false}
            maxLength={400}
            value={draft.numerator}
            onChange={({ target }) => set({ numerator: target.value })}
          />
        )}
      </Field>
      <Field label={t(words('denominator'))} note={t(words('denominatorNote'))}>
        {(id) => (
          <textarea
            className={styles.expression}
            id={id}
            rows={2}
            spellCheck={false}
            maxLength={400}
            value={draft.denominator ?? ''}
            onChange={({ target }) => set({ denominator: target.value.trim() === '' ? null : target.value })}
          />
        )}
      </Field>
      <p className={styles.columns}>
        {t(words('columns'))}: <code>{columns.join(' · ')}</code>
      </p>
    </>
  );
};

const Kinds = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  const isMeasured = draft.kind === 'sum' || draft.kind === 'mean';
  const { kind, polarity } = OwnDraft.shape;
  const clocks = ownClocks.map((clock) => [clock, t(words(`clock.${clock}`))] as const);
  return (
    <div className={styles.row}>
      <Choice
        label={t(words('fact'))}
        value={draft.fact}
        choices={OwnFact.options.map((fact) => [fact, t(`panel.explorer-tree.group.${fact}`)] as const)}
        set={(fact) => fact && set({ fact, time: fact === 'event' ? 'reported_at' : null })}
      />
      <Choice
        label={t('panel.explorer-card.kind')}
        value={draft.kind}
        choices={kind.options.map((each) => [each, t(`panel.explorer-card.kind.${each}`)] as const)}
        set={(each) => each && set({ kind: each })}
      />
      {draft.fact === 'event' && (
        <Choice
          label={t('panel.explorer-card.time')}
          value={draft.time ?? ''}
          choices={[...clocks, ['', t(words('stock'))] as const]}
          set={(time) => set({ time: time === '' ? null : time })}
        />
      )}
      {isMeasured && (
        <Choice
          label={t('panel.explorer-card.unit')}
          value={draft.unit}
          choices={ownUnits.map((unit) => [unit, t(`common.unit.${unit}`)] as const)}
          set={(unit) => unit && set({ unit })}
        />
      )}
      <Choice
        label={t('panel.explorer-card.polarity')}
        value={draft.polarity}
        choices={polarity.options.map((each) => [each, t(`panel.explorer-card.polarity.${each}`)] as const)}
        set={(each) => each && set({ polarity: each })}
      />
    </div>
  );
};

const Numbers = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  const number = (name: 'leastN' | 'decimals', most: number) => (
    <Field label={t(words(name))}>
      {(id) => (
        <input
          className={styles.input}
          id={id}
          type="number"
          min={0}
          max={most}
          value={Number.isFinite(draft[name]) ? draft[name] : ''}
          onChange={({ target }) => set({ [name]: target.valueAsNumber })}
        />
      )}
    </Field>
  );
  return (
    <div className={styles.row}>
      <Field label={t(words('slug'))}>
        {(id) => (
          <input
            className={styles.input}
            id={id}
            pattern="[a-z][a-z0-9_]+"
            maxLength={31}
            readOnly={draft.version > 0}
            value={draft.slug}
            onChange={({ target }) => set({ slug: target.value })}
          />
        )}
      </Field>
      {number('leastN', 1000)}
      {number('decimals', 3)}
    </div>
  );
};

/** Fields of an indicator: what it counts, of what, when, and how it is told. */
export const OwnFields = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  const text = (of: 'name' | 'meaning', lang: 'zh' | 'en', most: number) => (
    <Field label={t(words(`${of}.${lang}`))}>
      {(id) => (
        <input
          className={styles.input}
          id={id}
          maxLength={most}
          value={draft[of][lang]}
          onChange={({ target }) => set({ [of]: { ...draft[of], [lang]: target.value } })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className={styles.pair}>
        {text('name', 'zh', 30)}
        {text('name', 'en', 30)}
      </div>
      <Kinds draft={draft} set={set} />
      <Expressions draft={draft} set={set} />
      <Numbers draft={draft} set={set} />
      <div className={styles.pair}>
        {text('meaning', 'zh', 200)}
        {text('meaning', 'en', 200)}
      </div>
    </>
  );
};
