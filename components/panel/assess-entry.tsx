'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './assess-entry.module.css';
import { type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { CardSection } from './card';

const words = (name: string) => `assess.${name}`;

type FormProps = { scores: Scores; row: ScoreRow };

const EntryForm = ({ scores: { level, period, plan }, row }: FormProps) => {
  const { t } = useText();
  const { itemName } = useAssessWords();
  const api = useTRPC();
  const client = useQueryClient();
  const byHand = plan.items.filter(({ kind }) => kind === 'offline');
  const [item, setItem] = useState(byHand[0]);
  const [points, setPoints] = useState('');
  const [note, setNote] = useState('');
  const enter = useMutation(
    api.assessment.enter.mutationOptions({ onSettled: () => client.invalidateQueries(api.assessment.pathFilter()) }),
  );
  const isReady = points !== '' && Number(points) >= 0 && Number(points) <= 100 && note.trim().length > 1;
  const clear = () => {
    setPoints('');
    setNote('');
  };
  if (!item) return null;
  const send = () =>
    enter.mutate(
      { level, period, subject: row.code, item: item.key, points: Number(points), note },
      { onSuccess: clear },
    );
  return (
    <form
      className={styles.form}
      data-entry=""
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isReady) send();
      }}
    >
      <ChoiceMenu
        label={`${t(words('item'))}: ${itemName(item)}`}
        value={item.key}
        choices={byHand.map((each) => ({ value: each.key, label: itemName(each) }))}
        onChoose={(key) => setItem(byHand.find((each) => each.key === key))}
        className={styles.choice}
      >
        {itemName(item)}
      </ChoiceMenu>
      <input
        type="number"
        min={0}
        max={100}
        step="any"
        aria-label={t(words('points'))}
        placeholder={t(words('points'))}
        value={points}
        onChange={({ target }) => setPoints(target.value)}
      />
      <input
        aria-label={t(words('note'))}
        placeholder={t(words('note'))}
        maxLength={200}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button type="submit" aria-disabled={!isReady || enter.isPending}>
        {t(words('enter'))}
      </Button>
      <span role="status" className={styles.answer}>
        {enter.isError && t(`common.problem.${problemOf(enter.error)}`)}
        {enter.isSuccess && t(words('kept'))}
      </span>
    </form>
  );
};

type HandProps = FormProps & { isScorer: boolean };

/** Scores entered by hand, who, when and why, apart from what the catalogue tells (线下评分). */
export const HandSection = ({ isScorer, ...form }: HandProps) => {
  const { t } = useText();
  const api = useTRPC();
  const { level, period } = form.scores;
  const asked = useQuery(api.assessment.offline.queryOptions({ level, period, subject: form.row.code }));
  const entries = asked.data ?? [];
  const { itemName, actorName, stamp } = useAssessWords();
  const nameOf = (key: string) => {
    const item = form.scores.plan.items.find((each) => each.key === key);
    return item ? itemName(item) : key;
  };
  return (
    <CardSection title={t(words('hand'))} caption={t(words('handNote'))}>
      {entries.length === 0 && <p className={styles.none}>{t(words('noHand'))}</p>}
      <ul className={styles.list} data-entries={entries.length}>
        {entries.toReversed().map((entry) => (
          <li key={`${entry.item}.${entry.recordedAt}`}>
            <span>{nameOf(entry.item)}</span>
            <b>{entry.points}</b>
            <small>{[entry.note, actorName(entry.actor), stamp(entry.recordedAt)].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
      {isScorer && <EntryForm key={form.row.code} {...form} />}
    </CardSection>
  );
};
