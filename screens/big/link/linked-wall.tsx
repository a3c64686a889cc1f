'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { type ReactNode, useMemo } from 'react';
import { useText } from '@/components/feed/text';
import type { WallCard } from '@/data/model/cast';
import { useLife } from './use-life';
import { WallLinkProvider } from './wall-link';

const Life = () => {
  useLife();
  return null;
};

type Props = { tier: WallCard['tier']; size: { width: number; height: number }; children: ReactNode };

/** A wall that others can join and conduct, and that looks after itself. `?wall=` gives it a name. */
export const LinkedWall = ({ tier, size: { width, height }, children }: Props) => {
  const { t } = useText();
  const [given] = useQueryState('wall', parseAsString);
  const name = given?.trim().slice(0, 40) || t('link.wall.name', { width, height });
  const card = useMemo<WallCard>(() => ({ name, width, height, tier }), [name, width, height, tier]);
  return (
    <WallLinkProvider card={card}>
      <Life />
      {children}
    </WallLinkProvider>
  );
};
