'use client';

import { type DisputeStage, disputeStages } from '@/data/model/dispute';
import { formatStamp } from '../base/format';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './dispute-card.module.css';

const key = 'dispute-card';
const words = (name: string) => `panel.${key}.${name}`;
type Case = Outputs['dispute']['byId'];

/** The six stages, the running one marked. */
const Stages = ({ stage }: { stage: DisputeStage }) => {
  const { t } = useText();
  const at = disputeStages.indexOf(stage);
  return (
    <ol className={styles.stages}>
      {disputeStages.map((each, i) => (
        <li
          key={each}
          data-state={i < at ? 'past' : i === at ? 'current' : 'next'}
          aria-current={i === at ? 'step' : undefined}
        >
          {t(`dispute.stage.${each}`)}
        </li>
      ))}
    </ol>
  );
};

const Facts = ({ dispute }: { dispute: Case }) => {
  const { t, term, lang, installation } = useText();
  const divisions = useDivisions();
  const zone = installation?.timeZone ?? 'UTC';
  const stamp = (at: string | null) => (at === null ? '—' : formatStamp(new Date(at), zone, lang));
  const place = dispute.grid ?? dispute.community ?? dispute.subdistrict;
  const departments = [dispute.lead, ...dispute.assist].flatMap((code) => (code ? [term('department', code)] : []));
  const facts: [string, string][] = [
    ['category', term('dispute-category', dispute.category)],
    ['place', [place ? divisions.name(place) : '', dispute.address].filter(Boolean).join(' · ')],
    ['scale', t(words('people'), { scale: term('dispute-scale', dispute.scale), n: dispute.nPeople })],
    ['departments', departments.join(t('common.and')) || t('panel.facets.none.department')],
    ['reported', stamp(dispute.reportedAt)],
    ['due', dispute.dueAt === null ? t('panel.dispute-queue.noLimit') : stamp(dispute.dueAt)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(words(name))}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Every step of all rounds of the case, oldest first. */
const Steps = ({ dispute: { steps, rounds } }: { dispute: Case }) => {
  const { t, term, lang, installation } = useText();
  const zone = installation?.timeZone ?? 'UTC';
  return (
    <ol className={styles.steps}>
      {steps.map((step, i) => (
        <li key={`${step.at} ${step.kind} ${step.to}`} data-kind={step.kind}>
          <span className={styles.at}>{formatStamp(new Date(step.at), zone, lang)}</span>
          <span className={styles.step}>
            <strong>{step.to ? t(`dispute.status.${step.to}`) : t(`dispute.record.${step.kind}`)}</strong>
            <span>
              {[term('role', step.role), step.department && term('department', step.department)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {rounds.length > 1 && step.round !== steps[i - 1]?.round && (
              <em>{t('panel.dispute-queue.round', { n: step.round })}</em>
            )}
            {step.text && <q>{step.text}</q>}
            {step.isKept !== null && <span>{t(words(step.isKept ? 'kept' : 'broken'))}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
};

const Card = ({ dispute }: { dispute: Case }) => {
  const { t } = useText();
  return (
    <article className={styles.card}>
      <header>
        <h2>{dispute.title}</h2>
        <span>
          {dispute.number} · {t(`dispute.status.${dispute.status}`)}
        </span>
      </header>
      {dispute.status !== 'void' && <Stages stage={dispute.stage} />}
      {dispute.description && <p>{dispute.description}</p>}
      <Facts dispute={dispute} />
      <h3>{t(words('parties'))}</h3>
      <ul className={styles.parties}>
        {dispute.parties.map((party, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parties are only appended, and two may bear one masked name
          <li key={i}>
            {party.name || t('catalog.cleared')} <span>{t(`dispute.side.${party.side}`)}</span>
          </li>
        ))}
      </ul>
      <h3>{t(words('steps'))}</h3>
      <Steps dispute={dispute} />
    </article>
  );
};

/** A dispute with its case: where it stands, who takes part, all that was done in every round (纠纷详情). */
export const disputeCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    dispute: api.dispute.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at }),
  }),
  draw: ({ data: { dispute } }) => <Card dispute={dispute} />,
});
