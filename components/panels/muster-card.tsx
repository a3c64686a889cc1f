'use client';

import { useMutation } from '@tanstack/react-query';
import { type MusterMember, musterResults } from '@/data/model/muster';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import styles from '../panel/member-list.module.css';
import { MusterBar } from '../panel/muster-bar';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';

const key = 'muster-card';
const words = (name: string) => `muster.card.${name}`;
const askMs = 5_000;
type Told = Outputs['muster']['byId'];

const Members = ({ members }: { members: MusterMember[] }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return (
    <ul className={styles.members}>
      {members.map(({ worker, name, workerType, department, place, minutes }) => (
        <li key={worker}>
          <b>{name}</b>
          <span>
            {[
              term('gridworker-type', workerType),
              department && term('department', department),
              place && divisions.name(place),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <small>{minutes === null ? '—' : t(words('minutes'), { n: minutes.toFixed(1) })}</small>
        </li>
      ))}
    </ul>
  );
};

const Body = ({ told, set }: { told: Told; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const api = useTRPC();
  const again = useAskedAgain();
  const close = useMutation(api.muster.close.mutationOptions({ onSettled: again }));
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <Card
      kicker={`${t('muster.word')} · ${told.closedAt ? t('muster.list.closed') : t('muster.list.open')}`}
      title={divisions.name(told.division)}
      note={`${stamp(told.calledAt)}${told.closedAt ? ` – ${stamp(told.closedAt)}` : ''}`}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t(words('called')), t(words('people'), { n: told.figures.called })],
          [t(words('limit')), t(words('minutes'), { n: told.limitMinutes })],
          [t('drill.card.by'), term('role', told.role)],
        ]}
      />
      <MusterBar figures={told.figures} />
      {told.mayClose && told.closedAt === null && (
        <Button data-move="close" disabled={close.isPending} onClick={() => close.mutate({ id: told.id })}>
          {t(words('close'))}
        </Button>
      )}
      <p role="status">{close.isError && t(`common.problem.${problemOf(close.error)}`)}</p>
      {musterResults.toReversed().map((result) => {
        const members = told.members.filter((member) => member.result === result);
        return (
          members.length > 0 && (
            <CardSection
              key={result}
              title={t(`muster.result.${result}`)}
              caption={t(words('people'), { n: members.length })}
            >
              <Members members={members} />
            </CardSection>
          )
        );
      })}
    </Card>
  );
};

/** One roll call: figures, and for those who may see them who is missing, masked (点名结果). */
export const musterCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.muster.byId.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', at: view.at },
      { refetchInterval: askMs },
    ),
  }),
  draw: ({ data: { told }, set }) => <Body told={told} set={set} />,
});
