'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { RuleForm } from './rule-form';
import type { Rule } from './rule-table';
import styles from './screen.module.css';
import { useFault } from './use-fault';
import { useLocalDay } from './use-local-day';

const words = (name: string) => `dispatch.rules.${name}`;
type Version = Outputs['dispatch']['ruleHistory'][number];

const Said = ({ version }: { version: Version }) => {
  const { t, term } = useText();
  const { level, acceptMinutes, handleHours, department, isListed, isAuto, closeCondition } = version;
  const said: [string, string][] = [
    ['level', term('event-level', String(level))],
    ['accept', String(acceptMinutes ?? '—')],
    ['handle', String(handleHours ?? '—')],
    ['department', department ? term('department', department) : '—'],
    ['listed', t(words(isListed ? 'yes' : 'no'))],
    ['auto', t(words(isAuto ? 'yes' : 'no'))],
    ['condition', closeCondition ? term('close-condition', closeCondition) : '—'],
  ];
  return (
    <dl className={styles.said}>
      {said.map(([name, value]) => (
        <div key={name}>
          <dt>{t(words(name))}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Withdraw = ({ category, seen }: { category: string; seen: string }) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const faultOf = useFault();
  const onSettled = () => client.invalidateQueries(api.dispatch.pathFilter());
  const withdraw = useMutation(api.dispatch.withdrawRule.mutationOptions({ onSettled }));
  return (
    <>
      <Button
        data-act="withdraw"
        disabled={withdraw.isPending}
        onClick={() => withdraw.mutate({ category, seen, note: t(words('withdraw')) })}
      >
        {t(words('withdraw'))}
      </Button>
      {withdraw.error && <span role="alert">{faultOf(withdraw.error)}</span>}
    </>
  );
};

const Row = ({ version, isKeeper }: { version: Version; isKeeper: boolean }) => {
  const { t } = useText();
  const localDay = useLocalDay();
  const { from, until, change } = version;
  const isWithdrawn = change?.act === 'withdrawn';
  const span = { from: localDay(from), to: until ? localDay(until) : '' };
  const isToCome = Date.parse(from) > Date.now() && !isWithdrawn;
  return (
    <li data-version={from} data-withdrawn={isWithdrawn || undefined}>
      <p className={styles.span}>
        <strong>{t(words(until && !isWithdrawn ? 'span' : 'since'), span)}</strong>
        {isWithdrawn && <em>{t(words('withdrawn'))}</em>}
        {isToCome && isKeeper && <Withdraw category={version.category} seen={from} />}
      </p>
      <Said version={version} />
      <small>
        {change
          ? t(words('by'), { actor: change.actor, at: localDay(change.at), note: change.note })
          : t(words('byList'))}
      </small>
    </li>
  );
};

/** One category: what it may be changed to, and every row it has or had (沿革). */
export const RuleDetail = ({ rule, isKeeper }: { rule: Rule; isKeeper: boolean }) => {
  const { t, term } = useText();
  const api = useTRPC();
  const { category } = rule;
  const history = useQuery(api.dispatch.ruleHistory.queryOptions({ category }));
  const [isOpen, setOpen] = useState(false);
  const newest = history.data?.find(({ change }) => change?.act !== 'withdrawn');
  return (
    <section className={styles.detail} data-rule={category}>
      <h2>{`${category} ${term('event-category', category)}`}</h2>
      {!isKeeper && <p>{t(words('readOnly'))}</p>}
      {isKeeper && newest && !isOpen && (
        <Button kind="primary" data-act="change" onClick={() => setOpen(true)}>
          {t(words('change'))}
        </Button>
      )}
      {newest && isOpen && <RuleForm newest={newest} onClose={() => setOpen(false)} />}
      <h3>{t(words('history'))}</h3>
      <ol className={styles.history}>
        {history.data?.map((version) => (
          <Row key={`${version.from} ${version.change?.at}`} version={version} isKeeper={isKeeper} />
        ))}
      </ol>
    </section>
  );
};
