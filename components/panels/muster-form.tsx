'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
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

const key = 'muster-form';
const words = (name: string) => `muster.form.${name}`;

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const { root } = useDivisions();
  const [division, setDivision] = useState(root.code);
  const [limitMinutes, setLimit] = useState(5);
  const [id] = useState(() => crypto.randomUUID());
  const send = useMutation(
    api.muster.open.mutationOptions({
      onSettled: again,
      onSuccess: (made) => open({ selection: `muster:${made.id}` }),
    }),
  );
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        send.mutate({ id, division, limitMinutes });
      }}
    >
      <div className={styles.row}>
        <AreaMenu levels={['subdistrict', 'community']} value={division} onChoose={setDivision} />
        <Field label={t(words('limit'))}>
          <input
            className={styles.input}
            type="number"
            min={1}
            max={60}
            value={limitMinutes}
            onChange={({ target }) => setLimit(Number(target.value))}
          />
        </Field>
        <Button kind="primary" type="submit" disabled={limitMinutes < 1 || limitMinutes > 60 || send.isPending}>
          {t(words('call'))}
        </Button>
      </div>
      <p role="status">{send.isError ? t(`common.problem.${problemOf(send.error)}`) : t(words('hint'))}</p>
    </form>
  );
};

/** Calls the roll of an area (点名). */
export const musterForm = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
