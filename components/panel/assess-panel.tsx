'use client';

import type { Answer } from '@/data/model/answer';
import { assess } from '../chart/assess';
import { shortName } from '../chart/gap';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { assessAsks, targetOf } from './assess-question';
import { AssessTable } from './assess-table';
import { definePanel, type Panel } from './panel';

type Tier = 'XL' | 'L' | 'S';
type Dimension = 'subdistrict' | 'community' | 'department';
type AssessPanel = {
  key: string;
  dimension: Dimension;
};

const Caption = ({ target, tier }: { target: number | null; tier: Tier }) => {
  const { t } = useText();
  if (target === null) return t('common.period.P30D');
  const words = { target: Math.round(target * 1000) / 10 };
  return t(`panel.assessment-board.${tier === 'L' ? 'targetShort' : 'target'}`, words);
};

const useNames = (dimension: Dimension) => {
  const { t, term } = useText();
  const divisions = useDivisions();
  if (dimension === 'department')
    return { heading: t('common.dimension.department'), nameOf: (code: string) => term('department', code) };
  const heading = t(`common.thing.${dimension}`);
  return { heading, nameOf: (code: string) => shortName(divisions.name(code), [heading]) };
};

type BoardProps = Pick<AssessPanel, 'dimension'> & { rates: Answer; target: number | null; tier: Tier };

const Board = ({ rates, target, tier, dimension }: BoardProps) => (
  <AssessTable
    answer={rates}
    rows={assess(rates, target)}
    target={target}
    {...useNames(dimension)}
    isNarrow={tier === 'L'}
  />
);

/** A panel of on-time closing by one dimension against the target (考核): rate with what chance leaves open, cases, places. */
export const assessPanel = ({ key, dimension }: AssessPanel): Panel =>
  definePanel({
    key,
    sizes: ['wall', 'desk'],
    ask: ({ view, api }) => assessAsks(view, api, dimension),
    empty: ({ rates }) => rates.cells.length === 0,
    caption: ({ data, tier }) => <Caption target={targetOf(data)} tier={tier} />,
    draw: ({ data, tier }) => <Board rates={data.rates} target={targetOf(data)} tier={tier} dimension={dimension} />,
  });
