'use client';

import { useMutation } from '@tanstack/react-query';
import type { DrillSummary } from '@/data/model/drill';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { secondsWords } from '../panel/duration-words';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import styles from './drill-card.module.css';

const key = 'drill-card';
const words = (name: string) => `drill.card.${name}`;
const askMs = 15_000;
type Told = Outputs['drill']['byId'];

/** Into the drill with this screen, or on a phone; and its end. */
const Doors = ({ told }: { told: Told }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const end = useMutation(api.drill.end.mutationOptions({ onSettled: again }));
  return (
    <>
      <div className={styles.doors}>
        {told.mayEnter && told.state === 'running' && (
          <>
            <a className={styles.enter} href={`/mid?drill=${told.id}`} data-go="drill">
              {t(words('enter'))}
            </a>
            <a className={styles.link} href={`/worker?drill=${told.id}`}>
              {t(words('phone'))}
            </a>
          </>
        )}
        {told.mayEnd && told.state !== 'ended' && (
          <Button data-move="end" disabled={end.isPending} onClick={() => end.mutate({ id: told.id })}>
            {t(words('end'))}
          </Button>
        )}
      </div>
      <p role="status">{end.isError && t(`common.problem.${problemOf(end.error)}`)}</p>
    </>
  );
};

/** Reaction times by step: the half that was quicker, and the slowest. */
const Times = ({ summary }: { summary: DrillSummary }) => {
  const { t } = useText();
  return (
    <table className={styles.times}>
      <thead>
        <tr>
          {['step', 'n', 'median', 'longest'].map((name) => (
            <th key={name} scope="col">
              {t(words(name))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {summary.times.map(({ step, n, median, longest }) => (
          <tr key={step} data-step={step}>
            <th scope="row">{t(`drill.step.${step}`)}</th>
            <td>{n}</td>
            <td>{secondsWords(median, t)}</td>
            <td>{secondsWords(longest, t)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What became of each event; levels in words, as the colours are those of what is. */
const Events = ({ summary }: { summary: DrillSummary }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return (
    <ul className={styles.events}>
      {summary.events.map(({ number, title, level, grid, isClosed, seconds }) => (
        <li key={number}>
          <b>{title}</b>
          <span>
            {term('event-level', String(level))} · {t(words(isClosed ? 'closed' : 'left'))}
          </span>
          <small>
            {[grid ? divisions.name(grid) : null, ...summary.times.map(({ step }) => step)]
              .flatMap((part, i) => {
                if (part === null) return [];
                if (i === 0) return [part];
                const taken = seconds[part as keyof typeof seconds];
                return taken === null ? [] : [`${t(`drill.step.${part}`)} ${secondsWords(taken, t)}`];
              })
              .join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  );
};

const Body = ({ told, set }: { told: Told; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  const { summary } = told;
  return (
    <Card
      kicker={`${t('drill.word')} · ${t(`drill.state.${told.state}`)}`}
      title={told.name}
      note={`${stamp(told.startsAt)} – ${stamp(told.endedAt ?? told.endsAt)}`}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t(words('area')), divisions.name(told.division)],
          [t(words('by')), term('role', told.role)],
          [t(words('goal')), told.goal],
        ]}
      />
      <Doors told={told} />
      {told.state === 'running' && <p className={styles.apart}>{t(words('apart'))}</p>}
      {summary && (
        <>
          <CardSection
            title={t(words('times'))}
            caption={t(words('counted'), { n: summary.nEvents, closed: summary.nClosed })}
          >
            <Times summary={summary} />
          </CardSection>
          <CardSection title={t(words('events'))}>
            <Events summary={summary} />
          </CardSection>
        </>
      )}
    </Card>
  );
};

/** One drill: where, for what, the way in while it runs, and what came of it (演练小结). */
export const drillCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.drill.byId.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', at: view.at },
      { refetchInterval: askMs },
    ),
  }),
  draw: ({ data: { told }, set }) => <Body told={told} set={set} />,
});
