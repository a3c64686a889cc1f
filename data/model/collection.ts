import { z } from 'zod';
import type { LngLat } from './geo';
import { plainText } from './intake';

/** Kinds of records that are collected at a door (四实), beside the event, which is a report of its own. */
export const collectKinds = ['dwelling', 'person', 'entity'] as const;
export type CollectKind = (typeof collectKinds)[number];
/** Kinds of what is written down at a visit: the specialised workers' own fields beside the records. */
export type WrittenKind = CollectKind | 'special';

/** What somebody at the door says of a record: it is right, is changed, is there no more, stands elsewhere now, or is new. */
export const collectActs = ['confirm', 'change', 'gone', 'move', 'add'] as const;
export type CollectAct = (typeof collectActs)[number];

/** A record on the register as it was shown: `key` = code of the dwelling, id of the residence or the entity. */
const Known = { key: z.string().regex(/^[\w-]{1,40}$/), stamp: z.string().regex(/^[0-9a-f]{32}$/) };
const Word = z.string().regex(/^[\w-]{1,10}$/);
const Name = plainText(60).pipe(z.string().min(2));
const Phone = z.string().regex(/^\+?\d[\d-]{6,18}$/);

export const DwellingChange = z.strictObject({ house_use: Word });
export const PersonChange = z.strictObject({ relation: Word.optional(), phone: Phone.optional() });
export type PersonChange = z.infer<typeof PersonChange>;
export const EntityChange = z.strictObject({
  industry: Word.optional(),
  n_employees: z.number().int().min(0).max(100_000).optional(),
});
export type EntityChange = z.infer<typeof EntityChange>;
/** Where an entity has moved to, as it was told: an address or the 19-digit code of a building. */
export const EntityMove = z.strictObject({ address: plainText(100).pipe(z.string().min(2)) });
export const PersonAdd = z.strictObject({
  name: Name,
  id_number: z.string().regex(/^\d{17}[\dX]$/),
  phone: Phone.nullable(),
  relation: Word,
  population_type: Word,
});
export type PersonAdd = z.infer<typeof PersonAdd>;
export const EntityAdd = z.strictObject({
  name: Name,
  credit_code: z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/),
  entity_type: Word,
  industry: Word,
  n_employees: z.number().int().min(0).max(100_000),
});
export type EntityAdd = z.infer<typeof EntityAdd>;

/** What was found of one record (采集项). A new one has no key: the server looks for it on the register. */
export const CollectItem = z.discriminatedUnion('told', [
  z.strictObject({ told: z.literal('confirm'), kind: z.enum(collectKinds), ...Known }),
  z.strictObject({ told: z.literal('gone'), kind: z.enum(['person', 'entity']), ...Known }),
  z.strictObject({ told: z.literal('use'), kind: z.literal('dwelling'), ...Known, values: DwellingChange }),
  z.strictObject({ told: z.literal('resident'), kind: z.literal('person'), ...Known, values: PersonChange }),
  z.strictObject({ told: z.literal('trade'), kind: z.literal('entity'), ...Known, values: EntityChange }),
  z.strictObject({ told: z.literal('move'), kind: z.literal('entity'), ...Known, values: EntityMove }),
  z.strictObject({ told: z.literal('person'), kind: z.literal('person'), values: PersonAdd }),
  z.strictObject({ told: z.literal('entity'), kind: z.literal('entity'), values: EntityAdd }),
]);
export type CollectItem = z.infer<typeof CollectItem>;

/** The act an item is, whatever kind of record it is of. */
export const actOf = ({ told }: Pick<CollectItem, 'told'>): CollectAct => {
  if (told === 'confirm' || told === 'gone' || told === 'move') return told;
  return told === 'person' || told === 'entity' ? 'add' : 'change';
};

/**
 * One visit to one door (一次上门), sent as one command. `dwelling` null: what stands in the building behind no door of its
 * own. `events`: client keys of the reports written at it. `clientKey`: sent again, it is the same visit.
 */
export const Collected = z.object({
  clientKey: z.uuid(),
  building: z.string().regex(/^[\w-]{1,40}$/),
  dwelling: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .nullable(),
  items: z.array(CollectItem).min(1).max(200),
  events: z.array(z.uuid()).max(20).default([]),
  happenedAt: z.iso.datetime({ offset: true }),
});
export type Collected = z.output<typeof Collected>;

/**
 * How a record was found on the register: it was shown and confirmed, by its number, by name at the same address, by a
 * written address; `made`: it was not there and is entered; `none`: nobody but a person can say.
 */
export const linkMethods = ['shown', 'number', 'name', 'address', 'made', 'none'] as const;
export type LinkMethod = (typeof linkMethods)[number];

/** Why nothing was linked: the same name with another number, several with the number, it stands in another grid, no such address. */
export const openReasons = ['name', 'several', 'elsewhere', 'address'] as const;
export type OpenReason = (typeof openReasons)[number];

/** What a person decides of a record that was not linked (人工判定): it is the candidate, it is another one, it is nothing. */
export const collectChoices = ['same', 'other', 'dismiss'] as const;
export const CollectDecision = z.object({
  id: z.uuid(),
  seq: z.number().int().min(1).max(200),
  choice: z.enum(collectChoices),
  candidate: z.string().max(40).nullable().default(null),
});
export type CollectDecision = z.output<typeof CollectDecision>;

/** Somebody registered at a door, masked. `key`: of the residence. */
export type SheetPerson = {
  key: string;
  stamp: string;
  name: string;
  sex: string;
  ageBand: string;
  relation: string;
  since: string;
};
export type SheetEntity = { key: string; stamp: string; name: string; industry: string; nEmployees: number };

/** A door and all that is registered behind it; `code` null = what stands in the building behind no door of its own. */
export type SheetDoor = {
  code: string | null;
  stamp: string | null;
  unit: number;
  floor: number;
  room: string;
  houseUse: string | null;
  people: SheetPerson[];
  entities: SheetEntity[];
  /** Instant of the last visit that collected here; null = none. */
  collectedAt: string | null;
};
export type SheetBuilding = {
  code: string;
  name: string;
  nameEn: string;
  address: string;
  position: LngLat | null;
  doors: SheetDoor[];
};

/** The register of one's grid as a phone keeps it, so that every door is filled in without a network (底册). */
export type CollectSheet = { asOf: string; buildings: SheetBuilding[] };

/** A record that was not linked by itself, masked, with those on the register it may be. */
export type OpenRecord = {
  id: string;
  seq: number;
  kind: CollectKind;
  act: CollectAct;
  why: OpenReason;
  at: string;
  address: string;
  /** What was told of it. */
  told: string;
  candidates: { key: string; label: string }[];
  /** Whoever collected it does not decide on it. */
  mayDecide: boolean;
};

/** A field of a specialised line (专业采集项): a word of list `specialised-field`, answered by yes or no, or by a number. */
export type SpecialField = {
  code: string;
  line: string;
  zh: string;
  en: string;
  answer: 'yes' | 'number';
  /** As it was last told of the building; null = never. */
  value: boolean | number | null;
};

/** What a specialised worker found at a building of his lines. `clientKey`: sent again, it is the same visit. */
export const SpecialTold = z.object({
  clientKey: z.uuid(),
  building: z.string().regex(/^[\w-]{1,40}$/),
  department: z.string().max(20),
  values: z
    .record(z.string().regex(/^P\d{2}-\d{1,2}$/), z.union([z.boolean(), z.number().min(0).max(1_000_000)]))
    .refine((values) => Object.keys(values).length > 0),
  happenedAt: z.iso.datetime({ offset: true }),
});
export type SpecialTold = z.output<typeof SpecialTold>;
