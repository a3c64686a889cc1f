'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { Popup } from '../base/popup';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import styles from './notice-bell.module.css';
import { useAskedAgain } from './use-asked-again';

type Notice = Outputs['notice']['list']['rows'][number];
const most = 99;

const Line = ({ notice, open }: { notice: Notice; open: () => void }) => {
  const { t, term, lang, installation } = useText();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <li>
      <button type="button" className={styles.line} data-unread={notice.readAt === null} onClick={open}>
        <LevelMark level={notice.level} size="20px" />
        <span>
          <b>
            {term('notice-kind', notice.kind)} · {term('event-category', notice.category)}
          </b>
          <small>
            {notice.number} · {stamp(notice.at)}
            {notice.detail.dueAt && ` · ${t('notice.due', { time: stamp(notice.detail.dueAt) })}`}
          </small>
        </span>
      </button>
    </li>
  );
};

const List = ({ rows, close }: { rows: readonly Notice[]; close: () => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const { set } = useView();
  const onSettled = useAskedAgain();
  const read = useMutation(api.notice.read.mutationOptions({ onSettled }));
  const open = (notice: Notice) => {
    read.mutate({ ids: [notice.id] });
    const { ticket, whistle } = notice.detail;
    set({ selection: ticket ? `ticket:${ticket}` : whistle ? `whistle:${whistle}` : `event:${notice.eventId}` });
    close();
  };
  if (rows.length === 0) return <p>{t('notice.none')}</p>;
  return (
    <>
      <Button data-read="all" disabled={read.isPending} onClick={() => read.mutate({ ids: null })}>
        {t('notice.readAll')}
      </Button>
      <ol className={styles.list}>
        {rows.map((notice) => (
          <Line key={notice.id} notice={notice} open={() => open(notice)} />
        ))}
      </ol>
    </>
  );
};

/** Posts that are told of cases. */
const told = ['R1', 'R2', 'R3', 'R4', 'R5'];

/** Notices of this post, with how many are unread (站内消息). */
export const NoticeBell = () => {
  const api = useTRPC();
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const isTold = me !== undefined && told.includes(me.role);
  const { data } = useQuery(api.notice.list.queryOptions(undefined, { enabled: isTold }));
  if (!isTold) return null;
  const unread = data?.unread ?? 0;
  const label = t('notice.title', { n: unread });
  return (
    <>
      <Button
        kind="icon"
        className={styles.bell}
        aria-label={label}
        title={label}
        data-bell=""
        onClick={() => setOpen(true)}
      >
        <Bell aria-hidden />
        {unread > 0 && (
          <span className={styles.badge} data-unread={unread} aria-hidden>
            {unread > most ? `${most}+` : unread}
          </span>
        )}
      </Button>
      <Popup title={t('notice.heading')} isOpen={isOpen} onClose={() => setOpen(false)}>
        <List rows={data?.rows ?? []} close={() => setOpen(false)} />
      </Popup>
    </>
  );
};
