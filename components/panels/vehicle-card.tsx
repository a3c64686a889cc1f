'use client';

import { type Holder, themeSearchOf } from '@/data/model/theme';
import type { View } from '@/data/model/view';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { PickLine, PlainLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { Stretch } from '../panel/stretch';

const key = 'vehicle-card';
const words = (name: string) => `theme.vehicle.${name}`;
/** Reads of one vehicle are on record: the card is not asked again by itself. */
const keptMs = Number.POSITIVE_INFINITY;

type Vehicle = Outputs['theme']['vehicleById'];
type BodyProps = { vehicle: Vehicle; set: (patch: Partial<View>) => void };

const Held = ({ holder, set }: Pick<BodyProps, 'set'> & { holder: Holder }) => {
  const { t, lang } = useText();
  const { kind, id, name, nameEn } = holder;
  const told = (lang === 'zh' ? name : nameEn) ?? t(words('elsewhere'));
  const detail = <Stretch of={holder} />;
  if (id === null) return <PlainLine name={told} detail={detail} />;
  return <PickLine name={told} detail={detail} onPick={() => set({ selection: `${kind}:${id}` })} />;
};

const VehicleBody = ({ vehicle, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const { holders, hasLink } = vehicle;
  const place = lang === 'zh' ? vehicle.place : vehicle.placeEn;
  const facts: [string, string | null][] = [
    ['theme.column.plateKind', term('plate-kind', vehicle.plateKind)],
    [words('address'), vehicle.address],
    ['theme.column.grid', vehicle.grid && divisions.name(vehicle.grid)],
  ];
  return (
    <Card
      kicker={t('theme.name.vehicle')}
      title={vehicle.plate}
      note={<Stretch of={vehicle} />}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('kept'))}>
        <CardFacts facts={facts.map(([label, text]) => [t(label), text] as const)} />
        <PickLine name={place} detail="" onPick={() => set({ selection: `building:${vehicle.building}` })} />
      </CardSection>
      <CardSection title={t(words('holders'))} caption={hasLink ? undefined : t(words('noLink'))}>
        {holders.length === 0 && hasLink && <p>{t(words('noHolder'))}</p>}
        {holders.map((holder) => (
          <Held key={`${holder.kind} ${holder.id} ${holder.from}`} holder={holder} set={set} />
        ))}
      </CardSection>
    </Card>
  );
};

/** One vehicle, its plate masked: where it is kept and, where the post may know, who held it when (机动车档案). */
export const vehicleCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    vehicle: api.theme.vehicleById.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', purpose: themeSearchOf(view).purpose ?? 'check', at: view.at },
      { staleTime: keptMs },
    ),
  }),
  draw: ({ data: { vehicle }, set }) => <VehicleBody vehicle={vehicle} set={set} />,
});
