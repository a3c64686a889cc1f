'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { DrillDraft } from '@/data/model/drill';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/campaign-form.module.css';
import { definePanel } from '../panel/panel';
import { AreaMenu, Field } from '../panel/standby-field';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'drill-form';
const words = (name: string) => `drill.form.${name}`;

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const { root } = useDivisions();
  const [draft, setDraft] = useState({ name: '', goal: '', division: root.code, minutes: 60, from: '' });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const [id] = useState(() => crypto.randomUUID());
  const send = useMutation(
    api.drill.open.mutationOptions({
      onSettled: again,
      onSuccess: (made) => open({ selection: `drill:${made.id}` }),
    }),
  );
  const { from, ...rest } = draft;
  // without an instant it begins at once
  const startsAt = from === '' ? new Date().toISOString() : new Date(from).toISOString();
  const wanted = { ...rest, id, startsAt };
  const fault = DrillDraft.safeParse(wanted).error?.issues[0]?.path[0];
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        send.mutate(wanted);
      }}
    >
      <Field label={t(words('name'))}>
        <input
          className={styles.input}
          maxLength={60}
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <div className={styles.row}>
        <AreaMenu
          levels={['subdistrict', 'community']}
          value={draft.division}
          onChoose={(division) => set({ division })}
        />
        <Field label={t(words('from'))}>
          <input
            className={styles.input}
            type="datetime-local"
            value={from}
            onChange={({ target }) => set({ from: target.value })}
          />
        </Field>
        <Field label={t(words('minutes'))}>
          <input
            className={styles.input}
            type="number"
            min={10}
            max={480}
            step={10}
            value={draft.minutes}
            onChange={({ target }) => set({ minutes: Number(target.value) })}
          />
        </Field>
      </div>
      <Field label={t(words('goal'))}>
        <textarea
          className={styles.input}
          rows={2}
          maxLength={400}
          value={draft.goal}
          onChange={({ target }) => set({ goal: target.value })}
        />
      </Field>
      <div className={styles.row}>
        <Button kind="primary" type="submit" disabled={fault !== undefined || send.isPending}>
          {t(words('open'))}
        </Button>
        <p role="status">{send.isError && t(`common.problem.${problemOf(send.error)}`)}</p>
      </div>
    </form>
  );
};

/** Opens a drill for an area and a time (开展演练). */
export const drillForm = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
