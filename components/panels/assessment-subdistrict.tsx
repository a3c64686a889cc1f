'use client';

import type { Answer } from '@/data/model/answer';
import { assess } from '../chart/assess';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { assessAsks, targetOf } from '../panel/assess-question';
import { AssessTable } from '../panel/assess-table';
import { definePanel } from '../panel/panel';

const key = 'assessment-subdistrict';

/** Sub-districts against the target (街道考核). */
export const assessmentSubdistrict = definePanel({
  key,
  sizes: ['wall', 'desk'],
  ask: ({ view, api }) => assessAsks(view, api, 'subdistrict'),
  empty: ({ rates }) => rates.cells.length === 0,
  caption: ({ data, tier }) => <Caption target={targetOf(data)} isShort={tier !== 'XL'} />,
  draw: ({ data }) => <Board rates={data.rates} target={targetOf(data)} />,
});

const Caption = ({ target, isShort }: { target: number | null; isShort: boolean }) => {
  const { t } = useText();
  if (target === null) return t('common.period.P30D');
  const words = { target: Math.round(target * 1000) / 10 };
  return t(`panel.assessment-board.${isShort ? 'targetShort' : 'target'}`, words);
};

const Board = ({ rates, target }: { rates: Answer; target: number | null }) => {
  const { t } = useText();
  const divisions = useDivisions();
  return (
    <AssessTable
      answer={rates}
      rows={assess(rates, target)}
      nameOf={(code) => divisions.name(code)}
      heading={t('common.thing.subdistrict')}
    />
  );
};
