'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useEffect } from 'react';
import { formatClock, formatDay } from '@/components/base/format';
import { pickFocus } from '@/components/chart/focus';
import { useTick } from '@/components/feed/clock';
import { ConductorProvider } from '@/components/feed/conductor';
import { useDivisions } from '@/components/feed/divisions';
import { useLive } from '@/components/feed/live';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useView } from '@/components/feed/view';
import { PanelFrame } from '@/components/panel/panel-frame';
import { comparedLevel, focusAsk } from '@/components/panel/story';
import { panelByKey } from '@/components/panels';
import { ScreenRoot } from '../screen-root';
import { cardMaps, storyCards } from './layout';
import { RemoteBar } from './remote/remote-bar';
import styles from './screen.module.css';
import { StoryMap } from './story-map';

const Head = () => {
  const { t, lang, setLang, installation } = useText();
  const { asOf, age } = useLive();
  const tick = useTick();
  const { view } = useView();
  const now = view.at ? new Date(view.at) : (asOf ?? (tick ? new Date(tick) : null));
  const zone = installation?.timeZone ?? 'UTC';
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <header className={styles.head}>
      <span className={styles.name}>
        {installation?.name} {t('small.name')}
      </span>
      <span className={styles.when}>{now && `${formatDay(now, zone, lang)} ${formatClock(now, zone)}`}</span>
      {installation?.demo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
      <span className={styles.spacer} />
      {view.at && <span className={styles.age}>◔ {t('common.clock.fixed')}</span>}
      {age && <span className={styles.age}>◔ {t('common.state.staleAge', { age })}</span>}
      <button type="button" className={styles.button} onClick={() => setLang(other)}>
        {t(`common.language.${other}`)}
      </button>
      <Link href="/?choose" className={styles.button}>
        {t('small.post')}
      </Link>
    </header>
  );
};

/** Code of the place the story is about; undefined while unknown, null when nothing stands out. */
const useFocusCode = (): string | null | undefined => {
  const api = useTRPC();
  const { view } = useView();
  const divisions = useDivisions();
  const answer = useQuery(api.metric.ask.queryOptions(focusAsk(divisions, view))).data;
  return answer ? (pickFocus(answer, comparedLevel(divisions, view))?.code ?? null) : undefined;
};

const Story = ({ index, go }: { index: number; go: (index: number) => void }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const { view } = useView();
  const key = storyCards[index] ?? storyCards[0];
  const place = divisions.name(view.division ?? divisions.root.code);
  return (
    <>
      <section className={styles.story}>
        <div className={styles.progress} aria-hidden="true">
          {storyCards.map((card, i) => (
            <i key={card} data-done={i <= index} />
          ))}
        </div>
        <p className={styles.kicker}>{t('small.kicker', { index: index + 1, total: storyCards.length, place })}</p>
        <div className={styles.card}>
          <PanelFrame key={key} panel={panelByKey(key)} size="hand" />
        </div>
      </section>
      <nav className={styles.cards} aria-label={t('small.contents')}>
        <Step icon={<ChevronLeft />} label={t('common.action.previousPage')} to={index - 1} go={go} />
        {storyCards.map((card, i) => (
          <button
            key={card}
            type="button"
            className={styles.tab}
            aria-current={i === index ? 'step' : undefined}
            onClick={() => go(i)}
          >
            {t(`small.card.${card}`)}
          </button>
        ))}
        <Step icon={<ChevronRight />} label={t('common.action.nextPage')} to={index + 1} go={go} />
      </nav>
    </>
  );
};

const Step = ({
  icon,
  label,
  to,
  go,
}: {
  icon: React.ReactNode;
  label: string;
  to: number;
  go: (index: number) => void;
}) => (
  <button
    type="button"
    className={styles.step}
    aria-label={label}
    disabled={to < 0 || to >= storyCards.length}
    onClick={() => go(to)}
  >
    {icon}
  </button>
);

const Meeting = () => {
  const [card, setCard] = useQueryState('card', parseAsInteger.withDefault(1));
  const index = Math.min(storyCards.length, Math.max(1, card)) - 1;
  const focus = useFocusCode();
  const { set } = useView();
  const map = cardMaps[storyCards[index] ?? storyCards[0]];
  const selection = map.isAtFocus && focus ? `division:${focus}` : null;
  useEffect(() => {
    if (focus !== undefined) set({ metric: map.metric, period: map.period, selection });
  }, [focus, map, selection, set]);
  return (
    <div className={styles.screen}>
      <Head />
      <Story index={index} go={(next) => void setCard(next + 1)} />
      <main className={styles.map}>
        <StoryMap />
      </main>
      <RemoteBar card={storyCards[index] ?? storyCards[0]} />
    </div>
  );
};

export const SmallScreen = () => (
  <ScreenRoot screen="small" theme="light" size="hand">
    <ConductorProvider>
      <Meeting />
    </ConductorProvider>
  </ScreenRoot>
);
