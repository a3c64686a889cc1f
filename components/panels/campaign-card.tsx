'use client';

import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { CampaignEffect } from '../panel/campaign-effect';
import { CampaignMoves } from '../panel/campaign-moves';
import { Card, CardFacts, CardSection } from '../panel/card';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './campaign-card.module.css';

const key = 'campaign-card';
const words = (name: string) => `campaign.card.${name}`;
type Told = Outputs['campaign']['byId'];

const Steps = ({ steps }: Pick<Told, 'steps'>) => {
  const { t, term, lang, installation } = useText();
  return (
    <ol className={styles.steps}>
      {steps.map(({ kind, at, role, endsOn, note }) => (
        <li key={at} data-kind={kind}>
          <b>{t(`campaign.step.${kind}`, { endsOn })}</b>
          <small>
            {formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang)} · {term('role', role)}
          </small>
          <span>{note}</span>
        </li>
      ))}
    </ol>
  );
};

const Body = ({ told, view, set }: { told: Told; view: View; set: (patch: Partial<View>) => void }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const classes = told.categories.map((code) => term('event-category-l1', code)).join(t('campaign.join'));
  return (
    <Card
      kicker={`${t(words('kicker'))} · ${t(`campaign.state.${told.state}`)}`}
      title={told.name}
      note={`${told.startsOn} – ${told.endsOn}`}
      onClose={() => set({ selection: null })}
    >
      <CardFacts
        facts={[
          [t('campaign.form.department'), term('department', told.department)],
          [t('campaign.form.categories'), classes || t('campaign.form.all')],
          [t('campaign.form.goal'), told.goal],
        ]}
      />
      <CardSection title={t(words('effect'))} caption={t(words('counted'))}>
        <CampaignEffect campaign={told} view={view} />
      </CardSection>
      <p className={styles.links}>
        {told.areas.map((area) => (
          <Button key={area} data-go={area} onClick={() => set({ page: 'analyst', division: area })}>
            {t(words('map'), { area: divisions.name(area) })}
          </Button>
        ))}
      </p>
      {told.mayMove && told.state !== 'closed' && (
        <CardSection title={t(words('moves'))}>
          <CampaignMoves key={told.version} campaign={told} />
        </CardSection>
      )}
      <CardSection title={t(words('steps'))}>
        <Steps steps={told.steps} />
      </CardSection>
    </Card>
  );
};

/** One campaign: who leads it, where, what it is for, before and after by area (专项整治). */
export const campaignCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    told: api.campaign.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  draw: ({ data: { told }, view, set }) => <Body told={told} view={view} set={set} />,
});
