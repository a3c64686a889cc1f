'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatDay } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import forms from '../panel/campaign-form.module.css';
import { Card, CardSection } from '../panel/card';
import styles from '../panel/member-list.module.css';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { useAskedAgain } from '../panel/use-asked-again';
import { VolunteerPass } from '../panel/volunteer-pass';

const key = 'team-card';
type Told = Outputs['volunteer']['team'];

const Members = ({ told }: { told: Told }) => {
  const { t, lang, installation } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const leave = useMutation(api.volunteer.leave.mutationOptions({ onSettled: again }));
  const day = (at: string) => formatDay(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return (
    <ul className={styles.members}>
      {told.members.map(({ id, name, joinedAt, leftAt, passSince }) => (
        <li key={id} data-volunteer={id} data-left={leftAt !== null}>
          <b>{name || t('catalog.cleared')}</b>
          <span>
            {[
              id.slice(0, 8),
              leftAt
                ? t('volunteer.team.left', { at: day(leftAt) })
                : passSince
                  ? t('volunteer.pass.since', { at: day(passSince) })
                  : t('volunteer.team.joined', { at: day(joinedAt) }),
            ].join(' · ')}
          </span>
          {told.mayKeep && leftAt === null && (
            <VolunteerPass volunteer={id} hasPass={passSince !== null}>
              <Button kind="quiet" disabled={leave.isPending} onClick={() => leave.mutate({ id })}>
                {t('volunteer.team.leave')}
              </Button>
            </VolunteerPass>
          )}
        </li>
      ))}
    </ul>
  );
};

const Join = ({ team }: { team: string }) => {
  const { t } = useText();
  const api = useTRPC();
  const again = useAskedAgain();
  const [name, setName] = useState('');
  const join = useMutation(api.volunteer.join.mutationOptions({ onSettled: again, onSuccess: () => setName('') }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate({ id: crypto.randomUUID(), team, name });
  };
  return (
    <form className={forms.row} data-form="join" onSubmit={submit}>
      <input
        className={forms.input}
        name="name"
        aria-label={t('volunteer.team.newName')}
        placeholder={t('volunteer.team.newName')}
        required
        minLength={2}
        maxLength={30}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" disabled={join.isPending}>
        {t('volunteer.team.join')}
      </Button>
      <span role="status">{join.isError && t(`common.problem.${problemOf(join.error)}`)}</span>
    </form>
  );
};

const Body = ({ told, set }: { told: Told; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  return (
    <Card
      kicker={term('volunteer-service', told.service)}
      title={lang === 'zh' ? told.name : told.nameEn}
      note={divisions.name(told.division)}
      onClose={() => set({ selection: null })}
    >
      {told.mayKeep && <Join team={told.id} />}
      {told.members.length > 0 && (
        <CardSection
          title={t('volunteer.team.members')}
          caption={t('volunteer.people', { n: told.members.filter(({ leftAt }) => leftAt === null).length })}
        >
          <Members told={told} />
        </CardSection>
      )}
    </Card>
  );
};

/** The register of a team, masked; who keeps it puts people on and takes them off (志愿者名册). */
export const teamCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({ told: api.volunteer.team.queryOptions({ id: partsOf(view.selection)?.code ?? '' }) }),
  draw: ({ data: { told }, set }) => <Body told={told} set={set} />,
});
