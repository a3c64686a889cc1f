'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '@/data/model/campaign';
import { Button } from '../base/button';
import { NoteInput } from '../base/note-input';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './campaign-form.module.css';
import { useAskedAgain } from './use-asked-again';

const words = (name: string) => `campaign.move.${name}`;

/** Extends a campaign, or ends it with what came of it. */
export const CampaignMoves = ({ campaign }: { campaign: Campaign }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const [note, setNote] = useState('');
  const [endsOn, setEndsOn] = useState('');
  const move = useMutation(api.campaign.move.mutationOptions({ onSettled: again, onSuccess: () => setNote('') }));
  const send = (kind: 'extend' | 'close') =>
    move.mutate({ id: campaign.id, version: campaign.version, kind, note, endsOn: kind === 'extend' ? endsOn : null });
  const isReady = note.trim().length > 1 && !move.isPending;
  return (
    <div className={styles.form}>
      <NoteInput label={t(words('note'))} value={note} onWrite={setNote} most={400} />
      <div className={styles.row}>
        <Button kind="primary" data-move="close" disabled={!isReady} onClick={() => send('close')}>
          {t(words('close'))}
        </Button>
        <input
          className={styles.input}
          type="date"
          aria-label={t(words('endsOn'))}
          min={campaign.endsOn}
          value={endsOn}
          onChange={({ target }) => setEndsOn(target.value)}
        />
        <Button data-move="extend" disabled={!isReady || endsOn <= campaign.endsOn} onClick={() => send('extend')}>
          {t(words('extend'))}
        </Button>
      </div>
      <p role="status">{move.isError && t(`common.problem.${problemOf(move.error)}`)}</p>
    </div>
  );
};
