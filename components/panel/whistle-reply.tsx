'use client';

import { useState } from 'react';
import type { WhistleReply } from '@/data/model/supervision';
import { Button } from '../base/button';
import { useText } from '../feed/text';
import styles from './whistle-reply.module.css';

const words = (name: string) => `panel.whistle-card.${name}`;

/** Instant of a field of local date and time; null = none is chosen. */
const instantOf = (text: string): string | null => (text === '' ? null : new Date(text).toISOString());

type Draft = { acceptedAt: string; contacted: string; measure: string; limitAt: string };
const fields = [
  ['acceptedAt', 'datetime-local'],
  ['contacted', 'text'],
  ['measure', 'text'],
  ['limitAt', 'datetime-local'],
] as const;

/** The four elements of a reply (四要素); it goes once all four are there. */
export const WhistleReplyForm = ({ send, isBusy }: { send: (reply: WhistleReply) => void; isBusy: boolean }) => {
  const { t } = useText();
  const [draft, setDraft] = useState<Draft>({ acceptedAt: '', contacted: '', measure: '', limitAt: '' });
  const [acceptedAt, limitAt] = [instantOf(draft.acceptedAt), instantOf(draft.limitAt)];
  const isWhole = draft.contacted.trim().length > 1 && draft.measure.trim().length > 1;
  return (
    <form className={styles.form} onSubmit={(submit) => submit.preventDefault()}>
      {fields.map(([name, type]) => (
        <label key={name}>
          {t(words(`element.${name}`))}
          <input
            className={styles.input}
            type={type}
            name={name}
            maxLength={1000}
            value={draft[name]}
            onChange={(change) => setDraft({ ...draft, [name]: change.target.value })}
          />
        </label>
      ))}
      <Button
        kind="primary"
        data-move="reply"
        disabled={isBusy || acceptedAt === null || limitAt === null || !isWhole}
        onClick={() => acceptedAt && limitAt && send({ ...draft, acceptedAt, limitAt })}
      >
        {t(words('do.reply'))}
      </Button>
    </form>
  );
};
