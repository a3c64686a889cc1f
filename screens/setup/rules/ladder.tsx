'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import type { PolicyRung } from '@/data/model/supervision';
import { byLevel, LadderFields } from './ladder-fields';
import { RuleSet } from './rule-set';
import styles from './screen.module.css';

/** A ladder as a table: a rung a row, hours of the four levels side by side. */
const LadderTable = ({ rungs }: { rungs: readonly PolicyRung[] }) => {
  const { t, term } = useText();
  return (
    <div className={styles.scroll}>
      <table className={styles.pairs}>
        <thead>
          <tr>
            <th scope="col">{t('ladder.rung')}</th>
            <th scope="col" data-end="">
              {t('ladder.share')}
            </th>
            {byLevel.map(({ word }) => (
              <th key={word} scope="col" data-end="">
                {t(`ladder.${word}`)}
                <br />Ⅰ / Ⅱ / Ⅲ / Ⅳ
              </th>
            ))}
            <th scope="col">{t('ladder.posts')}</th>
            <th scope="col">{t('ladder.channels')}</th>
          </tr>
        </thead>
        <tbody>
          {rungs.map((rung) => (
            <tr key={rung.code} data-rung={rung.code}>
              <th scope="row">{term('supervision-rung', rung.code)}</th>
              <td>{Math.round(rung.atShare * 100)}</td>
              {byLevel.map(({ name }) => (
                <td key={name}>{rung[name].join(' / ')}</td>
              ))}
              <th>{rung.posts.map((post) => t(`ladder.post.${post}`)).join(' · ')}</th>
              <th>{rung.channels.map((code) => term('notice-channel', code)).join(' · ')}</th>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** The ladder of supervision, as it stands, stood and will stand (督办阶梯). */
export const Ladder = ({ isKeeper }: { isKeeper: boolean }) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const history = useQuery(api.supervision.policyHistory.queryOptions());
  const onSettled = () => client.invalidateQueries(api.supervision.policyHistory.pathFilter());
  const save = useMutation(api.supervision.changePolicy.mutationOptions({ onSettled }));
  const withdraw = useMutation(api.supervision.withdrawPolicy.mutationOptions({ onSettled }));
  return (
    <RuleSet
      name="ladder"
      title={t('ladder.title')}
      lead={t('ladder.lead')}
      versions={history.data}
      isKeeper={isKeeper}
      draftOf={({ rungs }) => rungs}
      said={({ rungs }) => <LadderTable rungs={rungs} />}
      fields={(draft, set) => <LadderFields draft={draft} set={set} />}
      save={save}
      onSave={(rungs, change, onSuccess) => save.mutate({ rungs, ...change }, { onSuccess })}
      withdraw={withdraw}
      onWithdraw={withdraw.mutate}
    />
  );
};
