'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { View } from '@/data/model/view';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './assess-entry.module.css';
import { ItemForm } from './assess-item-form';
import { type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { CardSection } from './card';

const words = (name: string) => `assess.${name}`;

type AppealProps = { scores: Scores; row: ScoreRow; view: View };

const AppealForm = ({ scores: { level, period, plan }, row, view: { at, known } }: AppealProps) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const appeal = useMutation(
    api.assessment.appeal.mutationOptions({
      onSettled: () => client.invalidateQueries(api.assessment.appeals.pathFilter()),
    }),
  );
  return (
    <ItemForm
      kind="appeal"
      items={plan.items.filter(({ kind }) => kind === 'online')}
      inputs={[{ name: 'reason', label: t(words('reason')) }]}
      action={t(words('send'))}
      answer={
        appeal.isError ? t(`common.problem.${problemOf(appeal.error)}`) : appeal.isSuccess ? t(words('kept')) : ''
      }
      isPending={appeal.isPending}
      onSend={(item, { reason = '' }, clear) =>
        appeal.mutate({ level, period, subject: row.code, item, reason, at, known }, { onSuccess: clear })
      }
    />
  );
};

/** Appeals against a score, each with the rows it pinned (申诉). */
export const AppealSection = (props: AppealProps) => {
  const { scores, row } = props;
  const { t } = useText();
  const { nameIn, actorName, stamp } = useAssessWords();
  const api = useTRPC();
  const { level, period } = scores;
  const { data: appeals } = useQuery(api.assessment.appeals.queryOptions({ level, period, subject: row.code }));
  return (
    <CardSection title={t(words('appeal'))} caption={t(words('appealNote'))}>
      <ul className={styles.list} data-appeals={appeals?.length}>
        {appeals?.map(({ id, item, reason, numerator, denominator, nRows, asOf, actor, recordedAt }) => (
          <li key={id}>
            <span>{nameIn(scores.plan, item)}</span>
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
