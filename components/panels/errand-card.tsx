'use client';

import { useMutation } from '@tanstack/react-query';
import type { CSSProperties } from 'react';
import { type Errand, resultsOf } from '@/data/model/errand';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import styles from '../panel/member-list.module.css';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { StepPhotos } from '../panel/step-photos';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'errand-card';
const askMs = 5_000;
type Told = Outputs['errand']['byId'];

/** Names of grids are longer than those of people. */
const wide = { '--who': '116px', '--photo-size': '64px' } as CSSProperties;

const useStamp = () => {
  const { lang, installation } = useText();
  return (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
};

const Errands = ({ errands, at }: { errands: Errand[]; at: number }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const stateOf = (one: Errand) => {
    if (one.result) return t(`errand.result.${one.result}`);
    if (Date.parse(one.dueAt) < at) return t('errand.state.late');
    return t(`errand.state.${one.receivedAt ? 'received' : 'issued'}`);
  };
  return (
    <ul className={styles.members} style={wide}>
      {errands.map((one) => (
        <li key={one.id} data-errand={one.id} data-result={one.result ?? ''}>
          <b>{one.grid ? divisions.name(one.grid) : ''}</b>
          <span>
            {[one.name, one.category && term('event-category', one.category), one.answer].filter(Boolean).join(' · ')}
          </span>
          <small>{stateOf(one)}</small>
          <StepPhotos photos={one.photos} screen="mid" />
        </li>
      ))}
    </ul>
  );
};

const TakeBack = ({ id }: { id: string }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const take = useMutation(api.errand.void.mutationOptions({ onSettled: again }));
  return (
    <>
      <Button data-move="void" disabled={take.isPending} onClick={() => take.mutate({ id })}>
        {t('errand.card.void')}
      </Button>
      <p role="status">{take.isError && t(`common.problem.${problemOf(take.error)}`)}</p>
    </>
  );
};

const Body = ({ told, view, set }: { told: Told; view: View; set: (patch: Partial<View>) => void }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const stamp = useStamp();
  const tick = useTick();
  const share = (n: number) => t('errand.share', { n, of: told.issued });
  return (
    <Card
      kicker={t(`panel.${key}.title`)}
      title={`${t(`errand.kind.${told.kind}`)} · ${divisions.name(told.division)}`}
      note={told.note}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t('errand.card.issued'), `${stamp(told.issuedAt)} · ${term('role', told.role)}`],
          [t('errand.card.due'), stamp(told.dueAt)],
          [t('errand.card.received'), share(told.received)],
          [t('errand.list.done'), share(told.finished)],
          [t('errand.state.late'), told.late > 0 ? t('errand.card.count', { n: told.late }) : null],
        ]}
      />
      {told.voidAt && <p>{t('errand.card.voided', { at: stamp(told.voidAt) })}</p>}
      {told.mayVoid && told.voidAt === null && told.finished < told.issued && <TakeBack id={told.id} />}
      <CardSection title={t('errand.card.results')}>
        <CardFacts
          facts={resultsOf(told.kind).map((result) => [
            t(`errand.result.${result}`),
            String(told.results[result] ?? 0),
          ])}
        />
      </CardSection>
      {told.errands.length > 0 && (
        <CardSection title={t('errand.card.errands')} caption={t('errand.card.count', { n: told.errands.length })}>
          <Errands errands={told.errands} at={view.at ? Date.parse(view.at) : tick} />
        </CardSection>
      )}
    </Card>
  );
};

/** Errands issued together: how far they are, what came out, and for those who may see them one by one (任务批次). */
export const errandCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.errand.byId.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', at: view.at },
      { refetchInterval: askMs },
    ),
  }),
  draw: ({ data: { told }, view, set }) => <Body told={told} view={view} set={set} />,
});
