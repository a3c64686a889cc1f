'use client';

import { useMutation } from '@tanstack/react-query';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import buttons from '../base/button.module.css';
import { formatStamp } from '../base/format';
import { useTick } from '../feed/clock';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import forms from '../panel/campaign-form.module.css';
import { Card, CardFacts, CardSection } from '../panel/card';
import styles from '../panel/member-list.module.css';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import { stateOfCall } from '../panel/volunteer-state';
import { VolunteerTurns } from '../panel/volunteer-turns';

const key = 'volunteer-card';
const askMs = 5_000;
type Told = Outputs['volunteer']['byId'];

const Body = ({ told, view, set }: { told: Told; view: View; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const api = useTRPC();
  const again = useAskedAgain();
  const tick = useTick();
  const cancel = useMutation(api.volunteer.cancel.mutationOptions({ onSettled: again }));
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  const state = stateOfCall(told, view.at ? Date.parse(view.at) : tick);
  const people = (n: number) => t('volunteer.people', { n });
  return (
    <Card
      kicker={`${term('volunteer-service', told.service)} · ${t(`volunteer.${state}`)}`}
      title={told.title}
      note={`${stamp(told.startsAt)} – ${stamp(told.endsAt)}`}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t('volunteer.card.where'), [divisions.name(told.division), told.address].filter(Boolean).join(' · ')],
          [t('volunteer.card.wanted'), people(told.nWanted)],
          [t('volunteer.list.signed'), people(told.nSignedUp)],
          [t('volunteer.card.came'), people(told.nCame)],
          [t('volunteer.card.hours'), t('volunteer.hours', { n: told.hours })],
        ]}
      />
      {told.mayCancel && (state === 'coming' || state === 'running') && (
        <Button data-move="cancel" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: told.id })}>
          {t('volunteer.card.cancel')}
        </Button>
      )}
      <p role="status">{cancel.isError && t(`common.problem.${problemOf(cancel.error)}`)}</p>
      {(told.turns.length > 0 || told.others.length > 0) && (
        <CardSection title={t('volunteer.card.turns')} caption={people(told.turns.length)}>
          <VolunteerTurns
            call={told.id}
            turns={told.turns}
            others={told.others}
            mayRecord={told.mayCancel}
            classes={{ list: styles.members, button: buttons.button, select: forms.input }}
          />
        </CardSection>
      )}
    </Card>
  );
};

/** One call: how many are wanted, signed up and came; for those who may see them who, masked (志愿召集). */
export const volunteerCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.volunteer.byId.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', at: view.at },
      { refetchInterval: askMs },
    ),
  }),
  draw: ({ data: { told }, view, set }) => <Body told={told} view={view} set={set} />,
});
