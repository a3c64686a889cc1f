'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { useText } from '@/components/feed/text';
import { type Outputs, useTRPC } from '@/components/feed/trpc';
import { Versions } from '@/components/panel/versions';
import { RuleForm } from './rule-form';
import type { Rule } from './rule-table';
import styles from './screen.module.css';

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

/** One category: what it may be changed to, and every row it has or had (沿革). */
export const RuleDetail = ({ rule, isKeeper }: { rule: Rule; isKeeper: boolean }) => {
  const { t, term } = useText();
  const api = useTRPC();
  const { category } = rule;
  const history = useQuery(api.dispatch.ruleHistory.queryOptions({ category }));
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries(api.dispatch.pathFilter());
  const withdraw = useMutation(api.dispatch.withdrawRule.mutationOptions({ onSettled }));
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
      <Versions
        versions={history.data}
        isKeeper={isKeeper}
        said={(version) => <Said version={version} />}
        withdraw={withdraw}
        onWithdraw={(change) => withdraw.mutate({ category, ...change })}
      />
    </section>
  );
};
