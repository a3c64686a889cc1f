'use client';

import { useState } from 'react';
import type { View } from '@/data/model/view';
import { LevelMark } from '../base/level-mark';
import { runningLimit, spanLamp, ticketOrder } from '../chart/ticket-order';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { CardFigures } from '../panel/card';
import { LampWords } from '../panel/lamp-words';
import { definePanel } from '../panel/panel';
import { focusOf, questionOf } from '../panel/question';
import styles from './desk-supervision.module.css';

const key = 'desk-supervision';
const words = (name: string) => `panel.${key}.${name}`;

type Ticket = Outputs['supervision']['tickets'][number];
type Whistle = Outputs['supervision']['whistles'][number];
type ListProps = { view: View; set: (patch: Partial<View>) => void; now: number };

const Lines = ({ children, none }: { children: React.ReactNode[]; none: string }) =>
  children.length === 0 ? <p className={styles.none}>{none}</p> : <ol className={styles.list}>{children}</ol>;

const Tickets = ({ rows, view, set, now }: ListProps & { rows: readonly Ticket[] }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return (
    <Lines none={t(words('noTicket'))}>
      {ticketOrder(rows, now).map(({ row, minutesLeft, lamp }) => (
        <li key={row.id}>
          <button
            type="button"
            className={styles.line}
            data-id={row.id}
            aria-pressed={view.selection === `ticket:${row.id}`}
            onClick={() => set({ selection: `ticket:${row.id}` })}
          >
            <LevelMark level={row.level} size="20px" />
            <span className={styles.what}>
              <b>{row.title ?? term('event-category', row.category)}</b>
              <span>
                {term('supervision-rung', row.rung)} · {divisions.name(row.grid ?? row.community)} ·{' '}
                {row.department ? term('department', row.department) : t('panel.facets.none.department')}
              </span>
            </span>
            <LampWords minutesLeft={minutesLeft} lamp={lamp} />
          </button>
        </li>
      ))}
    </Lines>
  );
};

/** The clock of a whistle that presses most: of the first step not done, the soonest due. */
const pressing = ({ lines }: Whistle) =>
  lines.flatMap(({ limits }) => runningLimit(limits) ?? []).sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];

const Whistles = ({ rows, view, set, now }: ListProps & { rows: readonly Whistle[] }) => {
  const { t, term } = useText();
  return (
    <Lines none={t(words('noWhistle'))}>
      {rows.map((row) => {
        const limit = row.endedAt === null ? pressing(row) : undefined;
        return (
          <li key={row.id}>
            <button
              type="button"
              className={styles.line}
              data-id={row.id}
              aria-pressed={view.selection === `whistle:${row.id}`}
              onClick={() => set({ selection: `whistle:${row.id}` })}
            >
              <LevelMark level={row.level} size="20px" />
              <span className={styles.what}>
                <b>{row.title ?? term('event-category', row.category)}</b>
                <span>
                  {term('whistle-type', row.kind)} ·{' '}
                  {row.lines.map((line) => term('department', line.department)).join(' ')}
                </span>
              </span>
              {limit ? (
                <span className={styles.clock}>
                  <small>{term('whistle-step', limit.clock)}</small>
                  <LampWords
                    minutesLeft={(Date.parse(limit.dueAt) - now) / 60_000}
                    lamp={spanLamp(row.blownAt, limit.dueAt, null, now)}
                  />
                </span>
              ) : (
                <span className={styles.quiet}>{t(words(row.endedAt ? 'ended' : 'arrived'))}</span>
              )}
            </button>
          </li>
        );
      })}
    </Lines>
  );
};

const metrics = {
  ticket: ['supervision.open', 'supervision.overdue', 'supervision.answered_in_time'],
  whistle: ['whistle.rate', 'whistle.sign_in_time', 'whistle.contact_in_time', 'whistle.arrive_in_time'],
} as const;
const tabs = ['ticket', 'whistle'] as const;

type Answers = Record<(typeof metrics)[(typeof tabs)[number]][number], Outputs['metric']['ask']>;

type BodyProps = Omit<ListProps, 'now'> & {
  tickets: readonly Ticket[];
  whistles: readonly Whistle[];
  answers: Answers;
};

const Body = ({ tickets, whistles, answers, view, set }: BodyProps) => {
  const { t } = useText();
  const tick = useTick();
  const [tab, setTab] = useState<(typeof tabs)[number]>('ticket');
  const list = { view, set, now: view.at ? Date.parse(view.at) : tick };
  return (
    <div className={styles.body}>
      <div className={styles.tabs} role="tablist" aria-label={t(words('title'))}>
        {tabs.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={tab === each}
            data-tab={each}
            onClick={() => setTab(each)}
          >
            {t(words(each))}
          </button>
        ))}
      </div>
      <CardFigures
        nColumns={metrics[tab].length}
        figures={metrics[tab].map((metric) => ({
          key: metric,
          label: t(words(metric)),
          answer: answers[metric],
          note: metric === 'whistle.rate' ? t(words('band')) : undefined,
        }))}
      />
      {tab === 'ticket' ? <Tickets rows={tickets} {...list} /> : <Whistles rows={whistles} {...list} />}
    </div>
  );
};

/** Supervision tickets by what they owe, whistles with their clocks, and how both are kept (督办、吹哨). */
export const deskSupervision = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => {
    const where = { division: focusOf(view), at: view.at };
    const figure = (metric: string) =>
      api.metric.ask.queryOptions({ metric, dimensions: [], question: questionOf(key, view) });
    return {
      tickets: api.supervision.tickets.queryOptions(where),
      whistles: api.supervision.whistles.queryOptions(where),
      'supervision.open': figure('supervision.open'),
      'supervision.overdue': figure('supervision.overdue'),
      'supervision.answered_in_time': figure('supervision.answered_in_time'),
      'whistle.rate': figure('whistle.rate'),
      'whistle.sign_in_time': figure('whistle.sign_in_time'),
      'whistle.contact_in_time': figure('whistle.contact_in_time'),
      'whistle.arrive_in_time': figure('whistle.arrive_in_time'),
    };
  },
  draw: ({ data: { tickets, whistles, ...answers }, view, set }) => (
    <Body {...{ tickets, whistles, answers, view, set }} />
  ),
});
