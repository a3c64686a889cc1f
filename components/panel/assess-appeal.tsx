'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './assess-entry.module.css';
import { type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { CardSection } from './card';

const words = (name: string) => `assess.${name}`;

type AppealProps = { scores: Scores; row: ScoreRow; view: View };

const AppealForm = ({ scores: { level, period, plan }, row, view }: AppealProps) => {
  const { t } = useText();
  const { itemName } = useAssessWords();
  const api = useTRPC();
  const client = useQueryClient();
  const online = plan.items.filter(({ kind }) => kind === 'online');
  const [item, setItem] = useState(online[0]);
  const [reason, setReason] = useState('');
  const appeal = useMutation(
    api.assessment.appeal.mutationOptions({
      onSettled: () => client.invalidateQueries(api.assessment.appeals.pathFilter()),
    }),
  );
  const isReady = reason.trim().length > 1;
  if (!item) return null;
  const { at, known } = view;
  const send = () =>
    appeal.mutate(
      { level, period, subject: row.code, item: item.key, reason, at, known },
      { onSuccess: () => setReason('') },
    );
  return (
    <form
      className={styles.form}
      data-appeal=""
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isReady) send();
      }}
    >
      <ChoiceMenu
        label={`${t(words('item'))}: ${itemName(item)}`}
        value={item.key}
        choices={online.map((each) => ({ value: each.key, label: itemName(each) }))}
        onChoose={(key) => setItem(online.find((each) => each.key === key))}
        className={styles.choice}
      >
        {itemName(item)}
      </ChoiceMenu>
      <input
        aria-label={t(words('reason'))}
        placeholder={t(words('reason'))}
        maxLength={400}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="submit" aria-disabled={!isReady || appeal.isPending}>
        {t(words('send'))}
      </Button>
      <span role="status" className={styles.answer}>
        {appeal.isError && t(`common.problem.${problemOf(appeal.error)}`)}
        {appeal.isSuccess && t(words('kept'))}
      </span>
    </form>
  );
};

/** Appeals against a score, each with the rows it pinned (申诉). */
export const AppealSection = (props: AppealProps) => {
  const { scores, row } = props;
  const { t } = useText();
  const { itemName, actorName, stamp } = useAssessWords();
  const api = useTRPC();
  const { level, period } = scores;
  const { data: appeals } = useQuery(api.assessment.appeals.queryOptions({ level, period, subject: row.code }));
  const nameOf = (key: string) => {
    const item = scores.plan.items.find((each) => each.key === key);
    return item ? itemName(item) : key;
  };
  return (
    <CardSection title={t(words('appeal'))} caption={t(words('appealNote'))}>
      <ul className={styles.list} data-appeals={appeals?.length}>
        {appeals?.map(({ id, item, reason, numerator, denominator, nRows, asOf, actor, recordedAt }) => (
          <li key={id}>
            <span>{nameOf(item)}</span>
            <b>#{id}</b>
            <small>{[reason, actorName(actor), stamp(recordedAt)].filter(Boolean).join(' · ')}</small>
            <small>
              {t(words('pinned'), {
                ...{ numerator: numerator ?? '—', denominator: denominator ?? '—', n: nRows, at: stamp(asOf) },
              })}
            </small>
          </li>
        ))}
      </ul>
      <AppealForm key={row.code} {...props} />
    </CardSection>
  );
};
