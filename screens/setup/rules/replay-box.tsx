'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/base/button';
import { useLocalDay } from '@/components/feed/local-day';
import { useRuleFault } from '@/components/feed/rule-fault';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import type { RoutePeriod, WhatIfChange } from '@/data/model/dispatch';
import type { Rule } from './rule-table';
import styles from './screen.module.css';
import { ChangeForm, useChangeWords } from './what-if-form';
import { WhatIfResult } from './what-if-result';

const words = (name: string) => `dispatch.${name}`;
const dayMs = 86_400_000;
/** Days looked back to at first. */
const daysBack = 90;

type Period = NonNullable<RoutePeriod>;

const Days = ({ period, set }: { period: Period; set: (period: Period) => void }) => {
  const { t } = useText();
  return (['from', 'until'] as const).map((name) => (
    <label key={name}>
      {t(words(`replay.${name}`))}
      <input
        type="date"
        name={`replay-${name}`}
        value={period[name]}
        onChange={({ target }) => set({ ...period, [name]: target.value })}
      />
    </label>
  ));
};

/** Decides a period again and says how many are as on record. */
const Replay = ({ period }: { period: Period }) => {
  const { t } = useText();
  const api = useTRPC();
  const faultOf = useRuleFault();
  const { data, error, isFetching } = useQuery(api.dispatch.replay.queryOptions({ period }));
  if (error) return <p role="alert">{faultOf(error)}</p>;
  if (isFetching || !data) return <p role="status">{t(words('replay.running'))}</p>;
  const { nRoutes: n, nSame: same, nByHand } = data;
  const share = n === 0 ? '—' : `${((same / n) * 100).toFixed(same === n ? 0 : 2)}%`;
  return (
    <p role="status" data-replay={`${same}/${n}`}>
      {t(words('replay.result'), { n: n.toLocaleString('en-GB'), same: same.toLocaleString('en-GB'), share })}
      {nByHand > 0 && t(words('replay.byHand'), { n: nByHand.toLocaleString('en-GB') })}
    </p>
  );
};

const WhatIf = ({ asked }: { asked: { period: Period; changes: WhatIfChange[] } }) => {
  const { t } = useText();
  const api = useTRPC();
  const faultOf = useRuleFault();
  const { data, error } = useQuery(api.dispatch.whatIf.queryOptions(asked));
  if (error) return <p role="alert">{faultOf(error)}</p>;
  return data ? <WhatIfResult result={data} /> : <p role="status">{t(words('replay.running'))}</p>;
};

const Changes = ({ changes, drop }: { changes: readonly WhatIfChange[]; drop: (index: number) => void }) => {
  const { t } = useText();
  const changeWords = useChangeWords();
  return (
    <ul className={styles.changes}>
      {changes.map((change, i) => (
        <li key={JSON.stringify(change)}>
          {changeWords(change)}
          <Button kind="quiet" onClick={() => drop(i)}>
            {t(words('whatif.remove'))}
          </Button>
        </li>
      ))}
    </ul>
  );
};

/** Past decisions, decided again as they were, and under other rules before those are adopted (回放、推演). */
export const ReplayBox = ({ rules }: { rules: readonly Rule[] }) => {
  const { t } = useText();
  const localDay = useLocalDay();
  const [period, setPeriod] = useState<Period>({
    from: localDay(new Date(Date.now() - daysBack * dayMs)),
    until: localDay(new Date(Date.now() + dayMs)),
  });
  const [replayed, setReplayed] = useState<Period | null>(null);
  const [changes, setChanges] = useState<WhatIfChange[]>([]);
  const [asked, setAsked] = useState<{ period: Period; changes: WhatIfChange[] } | null>(null);
  return (
    <section className={styles.replay}>
      <h2>{t(words('replay.title'))}</h2>
      <div className={styles.filter}>
        <Days period={period} set={setPeriod} />
        <Button data-act="replay" onClick={() => setReplayed(period)}>
          {t(words('replay.run'))}
        </Button>
      </div>
      {replayed && <Replay key={JSON.stringify(replayed)} period={replayed} />}
      <ChangeForm rules={rules} onAdd={(change) => setChanges([...changes, change])} />
      <Changes changes={changes} drop={(index) => setChanges(changes.filter((_, i) => i !== index))} />
      {changes.length > 0 && (
        <Button kind="primary" data-act="what-if" onClick={() => setAsked({ period, changes })}>
          {t(words('whatif.run'))}
        </Button>
      )}
      {asked && <WhatIf key={JSON.stringify(asked)} asked={asked} />}
    </section>
  );
};
