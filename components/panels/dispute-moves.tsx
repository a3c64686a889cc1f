'use client';

import { useMutation } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { DisputeRecordKind, DisputeStatus } from '@/data/model/dispute';
import { Button } from '../base/button';
import { ChoiceMenu } from '../base/menu';
import { NoteInput } from '../base/note-input';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './desk-moves.module.css';

const key = 'dispute-moves';
const words = (name: string) => `panel.${key}.${name}`;
type Case = Outputs['dispute']['byId'];

type ChoiceProps = { list: string; label: string; value: string | null; choose: (code: string) => void };

const Choice = ({ list, label, value, choose }: ChoiceProps) => {
  const { t, term, words: entries } = useText();
  const name = value ? term(list, value) : t(words('choose'));
  return (
    <ChoiceMenu
      label={`${label}: ${name}`}
      value={value}
      choices={entries(list).map(({ code, label: text }) => ({ value: code, label: text }))}
      onChoose={choose}
      className={styles.department}
    >
      {label} {name}
      <ChevronDown aria-hidden />
    </ChoiceMenu>
  );
};

/** Moves to the next stage, with what each of them asks for. */
const Moves = ({ dispute }: { dispute: Case }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const [note, setNote] = useState('');
  const [lead, setLead] = useState<string | null>(dispute.lead);
  const [assist, setAssist] = useState<string | null>(null);
  const [method, setMethod] = useState<string | null>(null);
  const [score, setScore] = useState<string | null>(null);
  const move = useMutation(api.dispute.move.mutationOptions({ onSettled: again }));
  const can = (to: DisputeStatus) => dispute.moves.includes(to);
  const isBack = (to: DisputeStatus) =>
    to === 'void' ||
    (to === 'mediating' && dispute.stage === 'review') ||
    (to === 'distributed' && dispute.status === 'mediating');
  /** Whether all that the move asks for has been given. */
  const isReady = (to: DisputeStatus) =>
    (to !== 'distributed' || lead !== null) &&
    (!['settled', 'referred'].includes(to) || method !== null) &&
    (to !== 'assessed' || score !== null) &&
    (!isBack(to) || note.trim() !== '');
  const send = (to: DisputeStatus) =>
    move.mutate({
      id: dispute.id,
      version: dispute.version,
      to,
      note,
      lead: to === 'distributed' ? lead : null,
      assist: to === 'distributed' && assist && assist !== lead ? [assist] : [],
      method: to === 'settled' || to === 'referred' ? method : null,
      score: to === 'assessed' ? Number(score) || null : null,
    });
  return (
    <div className={styles.moves}>
      <div className={styles.fields}>
        {can('distributed') && (
          <>
            <Choice list="department" label={t(words('lead'))} value={lead} choose={setLead} />
            <Choice list="department" label={t(words('assist'))} value={assist} choose={setAssist} />
          </>
        )}
        {can('settled') && (
          <Choice list="dispute-resolution" label={t(words('method'))} value={method} choose={setMethod} />
        )}
        {can('assessed') && (
          <ChoiceMenu
            label={t(words('score'))}
            value={score}
            choices={['5', '4', '3', '2', '1'].map((value) => ({ value, label: value }))}
            onChoose={setScore}
            className={styles.department}
          >
            {t(words('score'))} {score ?? t(words('choose'))}
            <ChevronDown aria-hidden />
          </ChoiceMenu>
        )}
        <NoteInput label={t(words('note'))} value={note} onWrite={setNote} />
      </div>
      <div className={styles.actions}>
        {dispute.moves.map((to, i) => (
          <Button
            key={to}
            kind={i === 0 ? 'primary' : 'plain'}
            data-move={to}
            disabled={move.isPending || !isReady(to)}
            onClick={() => send(to)}
          >
            {t('panel.desk-moves.to', { status: t(`dispute.status.${to}`) })}
          </Button>
        ))}
      </div>
      <p className={styles.answer} role="status">
        {move.isError && t(`common.problem.${problemOf(move.error)}`)}
      </p>
    </div>
  );
};

const kindsIn: Partial<Record<DisputeStatus, DisputeRecordKind[]>> = {
  distributed: ['reply'],
  mediating: ['session', 'agreement', 'reply'],
  settled: ['follow_up'],
  referred: ['follow_up'],
  reviewed: ['follow_up'],
};

/** A line for the record: what was said, agreed, answered or found afterwards. */
const Note = ({ dispute, kinds }: { dispute: Case; kinds: DisputeRecordKind[] }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const [kind, setKind] = useState<DisputeRecordKind>(kinds[0] ?? 'session');
  const [text, setText] = useState('');
  const [isKept, setKept] = useState(true);
  const write = useMutation(api.dispute.note.mutationOptions({ onSettled: again, onSuccess: () => setText('') }));
  const send = (submit: FormEvent) => {
    submit.preventDefault();
    write.mutate({
      id: dispute.id,
      clientKey: crypto.randomUUID(),
      kind,
      text,
      department: kind === 'reply' ? dispute.lead : null,
      isKept: kind === 'follow_up' ? isKept : null,
    });
  };
  return (
    <form className={styles.moves} onSubmit={send}>
      <div className={styles.fields}>
        <ChoiceMenu
          label={t(words('kind'))}
          value={kind}
          choices={kinds.map((value) => ({ value, label: t(`dispute.record.${value}`) }))}
          onChoose={(value) => setKind(kinds.find((each) => each === value) ?? kind)}
          className={styles.department}
        >
          {t(`dispute.record.${kind}`)}
          <ChevronDown aria-hidden />
        </ChoiceMenu>
        {kind === 'follow_up' && (
          <label className={styles.check}>
            <input type="checkbox" checked={isKept} onChange={(change) => setKept(change.target.checked)} />
            {t('panel.dispute-card.kept')}
          </label>
        )}
        <NoteInput label={t(words('text'))} value={text} onWrite={setText} most={2000} />
        <Button type="submit" data-note={kind} disabled={write.isPending || text.trim() === ''}>
          {t(words('write'))}
        </Button>
      </div>
      <p className={styles.answer} role="status">
        {write.isError && t(`common.problem.${problemOf(write.error)}`)}
      </p>
    </form>
  );
};

const Actions = ({ dispute }: { dispute: Case }) => {
  const kinds = kindsIn[dispute.status];
  return (
    <>
      {kinds && <Note key={dispute.status} dispute={dispute} kinds={kinds} />}
      {dispute.moves.length > 0 && <Moves key={dispute.version} dispute={dispute} />}
    </>
  );
};

/** What this post may do next with the selected dispute, and what it may write into its record; nothing in the past. */
export const disputeMoves = definePanel({
  key,
  sizes: ['desk'],
  ask: ({ view, api }) => ({
    dispute: api.dispute.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  empty: ({ dispute }) => dispute.moves.length === 0,
  draw: ({ data: { dispute } }) => <Actions key={dispute.id} dispute={dispute} />,
});
