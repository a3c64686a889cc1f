'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type ControlDuty, controlLevels } from '@/data/model/control';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { type Choice, ChoiceMenu } from '../base/menu';
import { NoteInput } from '../base/note-input';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { DutyFields, hasDuties } from '../panel/duty-fields';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './control-push.module.css';

const key = 'control-push';
const words = (name: string) => `panel.${key}.${name}`;

type Draft = Record<'source' | 'level' | 'division', string | null> &
  Record<'title' | 'evidence' | 'address' | 'duty' | 'due', string> & { children: ControlDuty[] };

const emptyDraft: Draft = {
  ...{ source: null, level: null, division: null, title: '', evidence: '', address: '', duty: '', due: '' },
  children: [],
};

type FieldsProps = { draft: Draft; set: (patch: Partial<Draft>) => void };

/** Divisions right below the post that carry tickets. */
const useBelow = (): string[] => {
  const divisions = useDivisions();
  return divisions
    .children(divisions.root.code)
    .filter(({ level }) => controlLevels.some((each) => each === level))
    .map(({ code }) => code);
};

const Menu = ({
  name,
  draft,
  set,
  choices,
}: FieldsProps & { name: 'source' | 'level' | 'division'; choices: Choice[] }) => {
  const { t } = useText();
  const shown = choices.find(({ value }) => value === draft[name])?.label ?? t('panel.dispute-moves.choose');
  return (
    <span data-field={name}>
      <ChoiceMenu
        label={`${t(words(name))}: ${shown}`}
        value={draft[name]}
        choices={choices}
        onChoose={(value) => set({ [name]: value })}
        className={styles.menu}
      >
        {t(words(name))} {shown}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
    </span>
  );
};

/** Where it comes from, how grave it is, and which place it concerns. */
const Menus = ({ draft, set }: FieldsProps) => {
  const { words: entries } = useText();
  const divisions = useDivisions();
  const listOf = (list: string) => entries(list).map(({ code, label }) => ({ value: code, label }));
  const { root } = divisions;
  const places = [root, ...controlLevels.flatMap((level) => divisions.below(root.code, level))];
  const named = [...new Set(places.map(({ code }) => code))].map((code) => ({
    value: code,
    label: divisions.name(code),
  }));
  return (
    <div className={styles.row}>
      <Menu name="source" draft={draft} set={set} choices={listOf('control-source')} />
      <Menu name="level" draft={draft} set={set} choices={listOf('event-level')} />
      <Menu name="division" draft={draft} set={set} choices={named} />
    </div>
  );
};

const Fields = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  return (
    <>
      <Menus draft={draft} set={set} />
      <NoteInput label={t(words('risk'))} value={draft.title} most={120} onWrite={(title) => set({ title })} />
      <textarea
        className={styles.text}
        rows={3}
        maxLength={2000}
        aria-label={t(words('evidence'))}
        placeholder={t(words('evidence'))}
        value={draft.evidence}
        onChange={({ target }) => set({ evidence: target.value })}
      />
      <NoteInput label={t(words('address'))} value={draft.address} most={200} onWrite={(address) => set({ address })} />
      <label className={styles.due}>
        {t(words('due'))}
        <input
          className={styles.instant}
          type="datetime-local"
          name="due"
          value={draft.due}
          onChange={({ target }) => set({ due: target.value })}
        />
      </label>
      <NoteInput label={t(words('duty'))} value={draft.duty} most={300} onWrite={(duty) => set({ duty })} />
    </>
  );
};

const isReady = ({ title, evidence, duty, due, children, ...chosen }: Draft): boolean =>
  [title, evidence, duty].every((text) => text.trim().length >= 2) &&
  due !== '' &&
  hasDuties(children) &&
  chosen.source !== null &&
  chosen.level !== null &&
  chosen.division !== null;

const levelOf = (text: string | null) => ([1, 2, 3, 4] as const).find((level) => String(level) === text) ?? 4;

const Form = ({ set: go }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const below = useBelow();
  const onSettled = useAskedAgain();
  const [draft, setDraft] = useState(emptyDraft);
  const [clientKey] = useState(() => crypto.randomUUID());
  const set = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const push = useMutation(
    api.control.push.mutationOptions({ onSettled, onSuccess: (id) => go({ selection: `control:${id}` }) }),
  );
  const send = (submit: FormEvent) => {
    submit.preventDefault();
    const { title, evidence, address, duty, children } = draft;
    push.mutate({
      ...{ clientKey, title, evidence, address, duty, children, level: levelOf(draft.level) },
      ...{ source: draft.source ?? '', division: draft.division ?? '', dueAt: new Date(draft.due).toISOString() },
    });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <p className={styles.lead}>{t(words('lead'))}</p>
      <Fields draft={draft} set={set} />
      <DutyFields codes={below} value={draft.children} onChange={(children) => set({ children })} />
      <div className={styles.row}>
        <Button type="submit" kind="primary" data-push="" disabled={push.isPending || !isReady(draft)}>
          {t(words('send'))}
        </Button>
      </div>
      <p className={styles.answer} role="status">
        {push.isError && problemWords(push.error, t)}
      </p>
    </form>
  );
};

/** A risk this post pushes down to divisions right below it, each with its duty (推送风险). */
export const controlPush = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ api }) => ({ me: api.access.me.queryOptions(undefined, { staleTime: Infinity }) }),
  empty: ({ me }) => me.role === 'R4',
  draw: ({ set }) => <Form set={set} />,
});
