'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronDown, CircleHelp, Moon, Sun, UserRound } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/base/button';
import { formatClock, formatStamp } from '@/components/base/format';
import { ChoiceMenu } from '@/components/base/menu';
import { useTick } from '@/components/feed/clock';
import { useDivisions } from '@/components/feed/divisions';
import { useLive } from '@/components/feed/live';
import { usePostLink } from '@/components/feed/post-link';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { queryOf, useView } from '@/components/feed/view';
import { CastButton } from '@/components/panel/cast-button';
import { NoticeBell } from '@/components/panel/notice-bell';
import { SearchBox } from '@/components/panel/search-box';
import { deskPageOf } from '@/data/model/desk-page';
import type { Role } from '@/data/model/scope';
import { type DeskPage, deskPages } from '@/data/model/view';
import { Exports } from './exports';
import { tabKeys } from './keys';
import { mapLayers } from './layout';
import { SavedViews } from './saved-views';
import { chooseTheme, useChosenTheme } from './theme';
import styles from './top-bar.module.css';
import { useBreadth } from './use-breadth';
import { pagePatch } from './use-keys';

/** 截至 of the feed; how far behind it is once it falls silent. */
const AsOf = () => {
  const { t, lang, installation } = useText();
  const { view } = useView();
  const { asOf, age } = useLive();
  const tick = useTick();
  const zone = installation?.timeZone ?? 'UTC';
  const at = asOf ?? (tick ? new Date(tick) : null);
  const words = view.at ? formatStamp(new Date(view.at), zone, lang) : at ? formatClock(at, zone, true) : '—';
  return (
    <span className={styles.asOf}>
      <span>{t('common.clock.asOf')} </span>
      <b data-clock={view.at ?? undefined}>{words}</b>
      {age && <span className={styles.stale}>◔ {t('common.state.staleAge', { age })}</span>}
    </span>
  );
};

const Post = () => {
  const api = useTRPC();
  const { t, term } = useText();
  const divisions = useDivisions();
  const me = useQuery(api.access.me.queryOptions(undefined, { staleTime: Infinity })).data;
  const words = me ? [term('role', me.role), divisions.name(me.division)] : [t('common.action.signIn')];
  const { href, key } = usePostLink();
  return (
    <Link className={styles.post} href={href} title={[...words, t(key)].join(' · ')} data-post="">
      <UserRound aria-hidden />
      {words.map((word) => (
        <span key={word}>{word}</span>
      ))}
    </Link>
  );
};

/** Commands of the desk's search that change its theme. */
const themeCommands = { dark: () => chooseTheme('dark'), light: () => chooseTheme('light') };

/** Pages that stand in the bar, the one shown among them: as many as have a digit, fewer on a narrow desk. */
const nShown = { wide: tabKeys.length, narrow: 5 };

/** Pages that stand in the bar of some posts alone; the catalogue is led to from every field on a card, and by search. */
const keptBy: Partial<Record<DeskPage, readonly (Role | undefined)[]>> = {
  theme: ['R2', 'R3', 'R4', 'R5', 'R6'],
  recut: ['R2'],
  audit: ['R8'],
  account: ['R9', 'R10'],
  catalog: ['R7', 'R8', 'R9', 'R10'],
};

/** Pages of the desk; each keeps place, time and filters. What the bar has no room for stands in a list. */
const Tabs = () => {
  const { t } = useText();
  const { view, set } = useView();
  const n = useBreadth() === 'wide' ? nShown.wide : nShown.narrow;
  const { page: current } = deskPageOf(view);
  const role = useQuery(useTRPC().access.me.queryOptions(undefined, { staleTime: Infinity })).data?.role;
  const open = deskPages.filter((page) => page === current || (keptBy[page] ?? [role]).includes(role));
  const first = open.slice(0, open.indexOf(current) < n ? n : n - 1);
  const isShown = (page: DeskPage) => page === current || first.includes(page);
  const rest = open.filter((page) => !isShown(page));
  return (
    <nav className={styles.nav} aria-label={t('mid.nav')}>
      {open.filter(isShown).map((page) => (
        <button
          key={page}
          type="button"
          aria-current={page === current ? 'page' : undefined}
          aria-keyshortcuts={tabKeys[deskPages.indexOf(page)]}
          data-page={page}
          onClick={() => set(pagePatch(page))}
        >
          {t(`common.page.${page}`)}
        </button>
      ))}
      {rest.length > 0 && (
        <ChoiceMenu
          label={t('mid.more')}
          value={null}
          choices={rest.map((page) => ({ value: page, label: t(`common.page.${page}`) }))}
          onChoose={(page) => set(pagePatch(page as DeskPage))}
        >
          {t('mid.more')}
          <ChevronDown aria-hidden size={16} />
        </ChoiceMenu>
      )}
      <a href={`/report${queryOf({ division: view.division, at: view.at, known: view.known })}`} data-go="report">
        {t('report.title')}
      </a>
    </nav>
  );
};

/** Product, search, 截至, badges, language, theme, post. */
export const TopBar = ({ onHelp }: { onHelp: () => void }) => {
  const { t, lang, setLang, installation } = useText();
  const theme = useChosenTheme();
  const other = lang === 'zh' ? 'en' : 'zh';
  const isDark = theme === 'dark';
  return (
    <header className={styles.bar}>
      <b className={styles.name}>{t('common.badge.product')}</b>
      <Tabs />
      <SearchBox size="desk" layers={mapLayers} commands={themeCommands} />
      <div className={styles.end}>
        <AsOf />
        {installation?.demo && (
          <span className={styles.badge} title={t('common.badge.demoHint')}>
            {t('common.badge.demo')}
          </span>
        )}
        <span data-cast-menu="">
          <CastButton />
        </span>
        <NoticeBell />
        <SavedViews />
        <Exports />
        <Button
          kind="icon"
          className={styles.language}
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          onClick={() => setLang(other)}
        >
          {t(`common.language.${other}`)}
        </Button>
        <Button
          kind="icon"
          aria-label={t(isDark ? 'mid.light' : 'mid.dark')}
          title={t(isDark ? 'mid.light' : 'mid.dark')}
          onClick={() => chooseTheme(isDark ? 'light' : 'dark')}
        >
          {isDark ? <Sun aria-hidden /> : <Moon aria-hidden />}
        </Button>
        <Button kind="icon" aria-label={t('mid.help.title')} title={t('mid.help.title')} onClick={onHelp}>
          <CircleHelp aria-hidden />
        </Button>
        <Post />
      </div>
    </header>
  );
};
