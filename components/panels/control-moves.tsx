'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type ControlDuty, type ControlMove, controlLevels } from '@/data/model/control';
import { Button } from '../base/button';
import { NoteInput } from '../base/note-input';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { DutyFields, hasDuties } from '../panel/duty-fields';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './desk-moves.module.css';

const key = 'control-moves';
const words = (name: string) => `panel.${key}.${name}`;
type Ticket = Outputs['control']['byId'];
type Step = ControlMove['step'];

const least = 2;
const isWritten = (text: string): boolean => text.trim().length >= least;

/** Divisions right below the post that have no part of the ticket yet. */
const useBelow = (ticket: Ticket): string[] => {
  const divisions = useDivisions();
  const held = ticket.parts.map(({ division }) => division);
  return divisions
    .children(ticket.own.division)
    .filter(({ level, code }) => controlLevels.some((each) => each === level) && !held.includes(code))
    .map(({ code }) => code);
};

const Moves = ({ ticket }: { ticket: Ticket }) => {
  const api = useTRPC();
  const { t, lang } = useText();
  const below = useBelow(ticket);
  const onSettled = useAskedAgain();
  const [note, setNote] = useState('');
  const [reason, setReason] = useState('');
  const [children, setChildren] = useState<ControlDuty[]>([]);
  const move = useMutation(api.control.move.mutationOptions({ onSettled }));
  const isEarly = ticket.moves.includes('report') && ticket.todo === 'wait';
  const moves = ticket.moves.filter((step) => step !== 'pass' || below.length > 0);
  const isReady = (step: Step) =>
    (step !== 'pass' || hasDuties(children)) &&
    (!['report', 'close', 'return'].includes(step) || isWritten(note)) &&
    (step !== 'report' || !isEarly || isWritten(reason));
  const send = (step: Step, division: string) => {
    const version = ticket.parts.find((part) => part.division === division)?.version ?? ticket.own.version;
    const given = { note, reason: step === 'report' && isEarly ? reason : '' };
    move.mutate({ id: ticket.id, division, version, step, ...given, children: step === 'pass' ? children : [] });
  };
  const returned = ticket.parts.filter(({ division }) => ticket.returnable.includes(division));
  if (moves.length + returned.length === 0) return <p className={styles.answer}>{t(words('empty'))}</p>;
  return (
    <div className={styles.moves}>
      {moves.includes('pass') && <DutyFields codes={below} value={children} onChange={setChildren} />}
      <div className={styles.fields}>
        <NoteInput label={t(words('note'))} value={note} onWrite={setNote} />
        {isEarly && <NoteInput label={t(words('reason'))} value={reason} onWrite={setReason} most={300} />}
      </div>
      <div className={styles.actions}>
        {moves.map((step, i) => (
          <Button
            key={step}
            kind={i === 0 ? 'primary' : 'plain'}
            data-move={step}
            disabled={move.isPending || !isReady(step as Step)}
            onClick={() => send(step as Step, ticket.own.division)}
          >
            {t(`control.step.${step}`)}
          </Button>
        ))}
        {returned.map((part) => (
          <Button
            key={part.division}
            data-return={part.division}
            disabled={move.isPending || !isReady('return')}
            onClick={() => send('return', part.division)}
          >
            {t(words('return'), { name: lang === 'zh' ? part.name : part.nameEn })}
          </Button>
        ))}
      </div>
      <p className={styles.answer} role="status">
        {move.isError && problemWords(move.error, t)}
      </p>
    </div>
  );
};

/** What this post may do now with its part of the ticket; nothing in the past. */
export const controlMoves = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    ticket: api.control.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  empty: ({ ticket }) => ticket.moves.length + ticket.returnable.length === 0,
  draw: ({ data: { ticket } }) => <Moves key={`${ticket.id} ${ticket.own.version}`} ticket={ticket} />,
});
