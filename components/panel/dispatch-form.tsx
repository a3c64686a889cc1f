'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import styles from './dispatch-form.module.css';
import { useDispatchWords } from './dispatch-words';

const words = (name: string) => `dispatch.${name}`;
type Suggested = NonNullable<Outputs['dispatch']['suggest']>;

/** Whom a person chose instead, or that it goes back; always with the reason. */
export type Chosen = { department: string; worker: string | null; note: string };

type FormProps = {
  suggested: Suggested;
  /** Handing back needs no target. */
  isReturn: boolean;
  isBusy: boolean;
  onSend: (chosen: Chosen) => void;
  onCancel: () => void;
};

const targetOf = (department: string, worker: string | null): string => `${department}/${worker ?? ''}`;

/** The other candidates first, then the duty desk of every department. */
const useTargets = ({ shown, rule }: Suggested) => {
  const { t, words: list } = useText();
  const { who } = useDispatchWords();
  const others = shown.slice(1).map(({ department, worker, name, score }) => ({
    value: targetOf(department, worker),
    label: `${who(department, worker, name)} · ${t(words('score'), { n: score })}`,
  }));
  const desks = list('department').map(({ code }) => ({ value: targetOf(code, null), label: who(code, null, null) }));
  const first = shown[0] ? targetOf(shown[0].department, shown[0].worker) : targetOf(rule.department, null);
  const known = new Set([first, ...others.map(({ value }) => value)]);
  return [...others, ...desks.filter(({ value }) => !known.has(value))];
};

const Target = ({
  targets,
  chosen,
  choose,
}: {
  targets: ReturnType<typeof useTargets>;
  chosen: string;
  choose: (value: string) => void;
}) => {
  const { t } = useText();
  const label = targets.find(({ value }) => value === chosen)?.label ?? '—';
  return (
    <ChoiceMenu
      label={`${t(words('target'))}: ${label}`}
      value={chosen}
      choices={targets}
      onChoose={choose}
      className={styles.target}
    >
      {label}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

/** Sends an event elsewhere than suggested, or back, once the reason is said (改派、退回). */
export const DispatchForm = ({ suggested, isReturn, isBusy, onSend, onCancel }: FormProps) => {
  const { t } = useText();
  const targets = useTargets(suggested);
  const [chosen, setChosen] = useState(targets[0]?.value ?? '');
  const [note, setNote] = useState('');
  const [department = '', worker = ''] = chosen.split('/');
  return (
    <form
      className={styles.form}
      data-form={isReturn ? 'return' : 'reassign'}
      onSubmit={(submit) => {
        submit.preventDefault();
        onSend({ department, worker: worker || null, note });
      }}
    >
      {!isReturn && <Target targets={targets} chosen={chosen} choose={setChosen} />}
      <input
        className={styles.note}
        aria-label={t(words('reasonWord'))}
        placeholder={t(words('fault.reason'))}
        maxLength={400}
        ref={(input) => input?.focus()}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button kind="primary" type="submit" disabled={isBusy || note.trim().length < 2}>
        {t(words('confirm'))}
      </Button>
      <Button onClick={onCancel}>{t(words('cancel'))}</Button>
    </form>
  );
};
