'use client';

import { Crosshair } from 'lucide-react';
import { eventStages } from '@/data/model/event';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { stepsOf } from '../chart/attention';
import { lampAt } from '../chart/lamp';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, type CardFact, CardFacts, CardSection } from '../panel/card';
import { ContactLine } from '../panel/contact-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { StepPhotos } from '../panel/step-photos';
import { Timeline, useDuration } from '../panel/timeline';
import styles from './event-card.module.css';

const key = 'event-card';
const words = (name: string) => `panel.${key}.${name}`;
type Event = Outputs['event']['byId'];

/** Time used against the limit, as a bar from zero; coloured only once a threshold is crossed. */
const Clock = ({ event, now }: { event: Event; now: number }) => {
  const { t } = useText();
  const duration = useDuration();
  const { used, limit, share, lamp } = lampAt(event, now);
  const left = limit === null ? null : limit - used;
  return (
    <div className={styles.clock} data-lamp={lamp}>
      <p>
        <strong>{t('common.duration.used', { time: duration(used) })}</strong>
        {limit !== null && <span>{t('common.duration.limit', { time: duration(limit) })}</span>}
        <span className={styles.left}>
          {left === null
            ? t('panel.attention-list.noLimit')
            : event.closedAt
              ? t(words(left < 0 ? 'closedLate' : 'closedInTime'))
              : t(left < 0 ? 'common.duration.over' : 'common.duration.left', { time: duration(Math.abs(left)) })}
        </span>
      </p>
      {limit !== null && (
        <div className={styles.bar} aria-hidden>
          <i style={{ width: `${Math.min(100, share * 100)}%` }} />
        </div>
      )}
    </div>
  );
};

/** The five steps of the loop. */
const Loop = ({ event }: { event: Event }) => {
  const { term } = useText();
  return (
    <ol className={styles.loop}>
      {stepsOf(event.stage).map((state, i) => (
        <li key={eventStages[i]} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
          {term('event-stage', eventStages[i])}
        </li>
      ))}
    </ol>
  );
};

const Facts = ({ event }: { event: Event }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const stamp = (at: string | null) => (at ? formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang) : null);
  const facts: CardFact[] = [
    [
      'common.dimension.category',
      `${term('event-category-l1', event.categoryL1)} › ${term('event-category', event.category)}`,
      'event.category_code',
    ],
    ['common.dimension.source', term('event-source', event.source), 'event.source_code'],
    [
      'common.dimension.department',
      event.department ? term('department', event.department) : t('panel.facets.none.department'),
      'event.department_code',
    ],
    [
      'common.thing.grid',
      [event.community, event.grid]
        .filter((code) => code !== null)
        .map(divisions.name)
        .join(' · ') || null,
      'event.grid_code',
    ],
    [words('address'), event.address, 'event.address'],
    [words('reported'), stamp(event.reportedAt), 'event.reported_at'],
    [words('acceptDue'), stamp(event.acceptDueAt), 'event.accept_due_at'],
    [words('handleDue'), stamp(event.dueAt), 'event.handle_due_at'],
    [words('closed'), stamp(event.closedAt), 'event.closed_at'],
  ];
  return <CardFacts facts={facts.map(([label, ...said]) => [t(label), ...said] as const)} />;
};

type BodyProps = { event: Event; steps: Outputs['event']['history']; view: View; set: (patch: Partial<View>) => void };

const EventBody = ({ event, steps, view, set }: BodyProps) => {
  const { t, term } = useText();
  const tick = useTick();
  const at = view.at ? Date.parse(view.at) : tick;
  const { position, building } = event;
  const locate = () => {
    if (position) set({ camera: { lng: position[0], lat: position[1], zoom: 16.5, pitch: 0, bearing: 0 } });
  };
  return (
    <Card
      kicker={`${t(words('title'))} · ${event.number}`}
      title={event.title}
      badge={<LevelMark level={event.level} size="28px" />}
      note={`${term('event-level', String(event.level))} · ${term('event-status', event.status)}`}
      onClose={() => set({ selection: null })}
    >
      <Clock event={event} now={at} />
      <Loop event={event} />
      <div className={styles.actions}>
        <Button kind="primary" disabled={!position} onClick={locate}>
          <Crosshair aria-hidden />
          {t(words('locate'))}
        </Button>
        {building && <Button onClick={() => set({ selection: `building:${building}` })}>{t(words('building'))}</Button>}
      </div>
      {event.description && <p className={styles.description}>{event.description}</p>}
      {event.isHeld && !event.description && <p className={styles.description}>{t('intake.held')}</p>}
      {event.hasContact && <ContactLine key={event.id} id={event.id} />}
      <StepPhotos photos={event.photos.filter(({ step }) => step === 1)} screen="mid" />
      {event.mergedInto && (
        <Button onClick={() => set({ selection: `event:${event.mergedInto?.id}` })}>
          {t('intake.mergedInto', { number: event.mergedInto.number })}
        </Button>
      )}
      <CardSection title={t(words('facts'))}>
        <Facts event={event} />
      </CardSection>
      <CardSection title={t(words('history'))} caption={t(words('nSteps'), { n: steps.length })}>
        <Timeline steps={steps} photos={event.photos} isRunning={event.stage !== 'closed'} now={at} />
      </CardSection>
    </Card>
  );
};

/** One event: its clock against the limit, where it stands in the loop, facts and every move (事件档案). */
export const eventCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => {
    const id = partsOf(view.selection)?.code ?? '';
    return {
      event: api.event.byId.queryOptions({ id, at: view.at, known: view.known }),
      steps: api.event.history.queryOptions({ id, at: view.at, known: view.known }),
    };
  },
  draw: ({ data, view, set }) => <EventBody event={data.event} steps={data.steps} view={view} set={set} />,
});
