'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemOf } from '@/components/feed/failure';
import { FeedProvider } from '@/components/feed/provider';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { Ladder } from './ladder';
import { Quiet } from './quiet';
import { ReplayBox } from './replay-box';
import { RuleDetail } from './rule-detail';
import { RuleTable } from './rule-table';
import styles from './screen.module.css';

const Page = () => {
  const { t } = useText();
  const api = useTRPC();
  const rules = useQuery(api.dispatch.rules.queryOptions());
  const rights = useQuery(api.dispatch.rights.queryOptions());
  const [chosen, choose] = useState<string | null>(null);
  useEffect(() => {
    document.documentElement.dataset.theme = 'light';
  }, []);
  const error = rules.error ?? rights.error;
  const rule = rules.data?.find(({ category }) => category === chosen);
  const isReady = rules.data !== undefined && rights.data !== undefined;
  return (
    <main
      className={styles.page}
      data-screen="setup"
      data-state={error ? 'failed' : isReady ? 'ready' : 'waiting'}
      data-size="desk"
    >
      <h1>{t('dispatch.rules.title')}</h1>
      <p className={styles.lead}>{t('dispatch.rules.lead')}</p>
      {error && <p role="alert">{t(`common.problem.${problemOf(error)}`)}</p>}
      {isReady && (
        <>
          <div className={styles.columns}>
            <RuleTable rules={rules.data} chosen={chosen} onChoose={choose} />
            {rule ? (
              <RuleDetail key={`${rule.category} ${rule.nRows}`} rule={rule} isKeeper={rights.data.isKeeper} />
            ) : (
              <p className={styles.choose}>{t('dispatch.rules.choose')}</p>
            )}
          </div>
          <Ladder isKeeper={rights.data.isKeeper} />
          <Quiet isKeeper={rights.data.isKeeper} />
          <ReplayBox rules={rules.data} />
        </>
      )}
    </main>
  );
};

/** Where the rules of dispatch, the ladder and quiet hours are kept, and past decisions are replayed under them or under others (分拨规则). */
export const RulesScreen = () => (
  <FeedProvider screen="mid">
    <Page />
  </FeedProvider>
);
