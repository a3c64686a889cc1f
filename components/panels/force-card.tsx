'use client';

import { Crosshair } from 'lucide-react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardSection } from '../panel/card';
import { PickLine, PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';

const key = 'force-card';
const words = (name: string) => `panel.${key}.${name}`;
type Asset = Outputs['asset']['byId'];

const ForceBody = ({ asset, set }: { asset: Asset; set: (patch: Partial<View>) => void }) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const { position, grid, community } = asset;
  const locate = () => {
    if (position) set({ camera: { lng: position[0], lat: position[1], zoom: 16.5, pitch: 0, bearing: 0 } });
  };
  return (
    <Card
      kicker={[term('asset-group', asset.group), term('resource-type', asset.type)].join(' · ')}
      title={lang === 'zh' ? asset.name : asset.nameEn}
      note={t(words(asset.hasOutline ? 'isArea' : 'isPoint'))}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('place'))}>
        {community && <PlainLine name={t('common.thing.community')} detail={divisions.name(community)} />}
        {grid && (
          <PickLine
            name={t('common.thing.grid')}
            detail={divisions.name(grid)}
            onPick={() => set({ selection: `division:${grid}` })}
          />
        )}
        <Button kind="primary" disabled={!position} onClick={locate}>
          <Crosshair aria-hidden />
          {t('panel.event-card.locate')}
        </Button>
      </CardSection>
    </Card>
  );
};

/** One force, base, key part or key area (队伍、阵地、部件、区域档案). */
export const forceCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }): Record<string, ReturnType<typeof api.asset.byId.queryOptions>> => {
    const { kind, code } = partsOf(view.selection) ?? { kind: '', code: '' };
    return kind === 'asset' ? { asset: api.asset.byId.queryOptions({ id: code }) } : {};
  },
  empty: ({ asset }) => asset === undefined,
  draw: ({ data: { asset }, set }) => (asset ? <ForceBody asset={asset} set={set} /> : null),
});
