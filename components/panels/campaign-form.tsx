'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { CampaignDraft, mostAreas } from '@/data/model/campaign';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { CheckMenu, ChoiceMenu } from '../base/menu';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/campaign-form.module.css';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'campaign-form';
const words = (name: string) => `campaign.form.${name}`;

const fresh = (): CampaignDraft => ({
  ...{ id: crypto.randomUUID(), name: '', areas: [], categories: [], department: '' },
  ...{ startsOn: '', endsOn: '', goal: '' },
});

const Field = ({ name, children }: { name: string; children: ReactNode }) => {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is passed in
    <label className={styles.field}>
      <span>{t(words(name))}</span>
      {children}
    </label>
  );
};

type PartProps = { draft: CampaignDraft; set: (part: Partial<CampaignDraft>) => void };

/** Which areas, which classes, who leads. */
const Choices = ({ draft, set }: PartProps) => {
  const { t, term, words: list } = useText();
  const divisions = useDivisions();
  const choices = (name: string) => list(name).map(({ code, label }) => ({ value: code, label }));
  const { root } = divisions;
  const below = (['subdistrict', 'community'] as const).flatMap((level) => divisions.below(root.code, level));
  const areas = (below.length > 0 ? below : [root]).map(({ code }) => ({ value: code, label: divisions.name(code) }));
  const named = (codes: string[], name: (code: string) => string, none: string) =>
    codes.length > 0 ? codes.map(name).join(t('campaign.join')) : t(words(none));
  return (
    <div className={styles.row}>
      <CheckMenu
        label={t(words('areas'))}
        choices={areas}
        chosen={draft.areas}
        onChange={(chosen) => set({ areas: chosen.slice(0, mostAreas) })}
        className={styles.menu}
      >
        {named(draft.areas, divisions.name, 'areas')}
        <ChevronDown aria-hidden />
      </CheckMenu>
      <CheckMenu
        label={t(words('categories'))}
        choices={choices('event-category-l1')}
        chosen={draft.categories}
        onChange={(categories) => set({ categories })}
        className={styles.menu}
      >
        {named(draft.categories, (code) => term('event-category-l1', code), 'all')}
        <ChevronDown aria-hidden />
      </CheckMenu>
      <ChoiceMenu
        label={t(words('department'))}
        value={draft.department || null}
        choices={choices('department')}
        onChoose={(department) => set({ department })}
        className={styles.menu}
      >
        {draft.department ? term('department', draft.department) : t(words('department'))}
        <ChevronDown aria-hidden />
      </ChoiceMenu>
    </div>
  );
};

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const [draft, setDraft] = useState(fresh);
  const set = (part: Partial<CampaignDraft>) => setDraft({ ...draft, ...part });
  const send = useMutation(
    api.campaign.open.mutationOptions({
      onSettled: again,
      onSuccess: ({ id }) => open({ selection: `campaign:${id}` }),
    }),
  );
  const fault = CampaignDraft.safeParse(draft).error?.issues[0]?.path[0];
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        send.mutate(draft);
      }}
    >
      <Field name="name">
        <input
          className={styles.input}
          maxLength={60}
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Choices draft={draft} set={set} />
      <div className={styles.row}>
        {(['startsOn', 'endsOn'] as const).map((name) => (
          <Field key={name} name={name}>
            <input
              className={styles.input}
              type="date"
              value={draft[name]}
              onChange={({ target }) => set({ [name]: target.value })}
            />
          </Field>
        ))}
      </div>
      <Field name="goal">
        <textarea
          className={styles.input}
          rows={3}
          maxLength={400}
          value={draft.goal}
          onChange={({ target }) => set({ goal: target.value })}
        />
      </Field>
      <div className={styles.row}>
        <Button kind="primary" type="submit" disabled={fault !== undefined || send.isPending}>
          {t(words('open'))}
        </Button>
        <p role="status">
          {send.isError
            ? t(`common.problem.${problemOf(send.error)}`)
            : fault !== undefined && t(words(`fault.${String(fault)}`))}
        </p>
      </div>
    </form>
  );
};

/** Opens a campaign (新建专项整治). */
export const campaignForm = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
