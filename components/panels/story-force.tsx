'use client';

import type { Answer, Cell } from '@/data/model/answer';
import { Figure } from '../base/figure';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { storyQuestion } from '../panel/story';
import { StoryCard, StoryList } from '../panel/story-card';

export const storyForce = definePanel({
  key: 'story-force',
  sizes: ['hand'],
  isBare: true,
  ask: ({ view, api }) => {
    const question = storyQuestion(view, 'today');
    return {
      share: api.metric.ask.queryOptions({ metric: 'duty.on_duty_share', question }),
      bySubdistrict: api.metric.ask.queryOptions({
        metric: 'duty.on_duty_share',
        dimensions: ['subdistrict'],
        question,
      }),
      assets: api.metric.ask.queryOptions({
        ...{ metric: 'asset.count', dimensions: ['assetGroup'], question },
        operators: ['perTenThousand'],
      }),
    };
  },
  empty: (data) => data.assets.cells.length === 0 && !data.share.cells[0]?.denominator,
  draw: ({ data, set }) => <Force {...data} show={(code) => set({ selection: `division:${code}` })} />,
});

/** Teams and their bases; key parts and areas are what they guard, not forces. */
const isForce = ({ at }: Cell): boolean => at.assetGroup === 'force' || at.assetGroup === 'base';

type ForceProps = Record<'share' | 'bySubdistrict' | 'assets', Answer> & { show: (code: string) => void };

const Force = ({ share, bySubdistrict, assets, show }: ForceProps) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  const cell = share.cells[0];
  const missing = (cell?.denominator ?? 0) - (cell?.numerator ?? 0);
  const thinnest = [...bySubdistrict.cells].sort((a, b) => (a.value ?? 1) - (b.value ?? 1))[0]?.at.subdistrict;
  return (
    <StoryCard
      title={missing > 0 ? t('small.force.missing', { n: missing }) : t('small.force.full')}
      answer={share}
      hero={<Figure answer={share} part="numerator" />}
      note={
        <>
          <span>{t('small.force.onDuty')}</span>
          <span>
            {t('small.force.rostered')} <Figure answer={share} part="denominator" />
          </span>
        </>
      }
      action={
        thinnest && {
          label: t('small.action.place', { place: divisions.name(thinnest) }),
          act: () => show(thinnest),
        }
      }
    >
      <StoryList
        rows={[
          ...bySubdistrict.cells.map((one) => ({
            key: one.at.subdistrict ?? '',
            name: `${divisions.name(one.at.subdistrict)} · ${t('small.force.share')}`,
            figure: <Figure answer={bySubdistrict} cell={one} />,
          })),
          ...assets.cells.filter(isForce).map((one) => ({
            key: one.at.assetGroup ?? '',
            name: term('asset-group', one.at.assetGroup),
            figure: (
              <Figure
                answer={assets}
                cell={one}
                unit={t(`panel.force-summary.unit.${one.at.assetGroup === 'force' ? 'force' : 'place'}`)}
              />
            ),
            change: (
              <>
                {t('common.operator.perTenThousand')}{' '}
                <Figure answer={assets} cell={one} part="perTenThousand" hasUnit={false} />
              </>
            ),
          })),
        ]}
      />
    </StoryCard>
  );
};
