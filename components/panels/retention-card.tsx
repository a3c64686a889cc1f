'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Retention, RetentionDraft, type Timer, TimerCode, type TimerVersion } from '@/data/model/retention';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useLocalDay } from '../feed/local-day';
import { useRuleFault } from '../feed/rule-fault';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/address.module.css';
import { Card, CardFacts, CardSection } from '../panel/card';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { Versions } from '../panel/versions';

const key = 'retention-card';
const words = (name: string) => `catalog.retention.${name}`;
const dayMs = 86_400_000;

const useSettled = () => {
  const api = useTRPC();
  const client = useQueryClient();
  return () => client.invalidateQueries(api.retention.pathFilter());
};

/** Another number of days from a day on; the earliest is tomorrow. */
const Change = ({ timer, newest }: { timer: Timer; newest: TimerVersion }) => {
  const api = useTRPC();
  const { t } = useText();
  const localDay = useLocalDay();
  const faultOf = useRuleFault();
  const [draft, setDraft] = useState(() => ({
    ...{ days: String(newest.days), from: localDay(new Date(Date.now() + dayMs)), note: '' },
  }));
  const save = useMutation(api.retention.change.mutationOptions({ onSettled: useSettled() }));
  const parsed = RetentionDraft.safeParse({ ...draft, code: timer.code, seen: newest.from, days: Number(draft.days) });
  const submit = (press: FormEvent) => {
    press.preventDefault();
    if (parsed.success) save.mutate(parsed.data);
  };
  const entry = (name: keyof typeof draft, type: string) => (
    <label>
      {t(words(`form.${name}`))}{' '}
      <input
        name={name}
        type={type}
        className={styles.wide}
        value={draft[name]}
        onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
      />
    </label>
  );
  return (
    <form className={styles.form} onSubmit={submit} data-form="retention">
      {entry('days', 'number')}
      {entry('from', 'date')}
      {entry('note', 'text')}
      <div className={styles.moves}>
        <Button kind="primary" type="submit" disabled={!parsed.success || save.isPending}>
          {t(words('form.save'))}
        </Button>
        <span role="status">{save.isError ? faultOf(save.error) : save.isSuccess && t(words('form.saved'))}</span>
      </div>
    </form>
  );
};

type BodyProps = { told: Retention; versions: TimerVersion[]; code: string; set: (patch: Partial<View>) => void };

const Body = ({ told, versions, code, set }: BodyProps) => {
  const api = useTRPC();
  const { t, term, lang } = useText();
  const withdraw = useMutation(api.retention.withdraw.mutationOptions({ onSettled: useSettled() }));
  const timer = told.timers.find((one) => one.code === code);
  if (!timer) return null;
  const { act, days, least, most, from, why, nDue, nDone, lastNight } = timer;
  const newest = versions.find(({ change }) => change?.act !== 'withdrawn');
  return (
    <Card
      kicker={t(`panel.${key}.title`)}
      title={term('retention', code)}
      note={t('catalog.card.days', { n: days, from: from[lang] })}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t(words('why')), why[lang]],
          [t(words('act')), t(words(`act.${act}`))],
          [t(words('limits')), t(words('between'), { least, most })],
          [t(words('due')), nDue.toLocaleString(lang)],
          [t(words('done')), nDone.toLocaleString(lang)],
          [t(words('last')), lastNight],
        ]}
      />
      {told.mayKeep && newest && (
        <CardSection title={t(words('change'))}>
          <Change key={newest.from} timer={timer} newest={newest} />
        </CardSection>
      )}
      <Versions
        versions={versions}
        isKeeper={told.mayKeep}
        said={(version) => <p>{t('catalog.card.days', { n: version.days, from: from[lang] })}</p>}
        withdraw={withdraw}
        onWithdraw={(change) => withdraw.mutate({ code: timer.code, ...change })}
      />
    </Card>
  );
};

/** One timer: why, what it does, what is due and was taken, its versions, and the form that changes it (期限规则). */
export const retentionCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.retention.list.queryOptions(),
    versions: api.retention.history.queryOptions({
      code: TimerCode.catch('track').parse(partsOf(view.selection)?.code),
    }),
  }),
  draw: ({ data: { told, versions }, view, set }) => (
    <Body told={told} versions={versions} code={partsOf(view.selection)?.code ?? ''} set={set} />
  ),
});
