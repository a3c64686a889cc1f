'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { LevelMark } from '../base/level-mark';
import { NoteInput } from '../base/note-input';
import { ticketOrder } from '../chart/ticket-order';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { LampWords } from '../panel/lamp-words';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { SupervisionSteps } from '../panel/supervision-steps';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './ticket-card.module.css';

const key = 'ticket-card';
const words = (name: string) => `panel.${key}.${name}`;
type Told = Outputs['supervision']['ticket'];

const longestHours = 24;

/** What this post may do next: a note, a reply, sent back with a day more, closed. */
const Moves = ({ ticket, moves }: Pick<Told, 'ticket' | 'moves'>) => {
  const api = useTRPC();
  const { t } = useText();
  const [note, setNote] = useState('');
  const tick = useTick();
  const onSettled = useAskedAgain();
  const move = useMutation(api.supervision.moveTicket.mutationOptions({ onSettled, onSuccess: () => setNote('') }));
  const later = new Date(tick + longestHours * 3_600_000).toISOString();
  return (
    <form className={styles.moves} onSubmit={(submit) => submit.preventDefault()}>
      <NoteInput label={t(words('note'))} value={note} onWrite={setNote} />
      {moves.map((step) => (
        <Button
          key={step}
          data-move={step}
          disabled={move.isPending || note.trim().length < 2}
          onClick={() =>
            move.mutate({
              ...{ id: ticket.id, version: ticket.version, step, note },
              deadlineAt: step === 'return' ? later : null,
            })
          }
        >
          {t(words(`do.${step}`))}
        </Button>
      ))}
      <p role="status">{move.isError && t(`common.problem.${problemOf(move.error)}`)}</p>
    </form>
  );
};

type BodyProps = Told & { view: View; set: (patch: Partial<View>) => void };

const Body = ({ ticket, steps, moves, view, set }: BodyProps) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const tick = useTick();
  const [owed] = ticketOrder([ticket], view.at ? Date.parse(view.at) : tick);
  const stamp = (at: string | null) => (at ? formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang) : null);
  return (
    <Card
      kicker={`${t(words('title'))} · ${ticket.number}`}
      title={ticket.title ?? term('event-category', ticket.category)}
      badge={<LevelMark level={ticket.level} size="28px" />}
      note={
        <>
          {term('supervision-rung', ticket.rung)} ·{' '}
          {owed && <LampWords minutesLeft={owed.minutesLeft} lamp={owed.lamp} />}
        </>
      }
      onClose={() => set({ selection: null })}
    >
      <div className={styles.facts}>
        <CardFacts
          facts={[
            [
              t(words('target')),
              ticket.department ? term('department', ticket.department) : t('panel.facets.none.department'),
              'supervision_ticket.department_code',
            ],
            [t('common.thing.grid'), divisions.name(ticket.grid ?? ticket.community), 'event.grid_code'],
            [t(words('text')), ticket.text || t(words('byLadder')), 'supervision_ticket.text'],
            [t(words('opened')), stamp(ticket.openedAt), 'supervision_ticket.opened_at'],
            [t(words('deadline')), stamp(ticket.deadlineAt), 'supervision_ticket.deadline_at'],
            [t(words('reply')), ticket.reply || null, 'supervision_ticket.reply'],
            [t(words('result')), ticket.result || null, 'supervision_ticket.result'],
          ]}
        />
      </div>
      <p className={styles.link}>
        <Button data-go="event" onClick={() => set({ selection: `event:${ticket.eventId}` })}>
          {t(words('event'), { number: ticket.eventNumber })}
        </Button>
      </p>
      {moves.length > 0 && <Moves ticket={ticket} moves={moves} />}
      <CardSection title={t(words('moves'))}>
        <SupervisionSteps steps={steps} list="supervision-step" />
      </CardSection>
    </Card>
  );
};

/** One supervision ticket: whom it presses, by when, what was answered, every move (督办单). */
export const ticketCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.supervision.ticket.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  draw: ({ data: { told }, view, set }) => <Body key={told.ticket.id} {...told} view={view} set={set} />,
});
