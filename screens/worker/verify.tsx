'use client';

import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useText } from '@/components/feed/text';
import { metresApart, usePlace } from '@/components/feed/use-place';
import type { LngLat } from '@/data/model/geo';
import styles from './screen.module.css';
import { useVisits, type VisitTask } from './use-visits';
import own from './visit.module.css';
import { VisitForm } from './visit-form';

const shownAtFirst = 12;

/** Tells that doubtful records wait in this grid (数据核查); gone while none do. */
export const VerifyCall = ({ post, onOpen }: { post: string; onOpen: () => void }) => {
  const { t } = useText();
  const { tasks } = useVisits(post);
  const open = tasks.filter(({ isWaiting }) => !isWaiting);
  if (open.length === 0) return null;
  return (
    <section className={styles.call} data-verify={open.length}>
      <div className={own.call}>
        <h2>
          {t('verify.phone.title')} · {t('verify.phone.n', { n: open.length })}
        </h2>
        <button type="button" className={styles.go} onClick={onOpen}>
          {t('verify.phone.go')}
        </button>
      </div>
    </section>
  );
};

const Row = ({ task, place, onAct }: { task: VisitTask; place: LngLat | null; onAct: () => void }) => {
  const { t, term } = useText();
  const apart = place && task.position ? Math.round(metresApart(place, task.position) / 10) * 10 : null;
  const who = task.facts[0];
  return (
    <li className={styles.task} data-doubt={task.id} data-rule={task.rule}>
      <div className={styles.about}>
        <h3>{term('doubt-rule', task.rule)}</h3>
        <p className={styles.words}>
          {task.address && <span>{task.address}</span>}
          {who && <span>{who.list ? term(who.list, who.value) : who.value}</span>}
          {apart !== null && <span>{t('phone.task.metres', { n: apart })}</span>}
        </p>
        {task.state === 'unreachable' && <p className={styles.words}>{t('verify.phone.tries')}</p>}
        {task.isWaiting && <p className={styles.waiting}>{t('verify.phone.waiting')}</p>}
      </div>
      {!task.isWaiting && (
        <button type="button" className={styles.act} data-kind="main" onClick={onAct}>
          {t('verify.phone.go')}
        </button>
      )}
    </li>
  );
};

/** Doubtful records of this grid, building by building in the order they are walked (数据核查). */
export const Verify = ({ post, onBack }: { post: string; onBack: () => void }) => {
  const { t, lang } = useText();
  const { tasks, spots, isKept, isThere } = useVisits(post);
  const { place } = usePlace(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const [nShown, setShown] = useState(shownAtFirst);
  const task = tasks.find(({ id, isWaiting }) => id === chosen && !isWaiting);
  if (task)
    return (
      <VisitForm
        task={task}
        spot={spots[task.rule]?.[lang] ?? ''}
        place={place}
        post={post}
        onDone={() => setChosen(null)}
      />
    );
  return (
    <section className={styles.page} data-panel="worker-verify" data-state={isThere ? 'ready' : 'waiting'}>
      <button type="button" className={styles.back} onClick={onBack}>
        <ChevronLeft aria-hidden />
        {t('verify.phone.back')}
      </button>
      <h2 className={styles.heading}>
        {t('verify.phone.title')} <small>{t('verify.phone.n', { n: tasks.length })}</small>
      </h2>
      {isKept && <p className={styles.kept}>{t('verify.phone.kept')}</p>}
      {isThere && tasks.length === 0 && <p className={styles.empty}>{t('verify.phone.none')}</p>}
      <ul className={styles.tasks}>
        {tasks.slice(0, nShown).map((one) => (
          <Row key={one.id} task={one} place={place} onAct={() => setChosen(one.id)} />
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
