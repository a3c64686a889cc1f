'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { type CareCard as CareCardData, type CareResult, careAskOf, careResults } from '@/data/model/care';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { FieldName } from '../panel/field-name';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './care-card.module.css';

const key = 'care-card';
const words = (name: string) => `register.card.${name}`;
/** Reads of one person are on record: the card is not asked again by itself. */
const keptMs = Number.POSITIVE_INFINITY;
const leastReason = 4;

type Purpose = NonNullable<ReturnType<typeof careAskOf>>['purpose'];
type BodyProps = { told: CareCardData; purpose: Purpose; set: (patch: Partial<View>) => void };

const Problem = ({ error }: { error: unknown }) => {
  const { t } = useText();
  return <p role="status">{error ? t(`common.problem.${problemOf(error)}`) : ''}</p>;
};

/** What a visit found; one that met nobody stays due. */
const Visit = ({ told }: { told: CareCardData }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const [note, setNote] = useState('');
  const visit = useMutation(api.care.visit.mutationOptions({ onSettled: again }));
  const tell = (result: CareResult | null) =>
    visit.mutate({ id: told.id, seq: told.seq ?? 0, result, note, clientKey: crypto.randomUUID() });
  return (
    <CardSection title={t(words('visit'))}>
      <textarea
        className={styles.note}
        value={note}
        maxLength={400}
        aria-label={t(words('note'))}
        placeholder={t(words('note'))}
        onChange={({ target }) => setNote(target.value)}
      />
      <p className={styles.moves}>
        {careResults.map((result) => (
          <Button
            key={result}
            kind={result === 'well' ? 'primary' : 'plain'}
            data-result={result}
            disabled={visit.isPending || (result === 'need' && note.trim().length < 2)}
            onClick={() => tell(result)}
          >
            {t(`register.result.${result}`)}
          </Button>
        ))}
        <Button kind="quiet" data-result="away" disabled={visit.isPending} onClick={() => tell(null)}>
          {t('register.result.away')}
        </Button>
      </p>
      <Problem error={visit.error} />
    </CardSection>
  );
};

/** Who it is: for a reason, gone after ten minutes, marked with who looked. */
const Reveal = ({ told, purpose }: Omit<BodyProps, 'set'>) => {
  const { t, lang, installation } = useText();
  const divisions = useDivisions();
  const api = useTRPC();
  const [reason, setReason] = useState('');
  const { data, error, isPending, mutate, reset } = useMutation(api.care.reveal.mutationOptions());
  useEffect(() => {
    if (!data) return;
    const timer = setTimeout(reset, Date.parse(data.until) - Date.now());
    return () => clearTimeout(timer);
  }, [data, reset]);
  const submit = (press: FormEvent) => {
    press.preventDefault();
    mutate({ id: told.id, purpose, reason });
  };
  if (data) {
    const until = formatStamp(new Date(data.until), installation?.timeZone ?? 'UTC', lang);
    return (
      <CardSection title={t(words('identity'))} caption={t(words('until'), { time: until })}>
        <p className={styles.told} data-revealed="" data-mark={`${divisions.name(told.grid ?? '')} ${until}`}>
          {[data.name, data.phone].filter(Boolean).join(' · ')}
        </p>
      </CardSection>
    );
  }
  return (
    <CardSection title={t(words('identity'))} caption={t(words('kept'))}>
      <form className={styles.ask} onSubmit={submit}>
        <input
          value={reason}
          maxLength={200}
          aria-label={t(words('reason'))}
          placeholder={t(words('reason'))}
          onChange={({ target }) => setReason(target.value)}
        />
        <Button type="submit" disabled={reason.trim().length < leastReason || isPending}>
          {t(words('reveal'))}
        </Button>
      </form>
      <Problem error={error} />
    </CardSection>
  );
};

const Visits = ({ told }: { told: CareCardData }) => {
  const { t, lang, installation } = useText();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <CardSection title={t(words('visits'))}>
      <ol className={styles.visits}>
        {told.visits.map(({ seq, dueAt, visitedAt, result, note }) => (
          <li key={seq} data-late={visitedAt !== null && visitedAt > dueAt ? '' : undefined}>
            <b>{result ? t(`register.result.${result}`) : t(words('due'))}</b>
            <span>{note}</span>
            <small>
              {visitedAt ? t(words('doneOf'), { done: stamp(visitedAt), due: stamp(dueAt) }) : stamp(dueAt)}
            </small>
          </li>
        ))}
      </ol>
    </CardSection>
  );
};

const Body = ({ told, purpose, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const api = useTRPC();
  const again = useAskedAgain();
  const end = useMutation(api.care.end.mutationOptions({ onSettled: again }));
  return (
    <Card
      kicker={
        <>
          <FieldName id="care.group_code">{term('care-group', told.group)}</FieldName> ·{' '}
          {t(words(told.until === null ? 'open' : 'ended'))}
        </>
      }
      title={<FieldName id="person.name_sealed">{told.name}</FieldName>}
      note={`${term('age-band', told.ageBand)} · ${lang === 'zh' ? told.place : told.placeEn} ${told.room}`}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t('common.dimension.grid'), told.grid && divisions.name(told.grid), 'care.grid_code'],
          [t(words('since')), told.since, 'care.from_on'],
          [t(words('endedOn')), told.until, 'care.to_on'],
          [t(words('need')), told.need],
        ]}
      />
      {told.mayVisit && told.seq !== null && <Visit key={told.seq} told={told} />}
      {told.mayReveal && <Reveal told={told} purpose={purpose} />}
      <Visits told={told} />
      {told.mayEnd && (
        <p className={styles.moves}>
          <Button data-move="end" disabled={end.isPending} onClick={() => end.mutate({ id: told.id })}>
            {t(words('end'))}
          </Button>
        </p>
      )}
      <Problem error={end.error} />
    </Card>
  );
};

/** One person of the register, masked, with the visits to him (走访档案). */
export const careCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.care.byId.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', purpose: careAskOf(view)?.purpose ?? 'check' },
      { staleTime: keptMs },
    ),
  }),
  draw: ({ data: { told }, view, set }) => <Body told={told} purpose={careAskOf(view)?.purpose ?? 'check'} set={set} />,
});
