'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/base/button';
import { useLocalDay } from '@/components/feed/local-day';
import { useRuleFault } from '@/components/feed/rule-fault';
import { useText } from '@/components/feed/text';
import { Versions } from '@/components/panel/versions';
import type { DatedChange, DatedVersion } from '@/data/model/dated';
import styles from './screen.module.css';

const words = (name: string) => `dispatch.rules.${name}`;
const dayMs = 86_400_000;

type Sent = { isPending: boolean; error: unknown };

type ChangeFormProps<D> = {
  /** What is in force or to come, to begin from. */
  first: D;
  seen: string;
  fields: (draft: D, set: (draft: D) => void) => ReactNode;
  save: Sent;
  onSave: (draft: D, change: DatedChange) => void;
  onClose: () => void;
};

const ChangeForm = <D,>({ first, seen, fields, save, onSave, onClose }: ChangeFormProps<D>) => {
  const { t } = useText();
  const localDay = useLocalDay();
  const faultOf = useRuleFault();
  const [draft, setDraft] = useState(first);
  const [from, setFrom] = useState(localDay(new Date(Date.now() + dayMs)));
  const [note, setNote] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(draft, { seen, from, note });
  };
  return (
    <form className={styles.form} onSubmit={submit} data-form="rule-set">
      <label>
        {t(words('from'))}
        <input name="from" type="date" required value={from} onChange={({ target }) => setFrom(target.value)} />
      </label>
      <label>
        {t(words('note'))}
        <input
          name="note"
          type="text"
          required
          minLength={2}
          maxLength={400}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <div className={styles.wide}>{fields(draft, setDraft)}</div>
      <div className={styles.actions}>
        <Button kind="primary" type="submit" disabled={save.isPending}>
          {t(words('save'))}
        </Button>
        <Button onClick={onClose}>{t('dispatch.cancel')}</Button>
        {save.error ? <span role="alert">{faultOf(save.error)}</span> : null}
      </div>
    </form>
  );
};

type RuleSetProps<V extends DatedVersion, D> = Pick<ChangeFormProps<D>, 'fields' | 'save'> & {
  name: string;
  title: string;
  lead: string;
  versions: readonly V[] | undefined;
  isKeeper: boolean;
  draftOf: (version: V) => D;
  said: (version: V) => ReactNode;
  onSave: (draft: D, change: DatedChange, onDone: () => void) => void;
  withdraw: Sent;
  onWithdraw: (change: Omit<DatedChange, 'from'>) => void;
};

/** Rules that change together from a day on: what they say and said, and the form that changes them. */
export const RuleSet = <V extends DatedVersion, D>(props: RuleSetProps<V, D>) => {
  const { name, title, lead, versions, isKeeper, draftOf, said, fields, save, onSave, withdraw, onWithdraw } = props;
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const newest = versions?.find(({ change }) => change?.act !== 'withdrawn');
  return (
    <section className={styles.replay} data-rule-set={name}>
      <h2>{title}</h2>
      <p className={styles.lead}>{lead}</p>
      {isKeeper && newest && !isOpen && (
        <Button data-act="change" onClick={() => setOpen(true)}>
          {t(words('change'))}
        </Button>
      )}
      {newest && isOpen && (
        <ChangeForm
          first={draftOf(newest)}
          seen={newest.from}
          fields={fields}
          save={save}
          onSave={(draft, change) => onSave(draft, change, () => setOpen(false))}
          onClose={() => setOpen(false)}
        />
      )}
      <Versions versions={versions} isKeeper={isKeeper} said={said} withdraw={withdraw} onWithdraw={onWithdraw} />
    </section>
  );
};
