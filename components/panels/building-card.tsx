'use client';

import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { Fragment, useMemo } from 'react';
import type { View } from '@/data/model/view';
import { stackOf, toneOf } from '../chart/dwelling-stack';
import { useDivisions } from '../feed/divisions';
import { useText } from '../feed/text';
import { type Outputs, useTRPC } from '../feed/trpc';
import { Card, CardFigures, CardSection } from '../panel/card';
import { DwellingBox } from '../panel/dwelling-box';
import { EventLine, PlainLine } from '../panel/event-line';
import { FieldName } from '../panel/field-name';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { StackLegend, StackView } from '../panel/stack-view';

const key = 'building-card';
const words = (name: string) => `panel.${key}.${name}`;
type Building = Outputs['place']['buildingByCode'];
type SetView = (patch: Partial<View>) => void;

const figureMetrics = ['dwelling.count', 'person.resident', 'entity.count', 'event.open'] as const;

/** Figures of a building come from the same answers as everywhere: its grid, split by building. */
const BuildingFigures = ({ building, view }: { building: Building; view: View }) => {
  const api = useTRPC();
  const { t } = useText();
  const division = building.grid ?? building.community ?? view.division;
  const question = { division, period: view.period, at: view.at, known: view.known, filters: [] };
  const answers = useQueries({
    queries: figureMetrics.map((metric) =>
      api.metric.ask.queryOptions({ metric, dimensions: ['building'], question, limit: 5000 }),
    ),
  });
  const zero = { at: { building: building.code }, value: 0, numerator: 0, denominator: 1, n: 0 };
  const figures = figureMetrics.flatMap((metric, i) => {
    const answer = answers[i]?.data;
    // What a post may not know of a building has no place on its card.
    if (!answer && answers[i]?.isError) return [];
    const cell = answer?.cells.find(({ at }) => at.building === building.code) ?? zero;
    return [{ key: metric, label: t(words(`figure.${metric}`)), answer, cell }];
  });
  return <CardFigures figures={figures} />;
};

/** The stack of dwellings; one chosen is the selection, so that it has a link and stands in the trail. */
const Facade = ({ building, wanted, view, set }: BodyProps) => {
  const api = useTRPC();
  const { t } = useText();
  const stack = useMemo(() => stackOf(building.dwellings), [building.dwellings]);
  const shown = building.dwellings.some(({ code }) => code === wanted) ? wanted : null;
  const dwelling = useQuery({
    ...api.place.dwellingByCode.queryOptions(
      { code: shown ?? '', at: view.at, known: view.known },
      { enabled: shown !== null },
    ),
    placeholderData: keepPreviousData,
  });
  const open = new Set(building.openEvents.flatMap((event) => event.dwelling ?? []));
  const tones = [...new Set(building.dwellings.map(({ houseUse }) => toneOf(houseUse)))];
  if (building.dwellings.length === 0) return <p>{t(words('noDwellings'))}</p>;
  return (
    <>
      <StackView stack={stack} picked={shown} open={open} onPick={(code) => set({ selection: `dwelling:${code}` })} />
      <StackLegend tones={tones} hasOpen={open.size > 0} />
      {shown && dwelling.data ? <DwellingBox dwelling={dwelling.data} /> : <p>{t(words('pick'))}</p>}
    </>
  );
};

const BuildingBody = ({ building, wanted, view, set }: BodyProps) => {
  const { t, term, lang } = useText();
  const divisions = useDivisions();
  const { recentEvents, entities } = building;
  const roomOf = (code: string | null) => {
    const home = building.dwellings.find((row) => row.code === code);
    return home && t(words('room'), { room: home.room });
  };
  const place = [building.community, building.grid].filter((code) => code !== null).map(divisions.name);
  const facts = [
    ['house_type', term('house-type', building.houseType)],
    ['storeys', t(words('storeys'), { storeys: building.storeys, units: building.units })],
    ['built_year', building.builtYear ? t(words('built'), { year: String(building.builtYear) }) : ''],
  ] as const;
  return (
    <Card
      kicker={[t(words('title')), ...place].join(' · ')}
      title={lang === 'zh' ? building.name : building.nameEn}
      note={
        <>
          {facts.map(([column, text], i) => (
            <Fragment key={column}>
              {i > 0 && text && ' · '}
              {text && <FieldName id={`building.${column}`}>{text}</FieldName>}
            </Fragment>
          ))}
          <br />
          <FieldName id="building.address">{building.address}</FieldName>
        </>
      }
      onClose={() => set({ selection: null })}
    >
      <BuildingFigures building={building} view={view} />
      <CardSection title={t(words('facade'))} caption={t(words('facadeCaption'))}>
        <Facade building={building} wanted={wanted} view={view} set={set} />
      </CardSection>
      <CardSection title={t(words('recent'))} caption={t(words('recentCaption'), { n: recentEvents.length })}>
        {recentEvents.length === 0 && <p>{t(words('noEvents'))}</p>}
        {recentEvents.map((event) => (
          <EventLine
            key={event.id}
            event={event}
            where={roomOf(event.dwelling)}
            onPick={() => set({ selection: `event:${event.id}` })}
          />
        ))}
      </CardSection>
      {entities.length > 0 && (
        <CardSection title={t(words('entityTitle'))} caption={t(words('entities'), { n: entities.length })}>
          <EntityLines entities={entities} />
        </CardSection>
      )}
    </Card>
  );
};
type BodyProps = { building: Building; wanted: string | null; view: View; set: SetView };

/** Entities listed on a card; the rest are counted. */
const nEntities = 6;

const EntityLines = ({ entities }: { entities: Building['entities'] }) => {
  const { term, t, lang } = useText();
  return (
    <>
      {entities.slice(0, nEntities).map((entity) => (
        <PlainLine
          key={entity.id}
          name={lang === 'zh' ? entity.name : entity.nameEn}
          detail={term('industry', entity.industry)}
        />
      ))}
      {entities.length > nEntities && <p>{t('panel.facets.rest', { n: entities.length - nEntities })}</p>}
    </>
  );
};

/** A dwelling was chosen by its code: the card is its building's. */
const OfDwelling = ({
  dwelling,
  ...rest
}: Omit<BodyProps, 'building' | 'wanted'> & { dwelling: Outputs['place']['dwellingByCode'] }) => {
  const api = useTRPC();
  const building = useQuery(
    api.place.buildingByCode.queryOptions({ code: dwelling.building.code, at: rest.view.at, known: rest.view.known }),
  ).data;
  return building ? <BuildingBody building={building} wanted={dwelling.code} {...rest} /> : null;
};

/** Everything about one building: figures, facade with its dwellings, events, entities (楼栋档案). */
export const buildingCard = definePanel({
  key,
  sizes: ['desk', 'hand'],
  isBare: true,
  ask: ({ view, api }) => {
    const { kind, code } = partsOf(view.selection) ?? { kind: 'building', code: '' };
    return kind === 'dwelling'
      ? { place: api.place.dwellingByCode.queryOptions({ code, at: view.at, known: view.known }) }
      : { place: api.place.buildingByCode.queryOptions({ code, at: view.at, known: view.known }) };
  },
  draw: ({ data: { place }, view, set }) =>
    'building' in place ? (
      <OfDwelling key={place.building.code} dwelling={place} view={view} set={set} />
    ) : (
      <BuildingBody key={place.code} building={place} wanted={null} view={view} set={set} />
    ),
});
