'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { type DoubtRule, doubtRules, VerifyDraft } from '@/data/model/verify';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { CheckMenu, ChoiceMenu } from '../base/menu';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/address.module.css';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';

const words = (name: string) => `verify.form.${name}`;

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t, term } = useText();
  const divisions = useDivisions();
  const { root } = divisions;
  const again = useAskedAgain();
  const [draft, setDraft] = useState<VerifyDraft>(() => ({
    ...{ id: crypto.randomUUID(), name: '', division: root.code, rules: [...doubtRules] },
  }));
  const set = (part: Partial<VerifyDraft>) => setDraft({ ...draft, ...part });
  const send = useMutation(
    api.verify.open.mutationOptions({ onSettled: again, onSuccess: ({ id }) => open({ selection: `verify:${id}` }) }),
  );
  const below = (['subdistrict', 'community'] as const).flatMap((level) => divisions.below(root.code, level));
  const places = [root, ...below].map(({ code }) => ({ value: code, label: divisions.name(code) }));
  const isAll = draft.rules.length === doubtRules.length;
  return (
    <form
      className={styles.form}
      onSubmit={(submit) => {
        submit.preventDefault();
        send.mutate(draft);
      }}
    >
      <div className={styles.moves}>
        <input
          className={styles.wide}
          aria-label={t(words('name'))}
          placeholder={t(words('name'))}
          maxLength={60}
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
        <ChoiceMenu
          label={t(words('division'))}
          value={draft.division}
          choices={places}
          onChoose={(division) => set({ division })}
          className={styles.menu}
        >
          {divisions.name(draft.division)}
          <ChevronDown aria-hidden />
        </ChoiceMenu>
        <CheckMenu
          label={t(words('rules'))}
          choices={doubtRules.map((rule) => ({ value: rule, label: `${rule} ${term('doubt-rule', rule)}` }))}
          chosen={draft.rules}
          onChange={(rules) => set({ rules: doubtRules.filter((rule): rule is DoubtRule => rules.includes(rule)) })}
          className={styles.menu}
        >
          {isAll ? t(words('allRules')) : t(words('nRules'), { n: draft.rules.length })}
          <ChevronDown aria-hidden />
        </CheckMenu>
        <Button kind="primary" type="submit" disabled={!VerifyDraft.safeParse(draft).success || send.isPending}>
          {t(words('open'))}
        </Button>
      </div>
      <p role="status">{send.isError && problemWords(send.error, t)}</p>
    </form>
  );
};

/** Runs a set of rules over a division: what they find is a new batch (新开一批). */
export const verifyForm = definePanel({
  key: 'verify-form',
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
