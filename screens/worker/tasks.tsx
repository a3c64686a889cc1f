'use client';

import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { useDrill } from '@/components/feed/drill';
import { useText } from '@/components/feed/text';
import { usePlace } from '@/components/feed/use-place';
import { Handle } from './handle';
import { Here } from './here';
import styles from './screen.module.css';
import { TaskCard } from './task-card';
import { useAct } from './use-move';
import { useTasks } from './use-tasks';

const shownAtFirst = 12;

/** What waits for this post (我的任务), the gravest and soonest due first. */
export const Tasks = ({ post, department }: { post: string; department: string | null }) => {
  const { t, lang, installation } = useText();
  const { tasks, asOf, isKept, state, askAgain } = useTasks(post, department);
  const { place } = usePlace(true);
  const isDrill = useDrill() !== null;
  const [nShown, setShown] = useState(shownAtFirst);
  const { act, handled, setHandled } = useAct(post);
  const task = tasks.find(({ id }) => id === handled);
  if (task) return <Handle task={task} post={post} onDone={() => setHandled(null)} />;
  const time = asOf ? formatStamp(new Date(asOf), installation?.timeZone ?? 'UTC', lang) : '';
  return (
    <section className={styles.page} data-panel="worker-tasks" data-state={state}>
      <h2 className={styles.heading}>
        {t('phone.tasks')} <small>{state === 'ready' && t('phone.nTasks', { n: tasks.length })}</small>
      </h2>
      {isKept && <p className={styles.kept}>{t('phone.kept', { time })}</p>}
      {state === 'waiting' && [1, 2, 3].map((n) => <div key={n} className={styles.skeleton} aria-hidden />)}
      {state === 'failed' && (
        <>
          <p className={styles.empty} role="alert">
            {t('common.problem.unavailable')}
          </p>
          <button type="button" className={styles.more} onClick={askAgain}>
            {t('common.state.retry')}
          </button>
        </>
      )}
      {state === 'ready' && tasks.length === 0 && <p className={styles.empty}>{t('phone.noTasks')}</p>}
      {!isDrill && <Here place={place} department={department} onTask={setHandled} tasks={tasks} />}
      <ul className={styles.tasks}>
        {tasks.slice(0, nShown).map((one) => (
          <TaskCard key={one.id} task={one} place={place} onAct={() => act(one)} />
        ))}
      </ul>
      {tasks.length > nShown && (
        <button type="button" className={styles.more} onClick={() => setShown(nShown + shownAtFirst)}>
          {t('phone.more', { n: tasks.length - nShown })}
        </button>
      )}
    </section>
  );
};
