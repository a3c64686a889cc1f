'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { addressNameKinds, NameTaught, type OpenRow } from '@/data/model/address';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { problemWords } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import styles from './address.module.css';
import { useAskedAgain } from './use-asked-again';

/** Keeps what people call a street or a house (教别名). */
const Teach = ({ onDone }: { onDone: () => void }) => {
  const api = useTRPC();
  const { t } = useText();
  const again = useAskedAgain();
  const [taught, setTaught] = useState<NameTaught>({ name: '', standard: '', kind: 'popular' });
  const teach = useMutation(api.address.teach.mutationOptions({ onSettled: again, onSuccess: onDone }));
  return (
    <form
      className={styles.form}
      aria-label={t('address.teach.title')}
      onSubmit={(submit) => {
        submit.preventDefault();
        teach.mutate(taught);
      }}
    >
      <p>{t('address.teach.title')}</p>
      <div className={styles.moves}>
        {(['name', 'standard'] as const).map((field) => (
          <input
            key={field}
            className={styles.wide}
            aria-label={t(`address.teach.${field}`)}
            placeholder={t(`address.teach.${field}`)}
            maxLength={40}
            value={taught[field]}
            onChange={({ target }) => setTaught({ ...taught, [field]: target.value })}
          />
        ))}
        {addressNameKinds.map((kind) => (
          <label key={kind} className={styles.note}>
            <input
              type="radio"
              name="name-kind"
              checked={taught.kind === kind}
              onChange={() => setTaught({ ...taught, kind })}
            />{' '}
            {t(`address.teach.${kind}`)}
          </label>
        ))}
        <Button kind="primary" type="submit" disabled={!NameTaught.safeParse(taught).success || teach.isPending}>
          {t('address.teach.save')}
        </Button>
      </div>
      <p role="status">{teach.isError && problemWords(teach.error, t)}</p>
    </form>
  );
};

type RowProps = { batch: string; open: OpenRow; mayDecide: boolean; set: (patch: Partial<View>) => void };

const Row = ({ batch, open, mayDecide, set }: RowProps) => {
  const api = useTRPC();
  const { t } = useText();
  const divisions = useDivisions();
  const again = useAskedAgain();
  const decide = useMutation(api.address.decide.mutationOptions({ onSettled: again }));
  const [teaching, setTeaching] = useState<'no' | 'yes' | 'done'>('no');
  const { row, address, level, division, candidates } = open;
  const choose = (building: string | null) => decide.mutate({ batch, row, building });
  const where = division ? divisions.name(division) : '';
  return (
    <li className={styles.row} data-open-row={row}>
      <p>
        <b>{address}</b>
        <small>
          {t('address.open.line', { row })} · {t(`address.only.${level}`)} {where}
        </small>
      </p>
      <ul className={styles.candidates} aria-label={t('address.open.candidates')}>
        {candidates.map(({ code, address: standard }) => (
          <li key={code} data-candidate={code}>
            <span title={standard}>{standard}</span>
            <Button kind="quiet" onClick={() => set({ page: 'analyst', selection: `building:${code}` })}>
              {t('address.open.map')}
            </Button>
            {mayDecide && (
              <Button disabled={decide.isPending} onClick={() => choose(code)}>
                {t('address.open.choose')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {candidates.length === 0 && <p className={styles.note}>{t('address.open.noCandidate')}</p>}
      {mayDecide && (
        <div className={styles.moves}>
          <Button kind="quiet" disabled={decide.isPending} onClick={() => choose(null)}>
            {t('address.open.dismiss')}
          </Button>
          <Button kind="quiet" aria-expanded={teaching === 'yes'} onClick={() => setTeaching('yes')}>
            {t('address.open.teach')}
          </Button>
          <span role="status" className={styles.note}>
            {decide.isError && problemWords(decide.error, t)}
            {teaching === 'done' && t('address.teach.saved')}
          </span>
        </div>
      )}
      {teaching === 'yes' && <Teach onDone={() => setTeaching('done')} />}
    </li>
  );
};

type ListProps = Omit<RowProps, 'open'> & { rows: readonly OpenRow[]; all: number };

/** Rows nothing has matched, with the buildings they may mean; a person decides, or teaches a name (未匹配清单). */
export const AddressOpen = ({ rows, all, ...rest }: ListProps) => {
  const { t } = useText();
  if (rows.length === 0) return <p className={styles.note}>{t('address.card.none')}</p>;
  return (
    <>
      {all > rows.length && <p className={styles.note}>{t('address.card.shown', { n: rows.length, all })}</p>}
      <ul className={styles.rows}>
        {rows.map((open) => (
          <Row key={open.row} open={open} {...rest} />
        ))}
      </ul>
    </>
  );
};
