'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/base/button';
import { Checkbox } from '@/components/base/checkbox';
import { useLocalDay } from '@/components/feed/local-day';
import { useRuleFault } from '@/components/feed/rule-fault';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { RuleDraft } from '@/data/model/dispatch';
import styles from './screen.module.css';

const words = (name: string) => `dispatch.rules.${name}`;
const dayMs = 86_400_000;

type Version = Outputs['dispatch']['ruleHistory'][number];
type Draft = {
  from: string;
  level: string;
  acceptMinutes: string;
  handleHours: string;
  department: string;
  isListed: boolean;
  isAuto: boolean;
  closeCondition: string;
  note: string;
};
type FieldsProps = { draft: Draft; set: (patch: Partial<Draft>) => void };

const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

const parseDraft = ({ category, from: seen }: Version, draft: Draft) =>
  RuleDraft.safeParse({
    ...{ ...draft, category, seen, level: Number(draft.level) },
    ...{ acceptMinutes: numberOrNull(draft.acceptMinutes), handleHours: numberOrNull(draft.handleHours) },
  });

const Choice = ({
  name,
  list,
  draft,
  set,
}: FieldsProps & { name: 'level' | 'department' | 'closeCondition'; list: string }) => {
  const { t, words: codes } = useText();
  return (
    <label>
      {t(words(name === 'closeCondition' ? 'condition' : name))}
      <select name={name} value={draft[name]} onChange={({ target }) => set({ [name]: target.value })}>
        {name !== 'level' && <option value="">—</option>}
        {codes(list).map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
};

const Entry = ({
  name,
  type,
  draft,
  set,
}: FieldsProps & { name: 'from' | 'acceptMinutes' | 'handleHours' | 'note'; type: string }) => {
  const { t } = useText();
  const label = { from: 'from', acceptMinutes: 'accept', handleHours: 'handle', note: 'note' }[name];
  return (
    <label>
      {t(words(label))}
      <input name={name} type={type} value={draft[name]} onChange={({ target }) => set({ [name]: target.value })} />
    </label>
  );
};

const Flags = ({ draft, set }: FieldsProps) => {
  const { t } = useText();
  return (
    <div className={styles.flags}>
      {(['isListed', 'isAuto'] as const).map((name) => (
        <Checkbox
          key={name}
          isChecked={draft[name]}
          onChange={(is) => set({ [name]: is })}
          label={t(words(name === 'isListed' ? 'listed' : 'auto'))}
        >
          {t(words(name === 'isListed' ? 'listed' : 'auto'))}
        </Checkbox>
      ))}
    </div>
  );
};

const useSave = (onClose: () => void) => {
  const api = useTRPC();
  const client = useQueryClient();
  return useMutation(
    api.dispatch.changeRule.mutationOptions({
      onSuccess: onClose,
      onSettled: () => client.invalidateQueries(api.dispatch.pathFilter()),
    }),
  );
};

/** A new row of a category from a day on, tomorrow unless said otherwise. */
export const RuleForm = ({ newest, onClose }: { newest: Version; onClose: () => void }) => {
  const { t } = useText();
  const localDay = useLocalDay();
  const faultOf = useRuleFault();
  const save = useSave(onClose);
  const [draft, setDraft] = useState<Draft>({
    from: localDay(new Date(Date.now() + dayMs)),
    level: String(newest.level),
    acceptMinutes: String(newest.acceptMinutes ?? ''),
    handleHours: String(newest.handleHours ?? ''),
    department: newest.department,
    isListed: newest.isListed,
    isAuto: newest.isAuto,
    closeCondition: newest.closeCondition,
    note: '',
  });
  const fields = { draft, set: (patch: Partial<Draft>) => setDraft({ ...draft, ...patch }) };
  const parsed = parseDraft(newest, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) save.mutate(parsed.data);
  };
  return (
    <form className={styles.form} onSubmit={submit} data-form="rule">
      <Entry {...fields} name="from" type="date" />
      <Choice {...fields} name="level" list="event-level" />
      <Entry {...fields} name="acceptMinutes" type="number" />
      <Entry {...fields} name="handleHours" type="number" />
      <Choice {...fields} name="department" list="department" />
      <Choice {...fields} name="closeCondition" list="close-condition" />
      <Flags {...fields} />
      <Entry {...fields} name="note" type="text" />
      <div className={styles.actions}>
        <Button kind="primary" type="submit" disabled={!parsed.success || save.isPending}>
          {t(words('save'))}
        </Button>
        <Button onClick={onClose}>{t('dispatch.cancel')}</Button>
        {save.error && <span role="alert">{faultOf(save.error)}</span>}
      </div>
    </form>
  );
};
