'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { keyOf, type Say } from '@/components/feed/plain-page';
import type { PublicForm } from '@/data/model/intake';
import type { HomeGrade, RentalRating, Slip as SlipTold } from '@/data/model/rental';
import styles from './screen.module.css';
import { askGrade, askSlip } from './use-public';

type Props = { say: Say; form: PublicForm };
type Word = (list: string, code: string) => string;

const wordsOf =
  ({ say: { lang }, form }: Props): Word =>
  (list, code) =>
    form.words.find((word) => word.list === list && word.code === code)?.[lang] ?? code;

type FieldProps = { name: string; title: string; value: string; onChange: (value: string) => void };

const Field = ({ name, title, value, onChange }: FieldProps) => (
  <label className={styles.part}>
    <h2>{title}</h2>
    <input
      className={styles.text}
      name={name}
      autoComplete="off"
      maxLength={60}
      value={value}
      onChange={(change) => onChange(change.target.value)}
    />
  </label>
);

/** One question of the page: what it asks with, and its answer or why there is none. */
const useAsked = <T,>(ask: () => Promise<T>) => {
  const [told, setTold] = useState<T | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const submit = (press: FormEvent) => {
    press.preventDefault();
    setTold(null);
    setFailed(null);
    ask().then(setTold, (error: unknown) => setFailed(keyOf(error)));
  };
  return { told, failed, submit };
};

const Failed = ({ say: { t }, failed }: { say: Say; failed: string | null }) =>
  failed && (
    <p className={styles.failed} role="alert">
      {t(failed)}
    </p>
  );

const Lines = ({ of }: { of: [string, ReactNode][] }) => (
  <dl className={styles.lines}>
    {of.map(([title, text]) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd>{text}</dd>
      </div>
    ))}
  </dl>
);

const Rating = ({ rating, say: { t }, word }: { rating: RentalRating; say: Say; word: Word }) => (
  <>
    <h3>
      {t('public.home.grade.is', { code: rating.grade, name: word('rental-rating', rating.grade) })} ·{' '}
      {t('public.home.rating', { score: rating.score })}
    </h3>
    <Lines
      of={rating.losses.map(({ factor, weight, lost }) => [
        word('rental-rating-factor', factor),
        lost === 0 ? t('public.home.rating.full') : t('public.home.rating.lost', { lost, weight }),
      ])}
    />
    <p className={styles.note}>{t('public.home.visits', { n: rating.visitDays })}</p>
  </>
);

const Grade = ({ told, say: { t }, word }: { told: HomeGrade; say: Say; word: Word }) => (
  <div className={styles.told} data-grade={told.grade ?? 'none'}>
    <p className={styles.note}>
      {told.address} {t('public.home.room', { room: told.room })}
    </p>
    <strong>
      {told.grade === null
        ? t('public.home.grade.none')
        : t('public.home.grade.is', { code: told.grade, name: word('rental-rating', told.grade) })}
    </strong>
  </div>
);

const Slip = ({ told, say, word, form }: Props & { told: SlipTold; word: Word }) => {
  const { t, lang } = say;
  return (
    <section className={styles.slip} data-slip="">
      <h2>{t('public.home.slip.title')}</h2>
      <p className={styles.note}>
        {lang === 'zh' ? form.name : form.nameEn}
        {form.isDemo && <span className={styles.badge}>{t('common.badge.demo')}</span>}
      </p>
      <Lines
        of={[
          [t('public.home.name'), told.name],
          [t('public.home.idNumber'), told.idNumber],
          [t('public.home.slip.address'), `${told.address} ${t('public.home.room', { room: told.room })}`],
          [t('public.home.slip.relation'), word('residence-relation', told.relation)],
          [t('public.home.slip.since'), told.since],
          [t('public.home.slip.on'), told.printedOn],
        ]}
      />
      {told.rating && <Rating rating={told.rating} say={say} word={word} />}
      <button type="button" className={styles.second} onClick={() => window.print()}>
        {t('public.home.slip.print')}
      </button>
    </section>
  );
};

/** What a resident gets by himself (自助办理): the grade of a let home by its code, and a slip of his own residence. */
export const Home = ({ say, form }: Props) => {
  const { t } = say;
  const word = wordsOf({ say, form });
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  const grade = useAsked(() => askGrade(code));
  const slip = useAsked(() => askSlip({ code, name, idNumber }));
  return (
    <div className={styles.form} data-home="">
      <form className={styles.form} onSubmit={grade.submit}>
        <Field name="code" title={t('public.home.code')} value={code} onChange={setCode} />
        <p className={styles.note}>{t('public.home.code.note')}</p>
        <button type="submit" className={styles.second}>
          {t('public.home.grade')}
        </button>
        <Failed say={say} failed={grade.failed} />
        {grade.told && <Grade told={grade.told} say={say} word={word} />}
      </form>
      <form className={styles.form} onSubmit={slip.submit}>
        <Field name="name" title={t('public.home.name')} value={name} onChange={setName} />
        <Field name="idNumber" title={t('public.home.idNumber')} value={idNumber} onChange={setIdNumber} />
        <p className={styles.note}>{t('public.home.slip.note')}</p>
        <button type="submit" className={styles.main}>
          {t('public.home.slip')}
        </button>
        <Failed say={say} failed={slip.failed} />
      </form>
      {slip.told && <Slip told={slip.told} {...{ say, word, form }} />}
    </div>
  );
};
