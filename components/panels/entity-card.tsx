'use client';

import { Building2, Crosshair } from 'lucide-react';
import type { View } from '@/data/model/view';
import { Button } from '../base/button';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import type { Outputs } from '../feed/trpc';
import { Card, type CardFact, CardFacts, CardSection } from '../panel/card';
import { EventLine } from '../panel/event-line';
import { FieldName } from '../panel/field-name';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import styles from './entity-card.module.css';

const key = 'entity-card';
const words = (name: string) => `panel.${key}.${name}`;
type Entity = Outputs['entity']['byId'];
type BodyProps = { entity: Entity; set: (patch: Partial<View>) => void };

const Facts = ({ entity }: { entity: Entity }) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const { building, dwelling } = entity;
  const place = building && (lang === 'zh' ? building.name : building.nameEn);
  const facts: CardFact[] = [
    [words('code'), entity.creditCode, 'entity.credit_code'],
    ['common.dimension.entityType', term('entity-type', entity.entityType), 'entity.entity_type'],
    ['common.dimension.industry', term('industry', entity.industry), 'entity.industry'],
    [words('employees'), t(words('nEmployees'), { n: entity.nEmployees }), 'entity.n_employees'],
    [words('place'), [place, dwelling?.room].filter(Boolean).join(' · ') || null, 'entity.building_code'],
    [words('address'), building?.address ?? null, 'building.address'],
    [
      'common.thing.grid',
      [entity.community, entity.grid]
        .filter((code) => code !== null)
        .map(divisions.name)
        .join(' · ') || null,
      'entity.grid_code',
    ],
  ];
  return <CardFacts facts={facts.map(([label, ...said]) => [t(label), ...said] as const)} />;
};

/** What became of it: registered, and closed once it was. */
const History = ({ entity }: { entity: Entity }) => {
  const { t } = useText();
  const steps: [string, string | null][] = [
    ['registered', entity.registeredOn],
    ['closed', entity.closedOn],
  ];
  return (
    <ol className={styles.history}>
      {steps.map(([name, day]) =>
        day ? (
          <li key={name}>
            <time dateTime={day}>{day}</time> <FieldName id={`entity.${name}_on`}>{t(words(name))}</FieldName>
          </li>
        ) : null,
      )}
    </ol>
  );
};

const Actions = ({ entity, set }: BodyProps) => {
  const { t } = useText();
  const { position, building, dwelling } = entity;
  const locate = () => {
    if (position) set({ camera: { lng: position[0], lat: position[1], zoom: 17, pitch: 0, bearing: 0 } });
  };
  const open = dwelling ? `dwelling:${dwelling.code}` : building && `building:${building.code}`;
  return (
    <div className={styles.actions}>
      <Button kind="primary" disabled={!position} onClick={locate}>
        <Crosshair aria-hidden />
        {t('panel.event-card.locate')}
      </Button>
      {open && (
        <Button onClick={() => set({ selection: open })}>
          <Building2 aria-hidden />
          {t(words(dwelling ? 'openDwelling' : 'openBuilding'))}
        </Button>
      )}
    </div>
  );
};

const EntityBody = ({ entity, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const status = t(words(entity.closedOn ? 'isClosed' : 'isRunning'));
  return (
    <Card
      kicker={[t(words('title')), entity.id].join(' · ')}
      title={lang === 'zh' ? entity.name : entity.nameEn}
      note={`${term('industry', entity.industry)} · ${status}`}
      onClose={() => set({ selection: null })}
    >
      <Actions entity={entity} set={set} />
      <CardSection title={t(words('facts'))}>
        <Facts entity={entity} />
      </CardSection>
      <CardSection title={t(words('history'))}>
        <History entity={entity} />
      </CardSection>
      <CardSection
        title={t(words('events'))}
        caption={t('panel.building-card.recentCaption', { n: entity.events.length })}
      >
        {entity.events.length === 0 && <p className={styles.none}>{t(words('noEvents'))}</p>}
        {entity.events.map((event) => (
          <EventLine key={event.id} event={event} onPick={() => set({ selection: `event:${event.id}` })} />
        ))}
      </CardSection>
    </Card>
  );
};

/** Everything about one entity: trade, place, people employed, status, events at its building (法人档案). */
export const entityCard = definePanel({
  key,
  sizes: ['desk'],
  isBare: true,
  ask: ({ view, api }) => ({
    entity: api.entity.byId.queryOptions({ id: partsOf(view.selection)?.code ?? '', at: view.at, known: view.known }),
  }),
  draw: ({ data: { entity }, set }) => <EntityBody entity={entity} set={set} />,
});
