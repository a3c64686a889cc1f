'use client';

import { themeSearchOf } from '@/data/model/theme';
import type { View } from '@/data/model/view';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, CardFacts, CardSection } from '../panel/card';
import { PickLine } from '../panel/event-line';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { Stretch } from '../panel/stretch';
import { VehicleLines } from '../panel/vehicle-lines';

const key = 'person-card';
const words = (name: string) => `theme.person.${name}`;
/** Reads of one person are on record: the card is not asked again by itself. */
const keptMs = Number.POSITIVE_INFINITY;

type Person = Outputs['theme']['personById'];
type BodyProps = { person: Person; set: (patch: Partial<View>) => void };

const Homes = ({ person, set }: BodyProps) => {
  const { lang } = useText();
  return person.homes.map((home) => (
    <PickLine
      key={`${home.dwelling} ${home.from}`}
      name={[lang === 'zh' ? home.place : home.placeEn, home.room].join(' ')}
      detail={<Stretch of={home} />}
      onPick={() => set({ selection: `dwelling:${home.dwelling}` })}
    />
  ));
};

const PersonBody = ({ person, set }: BodyProps) => {
  const { t, term } = useText();
  const facts: [string, string | null][] = [
    ['theme.column.sex', term('sex', person.sex)],
    ['theme.column.ageBand', term('age-band', person.ageBand)],
    ['theme.column.populationType', term('population-type', person.populationType)],
    [words('phone'), person.phone],
  ];
  return (
    <Card
      kicker={t('theme.name.person')}
      title={person.name}
      note={t(words('masked'))}
      onClose={() => set({ selection: null })}
    >
      <CardSection title={t(words('facts'))}>
        <CardFacts facts={facts.map(([label, text]) => [t(label), text] as const)} />
      </CardSection>
      <CardSection title={t(words('homes'))} caption={t(words('homesHint'))}>
        <Homes person={person} set={set} />
      </CardSection>
      <CardSection title={t('theme.name.vehicle')}>
        {person.vehicles === null ? (
          <p>{t(words('noLink'))}</p>
        ) : (
          <VehicleLines vehicles={person.vehicles} onPick={(id) => set({ selection: `vehicle:${id}` })} />
        )}
      </CardSection>
    </Card>
  );
};

/** One resident, masked, with the homes he had here and, where the post may know, his vehicles (人员档案). */
export const personCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    person: api.theme.personById.queryOptions(
      { id: partsOf(view.selection)?.code ?? '', purpose: themeSearchOf(view).purpose ?? 'check', at: view.at },
      { staleTime: keptMs },
    ),
  }),
  draw: ({ data: { person }, set }) => <PersonBody person={person} set={set} />,
});
