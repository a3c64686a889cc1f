'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { View } from '@/data/model/view';
import { VolunteerCallDraft } from '@/data/model/volunteer';
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

const key = 'volunteer-form';
const words = (name: string) => `volunteer.form.${name}`;

/** Instant of what a `datetime-local` field says, by the clock of this device; '' stays ''. */
const instantOf = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t, term, words: list } = useText();
  const again = useAskedAgain();
  const { root } = useDivisions();
  const services = list('volunteer-service');
  const [id] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState({ division: root.code, service: services[0]?.code ?? '', nWanted: 10 });
  const [told, setTold] = useState({ title: '', address: '', startsAt: '', endsAt: '' });
  const send = useMutation(
    api.volunteer.open.mutationOptions({
      onSettled: again,
      onSuccess: (made) => open({ selection: `volunteer:${made.id}` }),
    }),
  );
  const parsed = VolunteerCallDraft.safeParse({
    ...{ id, ...draft, ...told },
    ...{ startsAt: instantOf(told.startsAt), endsAt: instantOf(told.endsAt) },
  });
  const entry = (name: keyof typeof told, type: string) => (
    <Field key={name} label={t(words(name))}>
      <input
        className={styles.input}
        type={type}
        name={name}
        maxLength={name === 'address' ? 120 : 60}
        value={told[name]}
        onChange={({ target }) => setTold({ ...told, [name]: target.value })}
      />
    </Field>
  );
  return (
    <form
      className={styles.form}
      data-form="volunteer"
      onSubmit={(submit) => {
        submit.preventDefault();
        if (parsed.success) send.mutate(parsed.data);
      }}
    >
      <div className={styles.row}>
        <ChoiceMenu
          label={t(words('service'))}
          value={draft.service}
          choices={services.map(({ code, label }) => ({ value: code, label }))}
          onChoose={(service) => setDraft({ ...draft, service })}
          className={styles.menu}
        >
          {term('volunteer-service', draft.service)}
          <ChevronDown aria-hidden />
        </ChoiceMenu>
        <AreaMenu
          levels={['subdistrict', 'community']}
          value={draft.division}
          onChoose={(division) => setDraft({ ...draft, division })}
        />
      </div>
      {entry('title', 'text')}
      {entry('address', 'text')}
      <div className={styles.row}>
        {entry('startsAt', 'datetime-local')}
        {entry('endsAt', 'datetime-local')}
        <Field label={t(words('nWanted'))}>
          <input
            className={styles.input}
            type="number"
            name="nWanted"
            min={1}
            max={200}
            value={draft.nWanted}
            onChange={({ target }) => setDraft({ ...draft, nWanted: target.valueAsNumber || 1 })}
          />
        </Field>
      </div>
      <Button kind="primary" type="submit" disabled={!parsed.success || send.isPending}>
        {t(words('send'))}
      </Button>
      <p role="status">{send.isError && t(`common.problem.${problemOf(send.error)}`)}</p>
    </form>
  );
};

/** Calls for volunteers in an area (召集志愿者). */
export const volunteerForm = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
