'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import type { ChannelQuiet, QuietHours } from '@/data/model/notice';
import { RuleSet } from './rule-set';
import styles from './screen.module.css';

const clock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
const minuteOf = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

type FieldsProps = { draft: ChannelQuiet[]; set: (draft: ChannelQuiet[]) => void };

/** Both ends of each channel's hours; one left empty = none. */
const Fields = ({ draft, set }: FieldsProps) => {
  const { t, term } = useText();
  const put = (code: string, quiet: QuietHours | null) =>
    set(draft.map((one) => (one.code === code ? { ...one, quiet } : one)));
  const field = ({ code, quiet }: ChannelQuiet, end: keyof QuietHours) => (
    <label>
      {t(end === 'fromMinute' ? 'notice.quiet.begin' : 'notice.quiet.end', { name: term('notice-channel', code) })}
      <input
        type="time"
        name={`${code}-${end}`}
        value={quiet === null ? '' : clock(quiet[end])}
        onChange={({ target }) =>
          put(
            code,
            target.value === ''
              ? null
              : { ...(quiet ?? { fromMinute: 1320, toMinute: 420 }), [end]: minuteOf(target.value) },
          )
        }
      />
    </label>
  );
  return draft.map((one) => (
    <div key={one.code} className={styles.filter}>
      {field(one, 'fromMinute')}
      {field(one, 'toMinute')}
    </div>
  ));
};

/** Quiet hours of the ways out of the house (免打扰时段). */
export const Quiet = ({ isKeeper }: { isKeeper: boolean }) => {
  const { t, term } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const history = useQuery(api.notice.quietHistory.queryOptions());
  const onSettled = () => client.invalidateQueries(api.notice.quietHistory.pathFilter());
  const save = useMutation(api.notice.changeQuiet.mutationOptions({ onSettled }));
  const withdraw = useMutation(api.notice.withdrawQuiet.mutationOptions({ onSettled }));
  return (
    <RuleSet
      name="quiet"
      title={t('notice.quiet.title')}
      lead={t('notice.quiet.lead')}
      versions={history.data}
      isKeeper={isKeeper}
      draftOf={({ channels }) => channels}
      said={({ channels }) => (
        <dl className={styles.said}>
          {channels.map(({ code, quiet }) => (
            <div key={code} data-channel={code}>
              <dt>{term('notice-channel', code)}</dt>
              <dd>
                {quiet === null
                  ? t('notice.quiet.none')
                  : t('notice.quiet.span', { from: clock(quiet.fromMinute), to: clock(quiet.toMinute) })}
              </dd>
            </div>
          ))}
        </dl>
      )}
      fields={(draft, set) => <Fields draft={draft} set={set} />}
      save={save}
      onSave={(channels, change, onSuccess) => save.mutate({ channels, ...change }, { onSuccess })}
      withdraw={withdraw}
      onWithdraw={withdraw.mutate}
    />
  );
};
