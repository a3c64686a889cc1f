import { z } from 'zod';
import { LookPurpose } from './audit';
import { CareWindow } from './care';
import { DivisionCode } from './division';
import type { LngLat } from './geo';
import { At } from './moment';
import { RentalGrade } from './rental';
import type { View } from './view';

/** Stores of the base data one can search by (主题库): people, dwellings, cases, persons in care, vehicles. */
export const themes = ['person', 'dwelling', 'case', 'care', 'vehicle'] as const;
export const Theme = z.enum(themes);
export type Theme = z.infer<typeof Theme>;

/** Conditions of each theme: columns of its own and no others, in the order a page shows them. */
export const themeConditions = {
  person: ['ageBand', 'sex', 'populationType', 'relation', 'houseUse'],
  dwelling: ['houseUse', 'houseType', 'entityType', 'rating'],
  case: ['kind', 'state', 'categoryL1'],
  care: ['group', 'window'],
  vehicle: ['plateKind', 'tail'],
} as const satisfies Record<Theme, readonly string[]>;
export type Condition = (typeof themeConditions)[Theme][number];

const caseKinds = ['event', 'dispute'] as const;
const caseStates = ['open', 'all'] as const;
const Code = z.string().regex(/^[0-9A-Z]{1,4}$/);

/** What a condition may say. */
const values = {
  ageBand: z.string().regex(/^(\d{1,2}-\d{1,2}|\d{2}\+)$/),
  sex: Code,
  populationType: Code,
  relation: Code,
  houseUse: Code,
  houseType: Code,
  entityType: Code,
  rating: RentalGrade,
  kind: z.enum(caseKinds),
  state: z.enum(caseStates),
  categoryL1: Code,
  group: z.string().regex(/^C\d{2}$/),
  window: CareWindow,
  plateKind: Code,
  /** The last two or three characters of a plate. */
  tail: z.string().regex(/^[0-9A-Z]{2,3}$/),
} as const satisfies Record<Condition, z.ZodType<string>>;

/** List of the dictionary the values of a condition belong to; null = they stand in none. */
export const listOfCondition: Readonly<Record<Condition, string | null>> = {
  ageBand: 'age-band',
  sex: 'sex',
  populationType: 'population-type',
  relation: 'residence-relation',
  houseUse: 'house-use',
  houseType: 'house-type',
  entityType: 'entity-type',
  rating: 'rental-rating',
  kind: null,
  state: null,
  categoryL1: 'event-category-l1',
  group: 'care-group',
  window: null,
  plateKind: 'plate-kind',
  tail: null,
};

const Conditions = z.partialRecord(z.enum(Object.keys(values) as [Condition, ...Condition[]]), z.string().max(12));

const isOwn = ({ theme, conditions }: { theme: Theme; conditions: Partial<Record<Condition, string>> }): boolean =>
  Object.entries(conditions).every(
    ([key, value]) =>
      (themeConditions[theme] as readonly string[]).includes(key) && values[key as Condition].safeParse(value).success,
  );

/** Metric that counts what a theme holds, told to every post by division. */
export const metricOfTheme: Readonly<Record<Theme, string>> = {
  person: 'person.resident',
  dwelling: 'dwelling.count',
  case: 'event.open',
  care: 'care.registered',
  vehicle: 'vehicle.count',
};

/** What a theme is searched for, and what for; each look at people, persons in care or vehicles is kept in the audit. */
export const ThemeAsk = z
  .object({
    theme: Theme,
    purpose: LookPurpose,
    division: DivisionCode.nullable().default(null),
    conditions: Conditions.default({}),
    at: At,
  })
  .refine(isOwn, { path: ['conditions'], message: 'Conditions of this theme alone, each of its own form.' });
export type ThemeAsk = z.output<typeof ThemeAsk>;
/** A search as a page carries it: place and clock are the View's. */
export type ThemeSearch = Pick<ThemeAsk, 'theme' | 'purpose' | 'conditions'>;

/** What a page searches, each part a word: `theme.person.visit.ageBand=60-64`; null purpose = none is named yet. */
export const themeSearchOf = ({
  page,
}: {
  page: string | null;
}): Omit<ThemeSearch, 'purpose'> & { purpose: LookPurpose | null } => {
  const parts = (page ?? '').split('.');
  const theme = parts.flatMap((part) => Theme.safeParse(part).data ?? [])[0] ?? 'person';
  const said = parts.flatMap((part) => {
    const [key = '', value = ''] = part.split('=');
    return isOwn({ theme, conditions: { [key]: value } }) ? [[key, value] as const] : [];
  });
  const purpose = parts.flatMap((part) => LookPurpose.safeParse(part).data ?? [])[0] ?? null;
  return { theme, purpose, conditions: Object.fromEntries(said) };
};

/** Whether a View stands before a search by theme: nobody is told of yet, as it is not said what for. */
export const isAtGate = (view: Pick<View, 'page'>): boolean =>
  view.page?.split('.')[0] === 'theme' && themeSearchOf(view).purpose === null;

/** Page of the desk that searches this. */
export const themePage = ({ theme, purpose, conditions }: ThemeSearch): string =>
  [
    'theme',
    theme,
    purpose,
    ...themeConditions[theme].flatMap((key) => {
      const value = (conditions as Partial<Record<Condition, string>>)[key];
      return value ? [`${key}=${value}`] : [];
    }),
  ].join('.');

/** What a View searches, as it is asked; null = nothing: no purpose is named, or the register of care at a past instant. */
export const themeAskOf = (view: Pick<View, 'page' | 'division' | 'at'>): z.input<typeof ThemeAsk> | null => {
  const { purpose, ...search } = themeSearchOf(view);
  if (purpose === null || (search.theme === 'care' && view.at !== null)) return null;
  return { ...search, purpose, division: view.division, at: view.at };
};

/** Rows a search tells at most; the file of one holds as many. */
export const themeLimit = 300;

/** Where a row lies. Cases of quarrel and persons in care lie in their grid and no closer: null building, the grid's middle. */
type Placed = {
  id: string;
  grid: string | null;
  position: LngLat | null;
  building: string | null;
  place: string;
  placeEn: string;
  room: string;
};

/** A resident in his home, masked. */
export type PersonHit = Placed & {
  kind: 'person';
  name: string;
  sex: string;
  ageBand: string;
  populationType: string;
  relation: string;
  since: string;
};
export type DwellingHit = Placed & { kind: 'dwelling'; houseUse: string; houseType: string; areaSqm: number };
/** `level`: word of list `event-level`, of a dispute its `dispute-scale`. */
export type CaseHit = Placed & {
  kind: 'event' | 'dispute';
  number: string;
  title: string;
  level: string;
  stage: string;
  reportedAt: string;
};
export type CareHit = Placed & { kind: 'care'; name: string; ageBand: string; group: string; dueAt: string | null };
/** A vehicle, its plate masked. */
export type VehicleHit = Placed & { kind: 'vehicle'; plate: string; plateKind: string; since: string };
export type ThemeHit = PersonHit | DwellingHit | CaseHit | CareHit | VehicleHit;

/** What a search found; `isCut` = there is more than is told. */
export type ThemeFound = { rows: ThemeHit[]; isCut: boolean };

/** A person's or a vehicle's stretch of time; null end = it ran at the clock. */
export type Stretch = { from: string; to: string | null };

/** A vehicle as a card or a person beside it tells of it, masked. */
export type KeptVehicle = Stretch & { id: string; plate: string; plateKind: string };

/** Somebody who lives or lived in a dwelling, masked; null vehicles = the caller may not know whose they are. */
export type TreePerson = Stretch & {
  id: string;
  name: string;
  ageBand: string;
  relation: string;
  vehicles: KeptVehicle[] | null;
};

export type TreeEntity = Stretch & { id: string; name: string; nameEn: string; vehicles: KeptVehicle[] | null };
export type TreeEvent = { id: string; number: string; title: string; reportedAt: string; closedAt: string | null };

/** A dwelling and what hangs on it; null = the caller is not told. */
export type TreeDwelling = {
  code: string;
  unit: number;
  floor: number;
  room: string;
  houseUse: string;
  people: TreePerson[] | null;
  entities: TreeEntity[];
  events: TreeEvent[];
};

/** One building, its dwellings and all that hangs on them, as the clock had it (一楼多房、一房多人). */
export type RelationTree = {
  code: string;
  name: string;
  nameEn: string;
  /** Local day it is told for. */
  day: string;
  /** Dwelling of what was asked about; null = it hangs on the building itself. */
  focus: string | null;
  dwellings: TreeDwelling[];
  /** Of the building, in no dwelling of it. */
  entities: TreeEntity[];
  events: TreeEvent[];
  /** Kept here; null = the caller is not told of vehicles. */
  vehicles: KeptVehicle[] | null;
};

/** Kinds of things that hang on a building, and so on its tree. */
export const relatedKinds = ['building', 'dwelling', 'person', 'care', 'vehicle', 'event', 'entity'] as const;
export type RelatedKind = (typeof relatedKinds)[number];

/** A home of a person, in the caller's territory. */
export type PersonHome = Stretch & { dwelling: string; building: string; place: string; placeEn: string; room: string };

/** One person, masked, with his homes here from the newest; null vehicles = the caller may not know whose they are. */
export type PersonCard = Pick<PersonHit, 'id' | 'name' | 'sex' | 'ageBand' | 'populationType'> & {
  phone: string | null;
  homes: PersonHome[];
  vehicles: KeptVehicle[] | null;
};

/** Who holds or held a vehicle: an entity, or a person of the caller's territory (masked; null name = one from elsewhere). */
export type Holder = Stretch & {
  kind: 'person' | 'entity';
  id: string | null;
  name: string | null;
  nameEn: string | null;
};

/** One vehicle, its plate masked; `hasLink` false = persons who hold it are not told to the caller. */
export type VehicleCard = KeptVehicle & {
  building: string;
  place: string;
  placeEn: string;
  address: string;
  grid: string | null;
  holders: Holder[];
  hasLink: boolean;
};
