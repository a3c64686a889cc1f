'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatClock } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import styles from './screen.module.css';

const askMs = 15_000;

/** A roll call that waits for an answer of this post (点名应答): one tap a name; gone once it is over. */
export const RollCall = ({ department }: { department: string | null }) => {
  const { t, installation } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const calls = useQuery(
    api.muster.mine.queryOptions({ department }, { refetchInterval: askMs, staleTime: askMs, retry: 0 }),
  ).data;
  const answer = useMutation(
    api.muster.answer.mutationOptions({ onSettled: () => client.invalidateQueries(api.muster.pathFilter()) }),
  );
  return calls?.map(({ id, calledAt, limitMinutes, members }) => (
    <section key={id} className={styles.call} data-call={id}>
      <h2>
        {t('muster.phone.called', {
          time: formatClock(new Date(calledAt), installation?.timeZone ?? 'UTC'),
          n: limitMinutes,
        })}
      </h2>
      <ul>
        {members.map(({ worker, name, result }) => (
          <li key={worker}>
            <b>{name}</b>
            {result === 'missing' ? (
              <button
                type="button"
                className={styles.main}
                data-worker={worker}
                disabled={answer.isPending}
                onClick={() => answer.mutate({ id, worker })}
              >
                {t('muster.phone.here')}
              </button>
            ) : (
              <span role="status">{t(result === 'late' ? 'muster.result.late' : 'muster.phone.done')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  ));
};
