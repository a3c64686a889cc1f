'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import {
  type KeptVehicle,
  type RelatedKind,
  type RelationTree,
  relatedKinds,
  type TreeDwelling,
  type TreeEntity,
  type TreeEvent,
  type TreePerson,
  themeSearchOf,
} from '@/data/model/theme';
import type { View } from '@/data/model/view';
import { formatStamp } from '../base/format';
import { problemOf } from '../feed/failure';
import { useText } from '../feed/text';
import { useTRPC } from '../feed/trpc';
import { definePanel } from '../panel/panel';
import { partsOf } from '../panel/question';
import { Stretch } from '../panel/stretch';
import styles from './theme-tree.module.css';

const key = 'theme-tree';
const words = (name: string) => `theme.tree.${name}`;
/** A building's people are read once: each look is on record. */
const keptMs = Number.POSITIVE_INFINITY;

type Pick = { picked: string | null; pick: (selection: string) => void };
type NodeProps = Pick & { selection: string; name: string; note?: string; isOver?: boolean; children: ReactNode };

/** One thing of the tree: its name leads to its card. */
const Node = ({ picked, pick, selection, name, note, isOver = false, children }: NodeProps) => (
  <p className={styles.node} data-over={isOver ? '' : undefined}>
    <button
      type="button"
      data-node={selection}
      aria-current={picked === selection ? 'true' : undefined}
      onClick={() => pick(selection)}
    >
      {name}
    </button>
    {note && <span>{note}</span>}
    <small>{children}</small>
  </p>
);

const Vehicles = ({ vehicles, ...rest }: Pick & { vehicles: readonly KeptVehicle[] | null }) => {
  const { term } = useText();
  if (!vehicles?.length) return null;
  return (
    <ul>
      {vehicles.map((row) => (
        <li key={`${row.id} ${row.from}`}>
          <Node
            {...rest}
            selection={`vehicle:${row.id}`}
            name={row.plate}
            note={term('plate-kind', row.plateKind)}
            isOver={row.to !== null}
          >
            <Stretch of={row} />
          </Node>
        </li>
      ))}
    </ul>
  );
};

const People = ({ people, ...rest }: Pick & { people: readonly TreePerson[] }) => {
  const { term } = useText();
  return people.map((row) => (
    <li key={`${row.id} ${row.from}`}>
      <Node
        {...rest}
        selection={`person:${row.id}`}
        name={row.name}
        note={[term('age-band', row.ageBand), term('residence-relation', row.relation)].join(' · ')}
        isOver={row.to !== null}
      >
        <Stretch of={row} />
      </Node>
      <Vehicles {...rest} vehicles={row.vehicles} />
    </li>
  ));
};

const Entities = ({ entities, ...rest }: Pick & { entities: readonly TreeEntity[] }) => {
  const { lang } = useText();
  return entities.map((row) => (
    <li key={row.id}>
      <Node
        {...rest}
        selection={`entity:${row.id}`}
        name={lang === 'zh' ? row.name : row.nameEn}
        isOver={row.to !== null}
      >
        <Stretch of={row} />
      </Node>
      <Vehicles {...rest} vehicles={row.vehicles} />
    </li>
  ));
};

const Events = ({ events, ...rest }: Pick & { events: readonly TreeEvent[] }) => {
  const { t, lang, installation } = useText();
  const stamp = (at: string) => formatStamp(new Date(at), installation?.timeZone ?? 'UTC', lang);
  return events.map(({ id, title, reportedAt, closedAt }) => (
    <li key={id}>
      <Node {...rest} selection={`event:${id}`} name={title} isOver={closedAt !== null}>
        {closedAt === null
          ? t('theme.since', { from: stamp(reportedAt) })
          : t('theme.between', { from: stamp(reportedAt), to: stamp(closedAt) })}
      </Node>
    </li>
  ));
};

/** How many of each hang on a dwelling, those of before apart. */
const useTally = () => {
  const { t } = useText();
  return ({ people, entities, events }: TreeDwelling): string => {
    const here = people?.filter(({ to }) => to === null).length ?? 0;
    const before = (people?.length ?? 0) - here;
    return [
      here > 0 && t(words('people'), { n: here }),
      before > 0 && t(words('before'), { n: before }),
      entities.length > 0 && t(words('entities'), { n: entities.length }),
      events.length > 0 && t(words('events'), { n: events.length }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
};

const Dwelling = ({ row, isOpen, ...rest }: Pick & { row: TreeDwelling; isOpen: boolean }) => {
  const { t, term } = useText();
  const tally = useTally();
  const own = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isOpen) own.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <details ref={own} open={isOpen} data-dwelling={row.code}>
      <summary>
        <b>{t(words('room'), { unit: row.unit, room: row.room })}</b>
        <span>{term('house-use', row.houseUse)}</span>
        <small>{tally(row)}</small>
      </summary>
      <ul>
        <li>
          <button type="button" className={styles.card} onClick={() => rest.pick(`dwelling:${row.code}`)}>
            {t(words('openDwelling'))}
          </button>
        </li>
        {row.people === null ? <li>{t(words('hidden'))}</li> : <People {...rest} people={row.people} />}
        <Entities {...rest} entities={row.entities} />
        <Events {...rest} events={row.events} />
      </ul>
    </details>
  );
};

const Tree = ({ tree, ...rest }: Pick & { tree: RelationTree }) => {
  const { t, lang } = useText();
  const groups: [string, number, ReactNode][] = [
    ['vehicles', tree.vehicles?.length ?? 0, <Vehicles key="vehicles" {...rest} vehicles={tree.vehicles} />],
    ['entities', tree.entities.length, <Entities key="entities" {...rest} entities={tree.entities} />],
    ['events', tree.events.length, <Events key="events" {...rest} events={tree.events} />],
  ];
  return (
    <div className={styles.tree} data-tree={tree.code}>
      <p className={styles.root}>
        <button type="button" data-node={`building:${tree.code}`} onClick={() => rest.pick(`building:${tree.code}`)}>
          {lang === 'zh' ? tree.name : tree.nameEn}
        </button>
        <span>{t(words('asOf'), { day: tree.day })}</span>
      </p>
      {tree.dwellings.map((row) => (
        <Dwelling key={row.code} row={row} isOpen={row.code === tree.focus || tree.dwellings.length === 1} {...rest} />
      ))}
      {groups.map(
        ([name, n, list]) =>
          n > 0 && (
            <details key={name} data-group={name}>
              <summary>
                <b>{t(words(`of.${name}`))}</b>
                <small>{t(words(name), { n })}</small>
              </summary>
              {name === 'vehicles' ? list : <ul>{list}</ul>}
            </details>
          ),
      )}
    </div>
  );
};

type BodyProps = { view: View; set: (patch: Partial<View>) => void };

const Asked = ({ kind, id, view, set }: BodyProps & { kind: RelatedKind; id: string }) => {
  const { t } = useText();
  const { purpose } = themeSearchOf(view);
  const asked = { kind, id, purpose: purpose ?? 'check', at: view.at };
  const { data, error } = useQuery(useTRPC().theme.relations.queryOptions(asked, { staleTime: keptMs }));
  if (error) return <p className={styles.note}>{t(`common.problem.${problemOf(error)}`)}</p>;
  if (!data) return <p className={styles.note}>{t('register.list.reading')}</p>;
  return <Tree tree={data} picked={view.selection} pick={(selection) => set({ selection })} />;
};

const Body = ({ view, set }: BodyProps) => {
  const { t } = useText();
  const chosen = partsOf(view.selection);
  const kind = relatedKinds.find((each) => each === chosen?.kind);
  if (themeSearchOf(view).purpose === null || !chosen || !kind)
    return <p className={styles.note}>{t(words(chosen ? 'none' : 'choose'))}</p>;
  return <Asked kind={kind} id={chosen.code} view={view} set={set} />;
};

/** One building, its dwellings, and the people, entities, vehicles and events of each, as the clock had it (关联). */
export const themeTree = definePanel({
  key,
  sizes: ['desk'],
  ask: () => ({}),
  draw: ({ view, set }) => <Body view={view} set={set} />,
});
