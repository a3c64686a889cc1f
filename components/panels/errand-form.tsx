'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { type ErrandKind, errandKinds } from '@/data/model/errand';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/campaign-form.module.css';
import { definePanel } from '../panel/panel';
import { AreaMenu, Field } from '../panel/standby-field';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'errand-form';
const words = (name: string) => `errand.form.${name}`;

/** How far ahead the limit is set until another day is chosen, by kind. */
const usualDays: Record<ErrandKind, number> = { patrol: 7, inspect: 3 };
const dayMs = 86_400_000;

/** The end of a day of this device, some days from now. */
const dayIn = (days: number): string => new Date(Date.now() + days * dayMs).toLocaleDateString('sv-SE');

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const { root } = useDivisions();
  const [kind, setKind] = useState<ErrandKind>('patrol');
  const [division, setDivision] = useState(root.code);
  const [perGrid, setPerGrid] = useState(3);
  const [due, setDue] = useState('');
  const [note, setNote] = useState('');
  const [id] = useState(() => crypto.randomUUID());
  const day = due || dayIn(usualDays[kind]);
  const send = useMutation(
    api.errand.issue.mutationOptions({
      onSettled: again,
      onSuccess: (made) => open({ selection: `errand:${made.id}` }),
    }),
  );
  return (
    <form
      className={styles.form}
      data-form="errand"
      onSubmit={(submit) => {
        submit.preventDefault();
        send.mutate({ id, kind, division, perGrid, note, dueAt: new Date(`${day}T18:00:00`).toISOString() });
      }}
    >
      <div className={styles.row}>
        <ChoiceMenu
          label={t(words('kind'))}
          value={kind}
          choices={errandKinds.map((value) => ({ value, label: t(`errand.kind.${value}`) }))}
          onChoose={(value) => setKind(errandKinds.find((one) => one === value) ?? 'patrol')}
          className={styles.menu}
        >
          {t(`errand.kind.${kind}`)}
          <ChevronDown aria-hidden />
        </ChoiceMenu>
        <AreaMenu levels={['subdistrict', 'community', 'grid']} value={division} onChoose={setDivision} />
      </div>
      <div className={styles.row}>
        <Field label={t(words('perGrid'))}>
          <input
            className={styles.input}
            type="number"
            name="perGrid"
            required
            min={1}
            max={30}
            value={perGrid}
            onChange={({ target }) => setPerGrid(target.valueAsNumber || 1)}
          />
        </Field>
        <Field label={t(words('due'))}>
          <input
            className={styles.input}
            type="date"
            name="due"
            required
            value={day}
            onChange={({ target }) => setDue(target.value)}
          />
        </Field>
      </div>
      <Field label={t(words('note'))}>
        <input
          className={styles.input}
          name="note"
          maxLength={400}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </Field>
      <Button kind="primary" type="submit" disabled={send.isPending}>
        {t(words('send'))}
      </Button>
      <p role="status">{send.isError ? t(`common.problem.${problemOf(send.error)}`) : t(words(`hint.${kind}`))}</p>
    </form>
  );
};

/** Issues errands of one kind to the grids of an area (下派任务). */
export const errandForm = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
