'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { EventStatus } from '@/data/model/event';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { SimilarList } from '../panel/similar-list';
import styles from './desk-moves.module.css';

const key = 'desk-moves';
const words = (name: string) => `panel.${key}.${name}`;
type Event = Outputs['event']['byId'];

/** Status that hands the event to a department. */
const dispatched: EventStatus = 'S31';

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

/** Sends a move; whatever it changed is asked for anew. */
const useMove = () => {
  const api = useTRPC();
  const client = useQueryClient();
  return useMutation(
    api.event.move.mutationOptions({
      onSettled: () =>
        Promise.all(
          [api.event.pathFilter(), api.metric.pathFilter()].map((filter) => client.invalidateQueries(filter)),
        ),
    }),
  );
};

/** Statuses of a case nobody has registered yet: here duplicates are looked for. */
const unregistered: EventStatus[] = ['S10', 'S20'];

/** Open cases that may be the same; the selected one can be merged into any of them. */
const Duplicates = ({ event }: { event: Event }) => {
  const { t } = useText();
  const api = useTRPC();
  const client = useQueryClient();
  const { position, category, reportedAt: at, id, version } = event;
  const isAsked = position !== null && event.moves.includes('S90') && unregistered.includes(event.status);
  const asked = useQuery({
    ...api.event.similar.queryOptions({ position: position ?? [0, 0], category, at, not: id }),
    enabled: isAsked,
  });
  const merge = useMutation(
    api.event.merge.mutationOptions({ onSettled: () => client.invalidateQueries(api.event.pathFilter()) }),
  );
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
  const [department, setDepartment] = useState(event.department);
  const move = useMove();
  const send = (to: EventStatus) =>
    move.mutate(
      {
        id: event.id,
        version: event.version,
        to,
        note,
        departmentCode: to === dispatched ? department : null,
      },
      { onSuccess: () => setNote('') },
    );
  return (
    <form className={styles.moves} onSubmit={(submit) => submit.preventDefault()}>
      <div className={styles.fields}>
        {event.moves.includes(dispatched) && <Department chosen={department} choose={setDepartment} />}
        <input
          className={styles.note}
          aria-label={t(words('note'))}
          placeholder={t(words('note'))}
          maxLength={1000}
          value={note}
          onChange={(change) => setNote(change.target.value)}
        />
      </div>
      <div className={styles.actions}>
        {event.moves.map((to, i) => (
          <Button
            key={to}
            kind={i === 0 ? 'primary' : 'plain'}
            data-move={to}
            disabled={move.isPending}
            onClick={() => send(to)}
          >
            {t(words('to'), { status: term('event-status', to) })}
          </Button>
        ))}
      </div>
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
