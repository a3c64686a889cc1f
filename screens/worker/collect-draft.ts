import type { CollectInput } from '@/components/feed/upload-queue';
import type { CollectItem, CollectKind, SheetDoor } from '@/data/model/collection';

export type KnownItem = Extract<CollectItem, { key: string }>;
export type NewItem = Exclude<CollectItem, KnownItem>;

/** What was told at a door so far, by `<kind> <key>` of the record; `events`: client keys of reports written at it. */
export type Draft = { shown: Record<string, KnownItem>; added: NewItem[]; events: string[] };

export const emptyDraft: Draft = { shown: {}, added: [], events: [] };

export type Shown = { kind: CollectKind; key: string; stamp: string };

/** Name of a record within its door. */
export const nameOf = ({ kind, key }: Pick<Shown, 'kind' | 'key'>): string => `${kind} ${key}`;

/** Records of a kind that are registered at a door. */
export const recordsOf = (door: SheetDoor, kind: CollectKind): Shown[] => {
  if (kind === 'dwelling') return door.code && door.stamp ? [{ kind, key: door.code, stamp: door.stamp }] : [];
  return (kind === 'person' ? door.people : door.entities).map(({ key, stamp }) => ({ kind, key, stamp }));
};

const isKnown = (item: CollectItem): item is KnownItem => 'key' in item;

/** What was written down before, as it is told on. */
export const draftOf = ({ items, events }: CollectInput): Draft => ({
  shown: Object.fromEntries(items.filter(isKnown).map((item) => [nameOf(item), item])),
  added: items.filter((item): item is NewItem => !isKnown(item)),
  events,
});

/**
 * What of a draft is told of records that still say what they said, and what is not: `changed` say something else now and want
 * to be looked at again, `lost` counts those that are there no more.
 */
export const settledOf = (draft: Draft, door: SheetDoor) => {
  const now = new Map(
    (['dwelling', 'person', 'entity'] as const).flatMap((kind) =>
      recordsOf(door, kind).map((record) => [nameOf(record), record.stamp] as const),
    ),
  );
  const told = Object.entries(draft.shown);
  const sound = told.filter(([name, { stamp }]) => now.get(name) === stamp);
  const changed = told.flatMap(([name, { stamp }]) => {
    const there = now.get(name);
    return there !== undefined && there !== stamp ? [name] : [];
  });
  return {
    items: [...sound.map(([, item]) => item), ...draft.added] as CollectItem[],
    told: new Map(sound),
    changed: new Set(changed),
    lost: told.length - sound.length - changed.length,
  };
};

/** Tells a record, instead of what was told of it before; told the same once more, it is told no more. */
export const tell = (draft: Draft, item: KnownItem): Draft => {
  const name = nameOf(item);
  const { [name]: before, ...others } = draft.shown;
  const isSame = JSON.stringify(before) === JSON.stringify(item);
  return { ...draft, shown: isSame ? others : { ...others, [name]: item } };
};

/** Confirms all records of a kind that were not told of yet, or say something else by now. */
export const confirmRest = (draft: Draft, door: SheetDoor, kind: CollectKind): Draft => {
  const { told } = settledOf(draft, door);
  const rest = recordsOf(door, kind).filter((record) => !told.has(nameOf(record)));
  const items = rest.map((record): [string, KnownItem] => [nameOf(record), { told: 'confirm', ...record }]);
  return { ...draft, shown: { ...draft.shown, ...Object.fromEntries(items) } };
};
