'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell, Camera, ListTodo, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useDivisions } from '@/components/feed/divisions';
import { useDrill } from '@/components/feed/drill';
import { usePostLink } from '@/components/feed/post-link';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { UploadProvider, useUploads } from '@/components/feed/upload-provider';
import { useView } from '@/components/feed/view';
import { preloadPinMap } from '@/components/map/pin-stage';
import { ScreenRoot } from '../screen-root';
import { CareCall, CareVisits } from './care-visits';
import { Collect, CollectCall } from './collect';
import { Errands } from './errands';
import { Notices } from './notices';
import { OpenCalls } from './open-calls';
import { Own } from './own';
import { Report } from './report';
import { RollCall } from './roll-call';
import styles from './screen.module.css';
import { Special, SpecialCall } from './special';
import { Tasks } from './tasks';
import { useNotices } from './use-notices';
import { Verify, VerifyCall } from './verify';
import { Volunteers } from './volunteers';

type Tab = 'tasks' | 'notices' | 'report' | 'own' | 'verify' | 'care' | 'collect';
const tabs: readonly Tab[] = ['notices', 'report', 'own', 'verify', 'care', 'collect'];

/** What this device still has to send; refused ones are told first. */
const Pending = ({ onOpen }: { onOpen: () => void }) => {
  const { t } = useText();
  const { items } = useUploads();
  const nRefused = items.filter(({ refused }) => refused).length;
  const key = nRefused > 0 ? 'refused' : items.length > 0 ? 'waiting' : 'none';
  return (
    <button type="button" className={styles.pending} data-pending={items.length} data-state={key} onClick={onOpen}>
      <span role="status">{t(`phone.pending.${key}`, { n: nRefused || items.length })}</span>
    </button>
  );
};

const Head = ({ role, division, onOpen }: { role: string; division: string; onOpen: () => void }) => {
  const { t, term, installation } = useText();
  const divisions = useDivisions();
  return (
    <header className={styles.head}>
      <div>
        <h1>{divisions.name(division)}</h1>
        <p>{[term('role', role), installation?.demo ? t('common.badge.demo') : ''].filter(Boolean).join(' · ')}</p>
      </div>
      <Pending onOpen={onOpen} />
    </header>
  );
};

const mostCounted = 99;

type NoticeTabProps = { isCurrent: boolean; post: string; department: string | null; onOpen: () => void };

/** Notices of the post, with how many are unread. */
const NoticeTab = ({ isCurrent, post, department, onOpen }: NoticeTabProps) => {
  const { t } = useText();
  const { unread } = useNotices(post, department);
  return (
    <button
      type="button"
      data-unread={unread}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={t('notice.title', { n: unread })}
      onClick={onOpen}
    >
      <Bell aria-hidden />
      {t('notice.heading')}
      {unread > 0 && (
        <b className={styles.count} aria-hidden>
          {unread > mostCounted ? `${mostCounted}+` : unread}
        </b>
      )}
    </button>
  );
};

type NavProps = { tab: Tab; go: (tab: Tab) => void; post: string; department: string | null; isTold: boolean };

const Nav = ({ tab, go, post, department, isTold }: NavProps) => {
  const { t } = useText();
  const current = (one: Tab) => (one === tab ? ('page' as const) : undefined);
  return (
    <nav className={styles.nav} data-told={isTold} aria-label={t('small.nav')}>
      <button type="button" aria-current={current('tasks')} onClick={() => go('tasks')}>
        <ListTodo aria-hidden />
        {t('phone.tab.tasks')}
      </button>
      {isTold && (
        <NoticeTab isCurrent={tab === 'notices'} post={post} department={department} onOpen={() => go('notices')} />
      )}
      <button type="button" className={styles.raise} aria-current={current('report')} onClick={() => go('report')}>
        <Camera aria-hidden />
        {t('phone.report')}
      </button>
      <button type="button" aria-current={current('own')} onClick={() => go('own')}>
        <UserRound aria-hidden />
        {t('phone.tab.own')}
      </button>
    </nav>
  );
};

const departmentName = 'gridhall-department';

/** Whose work a phone keeps: a post's, and in a drill that drill's alone, so that neither is ever sent as the other. */
const usePost = (role: string, division: string): string => {
  const drill = useDrill();
  return drill === null ? `${role}:${division}` : `${role}:${division}@${drill}`;
};

type OfficeProps = { role: string; division: string; granted: string | null };

/** `granted`: department of the post of a handler's account; null = he says it himself. */
const Office = ({ role, division, granted }: OfficeProps) => {
  const { view, set } = useView();
  const divisions = useDivisions();
  const [said, setDepartment] = useState<string | null>(null);
  const department = granted ?? said;
  useEffect(() => {
    setDepartment(localStorage.getItem(departmentName));
    preloadPinMap();
  }, []);
  const choose = (code: string | null) => {
    setDepartment(code);
    if (code) localStorage.setItem(departmentName, code);
    else localStorage.removeItem(departmentName);
  };
  const tab = tabs.find((one) => one === view.page) ?? 'tasks';
  const go = (next: Tab) => set({ page: next === 'tasks' ? null : next, selection: null });
  const post = usePost(role, division);
  const isDrill = useDrill() !== null;
  const isHandler = role === 'R6';
  /** A drill tells nobody. */
  const isTold = !isDrill;
  const own = isHandler ? department : null;
  return (
    <div className={styles.phone}>
      <Head role={role} division={division} onOpen={() => go('own')} />
      <main key={tab} className={styles.body}>
        {tab === 'tasks' && !isDrill && <RollCall department={own} />}
        {tab === 'tasks' && !isDrill && role === 'R5' && <OpenCalls />}
        {tab === 'tasks' && !isDrill && !isHandler && <VerifyCall post={post} onOpen={() => go('verify')} />}
        {tab === 'tasks' && !isDrill && role === 'R5' && <CollectCall post={post} onOpen={() => go('collect')} />}
        {tab === 'tasks' && !isDrill && isHandler && <SpecialCall onOpen={() => go('collect')} />}
        {tab === 'tasks' && !isDrill && !isHandler && <CareCall onOpen={() => go('care')} />}
        {tab === 'tasks' && !isDrill && !isHandler && <Errands post={post} />}
        {tab === 'tasks' && !isDrill && !isHandler && <Volunteers />}
        {tab === 'notices' && isTold && <Notices post={post} department={own} />}
        {tab === 'verify' && <Verify post={post} onBack={() => go('tasks')} />}
        {tab === 'collect' && role === 'R5' && <Collect post={post} onBack={() => go('tasks')} />}
        {tab === 'collect' && isHandler && <Special department={department} post={post} onBack={() => go('tasks')} />}
        {tab === 'care' && <CareVisits post={post} onBack={() => go('tasks')} />}
        {tab === 'tasks' && <Tasks post={post} department={own} />}
        {tab === 'report' && <Report post={post} center={divisions.root.center ?? [0, 0]} onDone={() => go('tasks')} />}
        {tab === 'own' && <Own role={role} department={own} onDepartment={isHandler && !granted ? choose : null} />}
      </main>
      <Nav tab={tab} go={go} post={post} department={own} isTold={isTold} />
    </div>
  );
};

/** Roles that work on a phone: grid workers and handlers of departments. */
const workers = ['R5', 'R6'];

const Worker = () => {
  const api = useTRPC();
  const { t } = useText();
  const { href, key } = usePostLink();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  if (!me) return null;
  if (!workers.includes(me.role))
    return (
      <main className={styles.stranger} data-panel="worker-post" data-state="ready">
        <h1>{t('phone.name')}</h1>
        <p>{t('phone.noPost')}</p>
        <Link className={styles.main} href={href}>
          {t(key)}
        </Link>
      </main>
    );
  return <Posted role={me.role} division={me.division} granted={me.department ?? null} />;
};

const Posted = ({ role, division, granted }: OfficeProps) => (
  <UploadProvider post={usePost(role, division)}>
    <Office role={role} division={division} granted={granted} />
  </UploadProvider>
);

/** The phone of a grid worker or handler (网格员手机): tasks, reports, what waits to be sent; works without a network. */
export const WorkerScreen = () => (
  <ScreenRoot screen="small" name="worker" theme="light" size="hand">
    <Worker />
  </ScreenRoot>
);
