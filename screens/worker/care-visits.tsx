'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { formatStamp } from '@/components/base/format';
import { useText } from '@/components/feed/text';
import { useTRPC } from '@/components/feed/trpc';
import { useUploads } from '@/components/feed/upload-provider';
import type { CareResult, CareRow } from '@/data/model/care';
import styles from './screen.module.css';
import own from './visit.module.css';

const askMs = 60_000;
/** A list is looked at once an opening: each look is on record. */
const keptMs = Number.POSITIVE_INFINITY;
const shownAtFirst = 12;
const leastNote = 2;

/** How many visits are due (走访); gone while none are. Whom to is told on a press. */
export const CareCall = ({ onOpen }: { onOpen: () => void }) => {
  const { t } = useText();
  const api = useTRPC();
  const due = useQuery(
    api.care.due.queryOptions(undefined, { refetchInterval: askMs, staleTime: askMs, retry: 0 }),
  ).data;
  if (!due || due.overdue + due.week === 0) return null;
  return (
    <section className={styles.call} data-care={due.overdue + due.week}>
      <div className={own.call}>
        <h2>{t('register.phone.due', due)}</h2>
        <button type="button" className={styles.go} onClick={onOpen}>
          {t('register.phone.go')}
        </button>
      </div>
    </section>
  );
};

type TellProps = { row: CareRow; post: string; onDone: () => void };

const Tell = ({ row, post, onDone }: TellProps) => {
  const { t } = useText();
  const { add } = useUploads();
  const [note, setNote] = useState('');
  const tell = (result: CareResult | null) => {
    void add({
      ...{ key: crypto.randomUUID(), post, at: Date.now(), photos: [], refused: null, kind: 'care' },
      title: t('register.phone.act'),
      input: { id: row.id, seq: row.seq ?? 0, result, note },
    });
    onDone();
  };
  return (
    <div className={own.tell}>
      <textarea
        className={styles.text}
        value={note}
        maxLength={400}
        aria-label={t('register.card.note')}
        placeholder={t('register.card.note')}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className={own.results}>
        {(['well', 'need', 'left'] as const).map((result) => (
          <button
            key={result}
            type="button"
            className={own.result}
            data-result={result}
            disabled={result === 'need' && note.trim().length < leastNote}
            onClick={() => tell(result)}
          >
            {t(`register.result.${result}`)}
          </button>
        ))}
        <button type="button" className={own.result} data-result="away" onClick={() => tell(null)}>
          {t('register.result.away')}
        </button>
      </div>
    </div>
  );
};

const Row = ({ row, post }: { row: CareRow; post: string }) => {
  const { t, lang, term, installation } = useText();
  const { items } = useUploads();
  const [isOpen, setOpen] = useState(false);
  const isWaiting = items.some((item) => item.kind === 'care' && item.input.id === row.id && !item.refused);
  const due = row.dueAt && formatStamp(new Date(row.dueAt), installation?.timeZone ?? 'UTC', lang);
  return (
    <li className={own.person} data-person={row.id}>
      <div className={own.call}>
        <div className={styles.about}>
          <h3>{`${row.name} · ${term('care-group', row.group)}`}</h3>
          <p className={styles.words}>
            <span>{`${lang === 'zh' ? row.place : row.placeEn} ${row.room}`}</span>
            {due && <span>{t('register.phone.by', { time: due })}</span>}
            {row.need && <span>{row.need}</span>}
          </p>
          {isWaiting && <p className={styles.waiting}>{t('verify.phone.waiting')}</p>}
        </div>
        {!isWaiting && !isOpen && (
          <button type="button" className={styles.act} data-kind="main" onClick={() => setOpen(true)}>
            {t('register.phone.act')}
          </button>
        )}
      </div>
      {!isWaiting && isOpen && <Tell row={row} post={post} onDone={() => setOpen(false)} />}
    </li>
  );
};

/** Whom to visit in this grid, those overdue first, masked (走访名单); nothing of it is kept on the device. */
export const CareVisits = ({ post, onBack }: { post: string; onBack: () => void }) => {
  const { t } = useText();
  const api = useTRPC();
  const [nShown, setShown] = useState(shownAtFirst);
  const ask = (window: 'overdue' | 'week') =>
    api.care.list.queryOptions({ purpose: 'visit', window }, { staleTime: keptMs });
  const [overdue, week] = [useQuery(ask('overdue')), useQuery(ask('week'))];
  const rows = [...(overdue.data?.rows ?? []), ...(week.data?.rows ?? [])];
  const isThere = overdue.data !== undefined && week.data !== undefined;
  return (
    <section className={styles.page} data-panel="worker-care" data-state={isThere ? 'ready' : 'waiting'}>
      <button type="button" className={styles.back} onClick={onBack}>
        <ChevronLeft aria-hidden />
        {t('verify.phone.back')}
      </button>
      <h2 className={styles.heading}>
        {t('register.phone.title')} <small>{t('register.phone.n', { n: rows.length })}</small>
      </h2>
      <p className={styles.sub}>{t('register.phone.kept')}</p>
      {(overdue.isError || week.isError) && <p role="alert">{t('common.problem.unavailable')}</p>}
      {isThere && rows.length === 0 && <p className={styles.empty}>{t('register.phone.none')}</p>}
      <ul className={styles.tasks}>
        {rows.slice(0, nShown).map((row) => (
          <Row key={row.id} row={row} post={post} />
        ))}
      </ul>
      {rows.length > nShown && (
        <button type="button" className={styles.more} onClick={() => setShown(nShown + shownAtFirst)}>
          {t('phone.more', { n: rows.length - nShown })}
        </button>
      )}
    </section>
  );
};
