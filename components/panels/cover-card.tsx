'use client';

import type { View } from '@/data/model/view';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardSection } from '../panel/card';
import { CoverLines } from '../panel/cover-lines';
import { PickLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';

const key = 'cover-card';
const words = (name: string) => `panel.${key}.${name}`;
type SetView = (patch: Partial<View>) => void;
type Specialised = Outputs['division']['specialised'];
type Cover = Outputs['division']['cover'];
/** What is asked: the cover of a base grid, or a specialised grid; nothing where neither is selected. */
type Found = { queryKey: readonly unknown[]; queryFn?: (context: never) => Promise<Cover | Specialised> };

/** Base grids listed on a card; the rest are counted. */
const nGrids = 14;

const SpecialisedBody = ({ own, set }: { own: Specialised; set: SetView }) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const rest = own.grids.length - nGrids;
  return (
    <Card
      kicker={[t(words('title')), term('specialised-grid', own.line)].join(' · ')}
      title={lang === 'zh' ? own.name : own.nameEn}
      note={`${term('department', own.department)} · ${t('map.specialisedGrids', { n: own.grids.length })}`}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('answers'))}>
        <p>{own.worker ? `${t(words('post'))} · ${own.worker}` : t(words('post'))}</p>
      </CardSection>
      <CardSection title={t(words('grids'))}>
        {own.grids.slice(0, nGrids).map((code) => (
          <PickLine
            key={code}
            name={divisions.name(code)}
            detail={divisions.name(divisions.byCode(code)?.parent)}
            onPick={() => set({ selection: `division:${code}` })}
          />
        ))}
        {rest > 0 && <p>{t('panel.facets.rest', { n: rest })}</p>}
      </CardSection>
    </Card>
  );
};

const GridBody = ({ cover, set }: { cover: Cover; set: SetView }) => {
  const { t } = useText();
  const divisions = useDivisions();
  const trail = divisions
    .trail(cover.grid)
    .slice(0, -1)
    .map(({ code }) => divisions.name(code));
  return (
    <Card
      kicker={[t(words('baseGrid')), ...trail].join(' · ')}
      title={divisions.name(cover.grid)}
      onClose={() => set({ selection: null })}
    >
      <CoverLines cover={cover} set={set} />
    </Card>
  );
};

/** A specialised grid and who answers for it, or all that cover a base grid (专业网格). */
export const coverCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api, divisions }): Record<string, Found> => {
    const { kind, code } = partsOf(view.selection) ?? { kind: 'division', code: view.division ?? '' };
    if (kind === 'specialised_grid') return { found: api.division.specialised.queryOptions({ code }) as Found };
    const isGrid = kind === 'division' && divisions.byCode(code)?.level === 'grid';
    return isGrid ? { found: api.division.cover.queryOptions({ grid: code }) as Found } : {};
  },
  empty: ({ found }) => found === undefined,
  draw: ({ data: { found }, set }) =>
    found === undefined ? null : 'missing' in found ? (
      <GridBody cover={found} set={set} />
    ) : (
      <SpecialisedBody own={found} set={set} />
    ),
});
