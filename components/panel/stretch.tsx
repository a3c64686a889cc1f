'use client';

import type { Stretch as Dates } from '@/data/model/theme';
import { useText } from '../feed/text';

/** From when to when something was so; without an end it was so at the clock. */
export const Stretch = ({ of: { from, to } }: { of: Dates }) => {
  const { t } = useText();
  return (
    <span data-ended={to === null ? undefined : ''}>
      {to === null ? t('theme.since', { from }) : t('theme.between', { from, to })}
    </span>
  );
};
