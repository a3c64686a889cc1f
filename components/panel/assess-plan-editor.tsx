'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type AssessLevel, faultOf, type PlanItem } from '@/data/model/assessment';
import { Button } from '../base/button';
import { Popup } from '../base/popup';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import styles from './assess-plan.module.css';
import { useAssessWords } from './assess-words';

const words = (name: string) => `assess.${name}`;

type Fields = { items: PlanItem[]; validFrom: string; note: string };

const useProposal = () => {
  const api = useTRPC();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries(api.assessment.pathFilter());
  return useMutation(api.assessment.propose.mutationOptions({ onSettled }));
};

type WeightProps = { item: PlanItem; change: (item: PlanItem) => void };

/** A share is typed in percent. */
const percent = (value: number) => Math.round(value * 1e4) / 100;

const WeightRow = ({ item, change }: WeightProps) => {
  const { t } = useText();
  const { itemName } = useAssessWords();
  const name = itemName(item);
  const number = (label: string, value: number, set: (value: number) => void) => (
    <input
      className={styles.number}
      type="number"
      step="any"
      aria-label={`${name} · ${label}`}
      value={Number.isFinite(value) ? value : ''}
      onChange={({ target }) => set(target.valueAsNumber)}
    />
  );
  return (
    <div className={styles.weight}>
      <span>{name}</span>
      {number(t(words('weightWord')), item.weight, (weight) => change({ ...item, weight }))}
      {item.kind === 'online' ? (
        number(t(words('targetWord')), percent(item.target), (target) => change({ ...item, target: target / 100 }))
      ) : (
        <span />
      )}
    </div>
  );
};

const Head = () => {
  const { t } = useText();
  return (
    <div className={styles.weight}>
      <small>{t(words('item'))}</small>
      <small>{t(words('weightWord'))}</small>
      <small>{t(words('targetWord'))}</small>
    </div>
  );
};

/** When the version begins, and why it is made. */
const Terms = ({ fields, set }: { fields: Fields; set: (fields: Fields) => void }) => {
  const { t } = useText();
  return (
    <>
      <label className={styles.field}>
        <span>{t(words('validFrom'))}</span>
        <input
          className={styles.input}
          type="date"
          value={fields.validFrom}
          onChange={({ target }) => set({ ...fields, validFrom: target.value })}
        />
        <small>{t(words('validNote'))}</small>
      </label>
      <label className={styles.field}>
        <span>{t(words('note'))}</span>
        <input
          className={styles.input}
          maxLength={200}
          value={fields.note}
          onChange={({ target }) => set({ ...fields, note: target.value })}
        />
      </label>
    </>
  );
};

type EditorProps = { plans: Outputs['assessment']['plans']; level: AssessLevel; onClose: () => void };

/** Weights and targets of the next version; what is wrong with them is said beside the sum. */
export const PlanEditor = ({ plans, level, onClose }: EditorProps) => {
  const { t } = useText();
  const newest = plans.at(-1);
  const [fields, setFields] = useState<Fields>({ items: newest?.items ?? [], validFrom: '', note: '' });
  const proposal = useProposal();
  const fault = faultOf(fields.items);
  const sum = fields.items.reduce((total, { weight }) => total + (Number.isFinite(weight) ? weight : 0), 0);
  const isReady = fault === null && fields.validFrom !== '' && fields.note.trim().length > 1;
  const change = (next: PlanItem) =>
    setFields({ ...fields, items: fields.items.map((item) => (item.key === next.key ? next : item)) });
  const send = () =>
    proposal.mutate(
      { level, cycle: newest?.cycle ?? 'quarter', version: newest?.version ?? 0, ...fields },
      { onSuccess: onClose },
    );
  return (
    <Popup title={t(words('edit'))} isOpen onClose={onClose}>
      <form
        className={styles.editor}
        data-editor=""
        onSubmit={(submit) => {
          submit.preventDefault();
          if (isReady) send();
        }}
      >
        <Head />
        {fields.items.map((item) => (
          <WeightRow key={item.key} item={item} change={change} />
        ))}
        <p className={styles.sum} data-fault={fault ?? undefined} role="status">
          {t(words('sum'), { n: Math.round(sum * 100) / 100 })}
          {fault && ` · ${t(words(`fault.${fault}`))}`}
        </p>
        <Terms fields={fields} set={setFields} />
        <p className={styles.actions}>
          <Button kind="primary" type="submit" aria-disabled={!isReady || proposal.isPending}>
            {t(words('propose'))}
          </Button>
          <span role="status">{proposal.isError && t(`common.problem.${problemOf(proposal.error)}`)}</span>
        </p>
      </form>
    </Popup>
  );
};
