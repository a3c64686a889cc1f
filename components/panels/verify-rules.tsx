'use client';

import type { RuleFigures } from '@/data/model/verify';
import { useText } from '../feed/text';
import { definePanel } from '../panel/panel';
import { RuleTable } from '../panel/rule-table';

const Body = ({ rules }: { rules: RuleFigures[] }) => {
  const { t } = useText();
  return <RuleTable rules={rules} label={t('panel.verify-rules.title')} />;
};

/** Rules over the base data, with what each has found in all batches (核查规则). */
export const verifyRules = definePanel({
  key: 'verify-rules',
  sizes: ['desk'],
  ask: ({ view, api }) => ({ rules: api.verify.rules.queryOptions({ at: view.at }) }),
  empty: ({ rules }) => rules.length === 0,
  draw: ({ data: { rules } }) => <Body rules={rules} />,
});
