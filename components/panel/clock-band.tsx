'use client';

import { useQuery } from '@tanstack/react-query';
import type { ScreenKey } from '@/data/model/scope';
import { knowns, type Question } from '@/data/model/view';
import { Button } from '../base/button';
import { Figure } from '../base/figure';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { useView } from '../feed/view';
import styles from './clock-band.module.css';
import { questionOf } from './question';

const words = (name: string) => `common.clock.${name}`;

/** Figure the two records are compared by: what was open. */
const useRecords = (question: Question) => {
  const api = useTRPC();
  const ask = (known: Question['known']) =>
    api.metric.ask.queryOptions({ metric: 'event.open', question: { ...question, known } });
  const [now, then] = [useQuery(ask('now')).data, useQuery(ask('then')).data];
  return (known: Question['known']) => (known === 'now' ? now : then);
};

/** What stood by the record of today and by the record of that time (现在所知 · 当时所知); chooses the one shown. */
const Records = () => {
  const { t, lang } = useText();
  const { view, set } = useView();
  const recordOf = useRecords(questionOf('clock-band', view));
  return (
    <fieldset className={styles.records} aria-label={t(words('record'))}>
      <span>{t(words('open'))}</span>
      {knowns.map((known) => {
        const answer = recordOf(known);
        return (
          <Button key={known} kind="quiet" aria-pressed={view.known === known} onClick={() => set({ known })}>
            {t(words(known))} {answer && <Figure answer={answer} hasUnit={lang === 'zh'} className={styles.figure} />}
          </Button>
        );
      })}
    </fieldset>
  );
};

/** The gravest event open right now, should one be Ⅰ: it is told whatever time is looked at. */
const Urgent = () => {
  const api = useTRPC();
  const { t } = useText();
  const { set } = useView();
  const filters = [{ source: 'clock-band', field: 'level' as const, values: ['1'] }];
  const question = { division: null, period: 'today' as const, at: null, known: 'now' as const, filters };
  const open = useQuery(api.event.open.queryOptions({ question, sort: 'urgency', limit: 1 })).data;
  const first = open?.rows[0];
  if (!open || !first) return null;
  return (
    <span className={styles.urgent} data-live="" role="alert">
      <LevelMark level={1} size="20px" />
      <span>{t(words('urgent'), { title: first.title, n: open.total })}</span>
      <Button kind="quiet" onClick={() => set({ at: null, selection: `event:${first.id}` })}>
        {t(words('toUrgent'))}
      </Button>
    </span>
  );
};

/** Stands over the whole screen while its clock is in the past: which instant, by which record, and the way back. */
export const ClockBand = () => {
  const { t, lang, installation } = useText();
  const { view, set } = useView();
  if (!view.at) return null;
  const time = formatStamp(new Date(view.at), installation?.timeZone ?? 'UTC', lang);
  return (
    <section className={styles.band} aria-label={t(words('replay'))}>
      <strong role="status" data-clock={view.at}>
        {t(words('replayAt'), { time })}
      </strong>
      <Records />
      <Urgent />
      <Button kind="quiet" className={styles.back} onClick={() => set({ at: null })}>
        {t(words('backToLive'))}
      </Button>
    </section>
  );
};

/** The same on a wall: an edge of that colour inside the safe area; its words stand in the header. */
export const ClockEdge = ({ screen }: { screen: ScreenKey }) => {
  const { view } = useView();
  return screen === 'big' && view.at ? <div className={styles.edge} data-clock={view.at} aria-hidden="true" /> : null;
};
