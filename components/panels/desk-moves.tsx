'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { EventStatus } from '@/data/model/event';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { NoteInput } from '../base/note-input';
import { useDrill } from '../feed/drill';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { PressButton } from '../panel/press-button';
import { partsOf } from '../panel/question';
import { SimilarList } from '../panel/similar-list';
import { useAskedAgain } from '../panel/use-asked-again';
import { WhistleForm } from '../panel/whistle-form';
import styles from './desk-moves.module.css';

const key = 'desk-moves';
const words = (name: string) => `panel.${key}.${name}`;
type Event = Outputs['event']['byId'];

/** Statuses whose moves say more than a note: handed to a department, more time asked for, suspended, joint handling. */
const dispatched: EventStatus = 'S31';
const inHand: EventStatus = 'S40';
const asked: EventStatus = 'S41';
const suspended: EventStatus = 'S42';
const joined: EventStatus = 'S43';

const Department = ({ chosen, choose }: { chosen: string | null; choose: (code: string) => void }) => {
  const { t, term, words: list } = useText();
  const name = chosen ? term('department', chosen) : t(words('noDepartment'));
  return (
    <ChoiceMenu
      label={`${t('common.dimension.department')}: ${name}`}
      value={chosen}
      choices={list('department').map(({ code, label }) => ({ value: code, label }))}
      onChoose={choose}
      className={styles.department}
    >
      {name}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

/** A choice of what comes next; an answer to a request for more time is one of two. */
type Choice = { to: EventStatus; isApproved: boolean | null };

const choicesOf = ({ status, moves }: Event): Choice[] =>
  moves
    .filter((to) => to !== joined)
    .flatMap((to): Choice[] =>
      status === asked && to === inHand
        ? [
            { to, isApproved: true },
            { to, isApproved: false },
          ]
        : [{ to, isApproved: null }],
    );

/** Whether a move may name an instant: a limit asked for or granted, the day a suspension is looked at again. */
const isDated = ({ to, isApproved }: Choice): boolean => to === asked || to === suspended || isApproved === true;

const labelOf = ({ isApproved }: Choice): string =>
  isApproved === null ? words('to') : words(isApproved ? 'approve' : 'refuse');

const useMove = () => {
  const api = useTRPC();
  const onSettled = useAskedAgain();
  return useMutation(api.event.move.mutationOptions({ onSettled }));
};

type FieldsProps = {
  event: Event;
  note: string;
  setNote: (note: string) => void;
  until: string;
  setUntil: (until: string) => void;
  children: ReactNode;
};

const Fields = ({ event, note, setNote, until, setUntil, children }: FieldsProps) => {
  const { t } = useText();
  return (
    <div className={styles.fields}>
      {children}
      <NoteInput label={t(words('note'))} value={note} onWrite={setNote} />
      {choicesOf(event).some(isDated) && (
        <input
          className={styles.until}
          type="datetime-local"
          name="until"
          aria-label={t(words('until'))}
          title={t(words('until'))}
          value={until}
          onChange={(change) => setUntil(change.target.value)}
        />
      )}
    </div>
  );
};

/** Statuses of a case nobody has registered yet: here duplicates are looked for. */
const unregistered: EventStatus[] = ['S10', 'S20'];

/** Open cases that may be the same; the selected one can be merged into any of them. */
const Duplicates = ({ event }: { event: Event }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const { position, category, reportedAt: at, id, version } = event;
  const isAsked = position !== null && event.moves.includes('S90') && unregistered.includes(event.status);
  const asked = useQuery({
    ...api.event.similar.queryOptions({ position: position ?? [0, 0], category, at, not: id }),
    enabled: isAsked,
  });
  const merge = useMutation(api.event.merge.mutationOptions({ onSettled: again }));
  return (
    <>
      <SimilarList
        rows={isAsked ? (asked.data ?? []) : []}
        action={(row) => (
          <Button data-merge={row.id} onClick={() => merge.mutate({ id, version, into: row.id })}>
            {t('intake.similar.merge')}
          </Button>
        )}
      />
      {merge.isError && <p role="status">{t(`common.problem.${problemOf(merge.error)}`)}</p>}
    </>
  );
};

const Moves = ({ event }: { event: Event }) => {
  const { t, term } = useText();
  const [note, setNote] = useState('');
  const [until, setUntil] = useState('');
  const [department, setDepartment] = useState(event.department);
  const move = useMove();
  /** Nobody is pressed or whistled for in a drill. */
  const isDrill = useDrill() !== null;
  const send = (choice: Choice) =>
    move.mutate(
      {
        ...{ id: event.id, version: event.version, to: choice.to, note, isApproved: choice.isApproved },
        departmentCode: choice.to === dispatched ? department : null,
        untilAt: isDated(choice) && until !== '' ? new Date(until).toISOString() : null,
      },
      { onSuccess: () => setNote('') },
    );
  return (
    <form className={styles.moves} onSubmit={(submit) => submit.preventDefault()}>
      <Fields {...{ event, note, setNote, until, setUntil }}>
        {event.moves.includes(dispatched) && <Department chosen={department} choose={setDepartment} />}
      </Fields>
      <div className={styles.actions}>
        {choicesOf(event).map((choice, i) => (
          <Button
            key={`${choice.to}${choice.isApproved}`}
            kind={i === 0 ? 'primary' : 'plain'}
            data-move={choice.isApproved === false ? 'refuse' : choice.to}
            disabled={move.isPending}
            onClick={() => send(choice)}
          >
            {t(labelOf(choice), { status: term('event-status', choice.to) })}
          </Button>
        ))}
        {!isDrill && <PressButton event={event} order={note} until={until} />}
      </div>
      {!isDrill && event.moves.includes(joined) && <WhistleForm event={event} reason={note} />}
      <Duplicates event={event} />
      <p className={styles.answer} role="status">
        {move.isError && t(`common.problem.${problemOf(move.error)}`)}
        {move.isSuccess && t(words('done'), { status: term('event-status', move.data.status) })}
      </p>
    </form>
  );
};

/** What this post may do next with the selected event (处置操作); nothing in the past. */
export const deskMoves = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    event: api.event.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at, known: view.known }),
  }),
  empty: ({ event }) => event.moves.length === 0,
  draw: ({ data: { event } }) => <Moves key={event.id} event={event} />,
});
