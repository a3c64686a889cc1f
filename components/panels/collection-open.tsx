'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '@/data/model/answer';
import type { OpenRecord } from '@/data/model/collection';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { formatStamp } from '../base/format';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from '../panel/address.module.css';
import { definePanel } from '../panel/panel';
import { useAskedAgain } from '../panel/use-asked-again';

const words = (name: string) => `collection.desk.${name}`;
const shownAtFirst = 4;
/** Posts that judge what was collected. */
const judges = ['R2', 'R3', 'R4'];

const Row = ({ open, isLive }: { open: OpenRecord; isLive: boolean }) => {
  const { t, lang, installation } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const decide = useMutation(api.collection.decide.mutationOptions({ onSettled: again }));
  const { id, seq, kind, act, why, at, address, told, candidates } = open;
  const mayDecide = open.mayDecide && isLive;
  const choose = (choice: 'same' | 'other' | 'dismiss', candidate: string | null = null) =>
    decide.mutate({ id, seq, choice, candidate });
  return (
    <li className={styles.row} data-open={`${id} ${seq}`} data-why={why}>
      <p>
        <b>{told}</b>
        <small>{t(words(`why.${why}`))}</small>
      </p>
      <p className={styles.note}>
        {[t(`collection.tab.${kind}`), address, formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang)].join(
          ' · ',
        )}
      </p>
      <ul className={styles.candidates} aria-label={t(words('candidates'))}>
        {candidates.map(({ key, label }) => (
          <li key={key} data-candidate={key}>
            <span>{label}</span>
            {mayDecide && (
              <Button disabled={decide.isPending} onClick={() => choose('same', key)}>
                {t(words(act === 'move' ? 'here' : 'same'))}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className={styles.moves}>
        {mayDecide && act !== 'move' && (
          <Button kind="quiet" disabled={decide.isPending} onClick={() => choose('other')}>
            {t(words('other'))}
          </Button>
        )}
        {mayDecide && (
          <Button kind="quiet" disabled={decide.isPending} onClick={() => choose('dismiss')}>
            {t(words('dismiss'))}
          </Button>
        )}
        <span role="status" className={styles.note}>
          {decide.isError ? problemWords(decide.error, t) : !open.mayDecide && t('intake.refused.same_post')}
        </span>
      </div>
    </li>
  );
};

/** What stands to be decided now, for those who may. */
const List = ({ isLive }: { isLive: boolean }) => {
  const { t } = useText();
  const api = useTRPC();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY })).data;
  const isJudge = me !== undefined && judges.includes(me.role);
  const [nShown, setShown] = useState(shownAtFirst);
  const rows = useQuery({ ...api.collection.unmatched.queryOptions(), enabled: isJudge }).data ?? [];
  if (!isJudge) return null;
  if (rows.length === 0) return <p className={styles.note}>{t(words('none'))}</p>;
  return (
    <>
      <ul className={styles.rows}>
        {rows.slice(0, nShown).map((open) => (
          <Row key={`${open.id} ${open.seq}`} open={open} isLive={isLive} />
        ))}
      </ul>
      {rows.length > nShown && (
        <Button kind="quiet" onClick={() => setShown(nShown + shownAtFirst)}>
          {t('phone.more', { n: rows.length - nShown })}
        </Button>
      )}
    </>
  );
};

const Body = ({ rate, isLive }: { rate: Answer; isLive: boolean }) => {
  const { t } = useText();
  return (
    <>
      <p className={styles.headline}>
        <span>{t(words('share'))}</span>
        <b>
          <Figure answer={rate} />
        </b>
        <span>
          <Figure answer={rate} part="numerator" hasUnit={false} /> /{' '}
          <Figure answer={rate} part="denominator" hasUnit={false} />
        </span>
      </p>
      <List isLive={isLive} />
    </>
  );
};

/** What share of the records collected at the door was linked by itself, and those that wait for somebody to decide (关联核录). */
export const collectionOpen = definePanel({
  key: 'collection-open',
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    rate: api.metric.ask.queryOptions({
      metric: 'record.door_linked_rate',
      question: { division: null, period: 'P90D', at: view.at, known: view.known, filters: [] },
    }),
  }),
  draw: ({ data: { rate }, view }) => <Body rate={rate} isLive={view.at === null} />,
});
