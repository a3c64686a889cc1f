'use client';

import type { View } from '@/data/model/view';
import { Figure } from '../base/figure';
import { formatStamp } from '../base/format';
import { type Outcome, outcomesOf, type Proposal, type ProposalBase, proposalsOf } from '../chart/proposal';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { proposalAsks, weekBefore } from '../panel/story';
import { StoryCard } from '../panel/story-card';
import styles from './story-followup.module.css';

export const storyFollowup = definePanel({
  key: 'story-followup',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api, divisions }) => {
    const [now, then] = [proposalAsks(divisions, view), proposalAsks(divisions, weekBefore(view))];
    return {
      byPlace: api.metric.ask.queryOptions(now.byPlace),
      late: api.metric.ask.queryOptions(now.late),
      duty: api.metric.ask.queryOptions(now.duty),
      byPlaceThen: api.metric.ask.queryOptions(then.byPlace),
      lateThen: api.metric.ask.queryOptions(then.late),
      dutyThen: api.metric.ask.queryOptions(then.duty),
    };
  },
  draw: ({ data: { byPlaceThen, lateThen, dutyThen, ...now }, view, set }) => (
    <Followup now={now} then={{ byPlace: byPlaceThen, late: lateThen, duty: dutyThen }} view={view} set={set} />
  ),
});

type FollowupProps = { now: ProposalBase; then: ProposalBase; view: View; set: (patch: Partial<View>) => void };

/** What a proposal was about, without how much there was of it. */
const useSubject = () => {
  const { t, term } = useText();
  const divisions = useDivisions();
  return ({ kind, code }: Proposal): string =>
    kind === 'supervise'
      ? t('small.followup.supervise', { department: term('department', code) })
      : t(`small.followup.${kind}`, { place: divisions.name(code) });
};

const Outcomes = ({ outcomes }: { outcomes: readonly Outcome[] }) => {
  const { t } = useText();
  const subjectOf = useSubject();
  return (
    <ul className={styles.list}>
      {outcomes.map((outcome) => {
        const { proposal, answer, cell, then, now, isBetter } = outcome;
        const judged = isBetter ? 'better' : now > then ? 'worse' : 'same';
        return (
          <li key={proposal.kind} data-followup={proposal.kind} data-then={then} data-now={now}>
            <span>{subjectOf(proposal)}</span>
            <span className={styles.figures}>
              <span data-past>
                <Figure answer={proposal.answer} cell={proposal.cell} hasUnit={false} />
              </span>
              {' → '}
              <b>
                <Figure answer={answer} cell={cell} />
              </b>
            </span>
            <span className={styles.judged} data-judged={judged}>
              {t(`small.followup.${judged}`)}
            </span>
          </li>
        );
      })}
    </ul>
  );
};

/** What was proposed a week ago by the figures of then, and what became of it by those of now. */
const Followup = ({ now, then, view, set }: FollowupProps) => {
  const { t, lang, installation } = useText();
  const outcomes = outcomesOf(proposalsOf(then), now);
  const nBetter = outcomes.filter(({ isBetter }) => isBetter).length;
  const time = formatStamp(new Date(then.byPlace.asOf), installation?.timeZone ?? 'UTC', lang);
  const title =
    outcomes.length === 0
      ? t('small.followup.none')
      : t('small.followup.title', { n: outcomes.length, better: nBetter });
  const back = weekBefore(view);
  return (
    <StoryCard
      title={title}
      answer={now.byPlace}
      action={{ label: t('small.action.then'), act: () => set({ at: back.at, page: 'story-proposal' }) }}
    >
      <Outcomes outcomes={outcomes} />
      <p>{t('small.followup.note', { time })}</p>
    </StoryCard>
  );
};
