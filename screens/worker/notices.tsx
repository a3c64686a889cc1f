'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { LevelMark } from '@/components/base/level-mark';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { StepPhotos } from '@/components/panel/step-photos';
import { Handle } from './handle';
import own from './notices.module.css';
import styles from './screen.module.css';
import { useLeft } from './task-card';
import { useAct } from './use-move';
import { type Notice, useNotices } from './use-notices';
import { useTasks } from './use-tasks';

const shownAtFirst = 20;

const useStamp = () => {
  const { lang, installation } = useText();
  return (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
};

/** What a notice says by itself: it is there without a network. */
const useSaid = () => {
  const { t, term } = useText();
  const stamp = useStamp();
  return (notice: Notice) => ({
    title: `${term('notice-kind', notice.kind)} · ${term('event-category', notice.category)}`,
    words: [
      notice.number,
      stamp(notice.at),
      notice.detail.dueAt ? t('notice.due', { time: stamp(notice.detail.dueAt) }) : '',
    ].filter(Boolean),
  });
};

/** The case a notice is about: what is known of it, and where it waits for this post what to do next. */
type AboutProps = { notice: Notice; post: string; department: string | null; onBack: () => void };

const About = ({ notice, post, department, onBack }: AboutProps) => {
  const { t, term } = useText();
  const api = useTRPC();
  const said = useSaid()(notice);
  const stamp = useStamp();
  const { data, isError, fetchStatus } = useQuery(api.event.byId.queryOptions({ id: notice.eventId }, { retry: 0 }));
  const task = useTasks(post, department).tasks.find(({ id }) => id === notice.eventId);
  const { act, handled, setHandled } = useAct(post);
  const left = useLeft();
  if (task && handled === task.id) return <Handle task={task} post={post} onDone={() => setHandled(null)} />;
  const facts = data && [
    [
      t('notice.about.status'),
      [term('event-status', (task ?? data).status), task && left(task).words].filter(Boolean).join(' · '),
    ],
    [t('common.dimension.department'), data.department && term('department', data.department)],
    [t('panel.event-card.address'), data.address],
    [t('panel.event-card.reported'), stamp(data.reportedAt)],
    [t('panel.event-card.handleDue'), data.dueAt && stamp(data.dueAt)],
  ];
  return (
    <section className={styles.page} data-panel="worker-notice" data-state="ready">
      <button type="button" className={styles.back} onClick={onBack}>
        <ChevronLeft aria-hidden />
        {t('notice.heading')}
      </button>
      <h2 className={own.title}>
        <LevelMark level={notice.level} size="34px" />
        {data?.title ?? term('event-category', notice.category)}
      </h2>
      <p className={styles.reason}>
        {said.title}
        <br />
        {said.words.join(' · ')}
      </p>
      {facts && (
        <dl className={styles.facts}>
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name} className={own.fact}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      )}
      {data?.description && <p>{data.description}</p>}
      {data && <StepPhotos photos={data.photos} screen="small" />}
      {!data && (isError || fetchStatus === 'paused') && <p className={styles.kept}>{t('notice.about.offline')}</p>}
      {task?.isWaiting && <p className={styles.kept}>{t('phone.task.waiting')}</p>}
      {task && (
        <div className={styles.foot}>
          <button type="button" className={styles.main} data-task={task.id} onClick={() => act(task)}>
            {t(`phone.act.${task.status}`)}
          </button>
        </div>
      )}
    </section>
  );
};

const Line = ({ notice, onOpen }: { notice: Notice; onOpen: () => void }) => {
  const { t } = useText();
  const { title, words } = useSaid()(notice);
  const isUnread = notice.readAt === null;
  return (
    <li>
      <button type="button" className={own.line} data-notice={notice.id} data-unread={isUnread} onClick={onOpen}>
        <LevelMark level={notice.level} size="34px" />
        <span className={own.said}>
          <b>{title}</b>
          <span className={styles.words}>
            {words.map((word) => (
              <span key={word}>{word}</span>
            ))}
          </span>
        </span>
        {isUnread && <i className={own.mark}>{t('notice.unread')}</i>}
      </button>
    </li>
  );
};

/** What was sent to this post, the unread first; a tap reads one and opens what it is about (消息). */
export const Notices = ({ post, department }: { post: string; department: string | null }) => {
  const { t } = useText();
  const stamp = useStamp();
  const said = useSaid();
  const { rows, unread, asOf, isKept, markRead } = useNotices(post, department);
  const [opened, setOpened] = useState<Notice | null>(null);
  const [nShown, setShown] = useState(shownAtFirst);
  if (opened) return <About notice={opened} post={post} department={department} onBack={() => setOpened(null)} />;
  const open = (notice: Notice) => {
    if (notice.readAt === null) markRead([notice.id], said(notice).title);
    setOpened(notice);
  };
  const readAll = () =>
    markRead(
      rows.flatMap(({ id, readAt }) => (readAt === null ? [id] : [])),
      t('notice.readAll'),
    );
  return (
    <section className={styles.page} data-panel="worker-notices" data-state={asOf ? 'ready' : 'waiting'}>
      <h2 className={styles.heading}>
        {t('notice.heading')} <small>{unread > 0 && t('notice.nUnread', { n: unread })}</small>
      </h2>
      {isKept && asOf && <p className={styles.kept}>{t('notice.kept', { time: stamp(asOf) })}</p>}
      {rows.length === 0 && <p className={styles.empty}>{t(asOf ? 'notice.none' : 'common.state.waiting')}</p>}
      <ol className={styles.tasks}>
        {rows.slice(0, nShown).map((notice) => (
          <Line key={notice.id} notice={notice} onOpen={() => open(notice)} />
        ))}
      </ol>
      {rows.length > nShown && (
        <button type="button" className={styles.more} onClick={() => setShown(nShown + shownAtFirst)}>
          {t('notice.more', { n: rows.length - nShown })}
        </button>
      )}
      {unread > 1 && (
        <button type="button" className={styles.more} data-read="all" onClick={readAll}>
          {t('notice.readAll')}
        </button>
      )}
    </section>
  );
};
