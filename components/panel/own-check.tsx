'use client';

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { faultsOf, OwnDraft, type OwnFault } from '@/data/metrics/own';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './own-form.module.css';

const words = (name: string) => `own.${name}`;
/** Milliseconds a text stands still before it is tried. */
const restMs = 400;

export const useDefine = () => useMutation(useTRPC().metric.define.mutationOptions());

const useRested = <T,>(value: T): T => {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
};

const Fault = ({ fault }: { fault: OwnFault }) => {
  const { t } = useText();
  const where = t(words('where'), { field: t(words(fault.field)), at: fault.at + 1 });
  return (
    <li data-fault={fault.code}>
      {where} {t(words(`fault.${fault.code}`), { found: fault.found })}
    </li>
  );
};

/** Enough of an indicator to try it: names and texts may still be missing. */
const tried = (draft: OwnDraft): OwnDraft => ({
  ...draft,
  slug: OwnDraft.shape.slug.safeParse(draft.slug).data ?? 'trial',
  name: { zh: draft.name.zh || '-', en: draft.name.en || '-' },
  meaning: { zh: draft.meaning.zh || '-', en: draft.meaning.en || '-' },
});

type CheckProps = { draft: OwnDraft; define: ReturnType<typeof useDefine> };

/** What is to be changed, else what the indicator would answer for the last thirty days; then it may be kept. */
export const OwnCheck = ({ draft, define }: CheckProps) => {
  const { t } = useText();
  const api = useTRPC();
  const faults = faultsOf(draft);
  const rested = useRested(draft);
  const trial = OwnDraft.safeParse(tried(rested)).data;
  const isTried = trial !== undefined && faultsOf(rested).length === 0;
  const { data, error } = useQuery({
    ...api.metric.check.queryOptions(trial ?? tried(draft), { enabled: isTried }),
    placeholderData: keepPreviousData,
  });
  const isReady = faults.length === 0 && OwnDraft.safeParse(draft).success;
  return (
    <div className={styles.check}>
      <ul className={styles.faults} role="status">
        {faults.map((fault) => (
          <Fault key={fault.field} fault={fault} />
        ))}
        {faults.length === 0 && !isReady && <li>{t(words('missing'))}</li>}
        {error && faults.length === 0 && <li>{t(`common.problem.${problemOf(error)}`)}</li>}
      </ul>
      {isTried && data?.answer && faults.length === 0 && (
        <p className={styles.preview} data-preview="">
          {t(words('preview'))} <Figure answer={data.answer} />
          <small>{t('panel.rank-board.n', { n: data.answer.cells[0]?.n ?? 0 })}</small>
        </p>
      )}
      <p className={styles.actions}>
        <Button kind="primary" type="submit" aria-disabled={!isReady || define.isPending}>
          {t(words('keep'))}
        </Button>
        <span role="status">{define.isError && t(`common.problem.${problemOf(define.error)}`)}</span>
      </p>
    </div>
  );
};
