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
import { CategoryPick } from '../panel/category-pick';
import { definePanel } from '../panel/panel';
import { AreaMenu, Field } from '../panel/standby-field';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'drill-report';
const words = (name: string) => `drill.report.${name}`;
/** Source of what a desk writes itself. */
const source = '01';

const Form = ({ set: open }: { set: (patch: Partial<View>) => void }) => {
  const api = useTRPC();
  const { t, term, words: list, lang } = useText();
  const again = useAskedAgain();
  const divisions = useDivisions();
  const [grid, setGrid] = useState(divisions.below(divisions.root.code, 'grid')[0]?.code ?? divisions.root.code);
  const [category, setCategory] = useState<string | null>(null);
  const [text, setText] = useState('');
  const send = useMutation(
    api.event.report.mutationOptions({
      onSettled: again,
      onSuccess: ({ id }) => open({ selection: `event:${id}` }),
    }),
  );
  const position = divisions.byCode(grid)?.center;
  const categories = list('event-category').map(({ code, label }) => ({ code, zh: label, en: label }));
  const report = () => {
    if (category === null || !position) return;
    const title = text.trim() === '' ? term('event-category', category) : text.trim();
    send.mutate({
      ...{ clientKey: crypto.randomUUID(), category, source, title, position, description: '', address: '' },
      ...{ buildingCode: null, dwellingCode: null },
    });
  };
  return (
    <form className={styles.form} onSubmit={(submit) => submit.preventDefault()}>
      <div className={styles.row}>
        <AreaMenu levels={['grid']} value={grid} onChoose={setGrid} />
        <b data-chosen={category ?? ''}>
          {category === null ? t(words('category')) : term('event-category', category)}
        </b>
      </div>
      <CategoryPick guesses={[]} words={categories} lang={lang} chosen={category} t={t} onChoose={setCategory} />
      <Field label={t(words('title'))}>
        <input
          className={styles.input}
          name="title"
          maxLength={60}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <div className={styles.row}>
        <Button kind="primary" data-move="report" disabled={category === null || send.isPending} onClick={report}>
          {t(words('send'))}
        </Button>
        <p role="status">{send.isError && t(`common.problem.${problemOf(send.error)}`)}</p>
      </div>
    </form>
  );
};

/** Reports an event of the drill a screen is in (演练上报). */
export const drillReport = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ set }) => <Form set={set} />,
});
