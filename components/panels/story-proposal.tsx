'use client';

import type { View } from '@/data/model/view';
import { type Proposal, type ProposalBase, proposalsOf } from '../chart/proposal';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { proposalAsks } from '../panel/story';
import { StoryCard, StorySteps } from '../panel/story-card';

export const storyProposal = definePanel({
  key: 'story-proposal',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api, divisions }) => {
    const asks = proposalAsks(divisions, view);
    return {
      byPlace: api.metric.ask.queryOptions(asks.byPlace),
      late: api.metric.ask.queryOptions(asks.late),
      duty: api.metric.ask.queryOptions(asks.duty),
    };
  },
  draw: ({ data, set }) => <Proposals base={data} set={set} />,
});

const Proposals = ({ base, set }: { base: ProposalBase; set: (patch: Partial<View>) => void }) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const sentenceOf = ({ kind, code, n }: Proposal) =>
    kind === 'supervise'
      ? t('small.proposal.supervise', { department: term('department', code), n })
      : t(`small.proposal.${kind}`, { place: divisions.name(code), n });
  const steps = proposalsOf(base).map((proposal) => ({ key: proposal.kind, text: sentenceOf(proposal) }));
  return (
    <StoryCard
      title={t(steps.length ? 'small.proposal.title' : 'small.proposal.none', { n: steps.length })}
      answer={base.byPlace}
      action={{ label: t('small.action.followup'), act: () => set({ page: 'story-followup' }) }}
    >
      <StorySteps steps={steps} />
      <p>{t('small.proposal.note')}</p>
    </StoryCard>
  );
};
