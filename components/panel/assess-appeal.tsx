'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { View } from '@/data/model/view';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import styles from './assess-entry.module.css';
import { ItemForm } from './assess-item-form';
import { type ScoreRow, type Scores, useAssessWords } from './assess-words';
import { CardSection } from './card';
import { PickLine } from './event-line';

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

/** Rows listed of one appeal. */
const mostRows = 50;

/** The rows an appeal pinned, with what each added as it stood then; one that is pressed is shown on the map. */
const PinnedRows = ({ id }: { id: number }) => {
  const { t } = useText();
  const { set } = useView();
  const api = useTRPC();
  const { data } = useQuery(api.assessment.appealById.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY }));
  if (!data) return <p>{t('common.state.waiting')}</p>;
  const { rows, fact } = data;
  return (
    <div data-pinned={rows.length}>
      <p>{t(words('pinnedOf'), { shown: Math.min(mostRows, rows.length), total: rows.length })}</p>
      {rows.slice(0, mostRows).map(([code, numerator, denominator]) => (
        <PickLine
          key={code}
          name={code}
          detail={`${numerator} / ${denominator}`}
          onPick={() => set({ page: 'analyst', selection: `${fact}:${code}` })}
        />
      ))}
    </div>
  );
};

const Pinned = ({ id }: { id: number }) => {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} data-appeal={id}>
      <summary className={styles.more}>{t(words('pinnedRows'))}</summary>
      {isOpen && <PinnedRows id={id} />}
    </details>
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
            {nRows > 0 && <Pinned id={id} />}
          </li>
        ))}
      </ul>
      <AppealForm key={row.code} {...props} />
    </CardSection>
  );
};
