'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './assess-entry.module.css';
import { ItemForm } from './assess-item-form';
import { type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { CardSection } from './card';

const words = (name: string) => `assess.${name}`;

type FormProps = { scores: Scores; row: ScoreRow };

const EntryForm = ({ scores: { level, period, plan }, row }: FormProps) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const enter = useMutation(
    api.assessment.enter.mutationOptions({ onSettled: () => client.invalidateQueries(api.assessment.pathFilter()) }),
  );
  return (
    <ItemForm
      kind="entry"
      items={plan.items.filter(({ kind }) => kind === 'offline')}
      inputs={[
        { name: 'points', label: t(words('points')), isPoints: true },
        { name: 'note', label: t(words('note')) },
      ]}
      action={t(words('enter'))}
      answer={enter.isError ? t(`common.problem.${problemOf(enter.error)}`) : enter.isSuccess ? t(words('kept')) : ''}
      isPending={enter.isPending}
      onSend={(item, { points, note = '' }, clear) =>
        enter.mutate({ level, period, subject: row.code, item, points: Number(points), note }, { onSuccess: clear })
      }
    />
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
  const isEmpty = asked.data?.length === 0;
  const { nameIn, actorName, stamp } = useAssessWords();
  return (
    <CardSection title={t(words('hand'))} caption={t(words('handNote'))}>
      {isEmpty && <p className={styles.none}>{t(words('noHand'))}</p>}
      <ul className={styles.list} data-entries={entries.length}>
        {entries.toReversed().map((entry) => (
          <li key={`${entry.item}.${entry.recordedAt}`}>
            <span>{nameIn(form.scores.plan, entry.item)}</span>
            <b>{entry.points}</b>
            <small>{[entry.note, actorName(entry.actor), stamp(entry.recordedAt)].filter(Boolean).join(' · ')}</small>
          </li>
        ))}
      </ul>
      {isScorer && <EntryForm key={form.row.code} {...form} />}
    </CardSection>
  );
};
