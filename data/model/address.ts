import { z } from 'zod';
import type { DivisionLevel } from './division';
import type { LngLat } from './geo';
import type { Role } from './scope';

/** Reference systems positions of a list may be given in; CGCS2000 and WGS-84 are centimetres apart. */
export const crsNames = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const;
export const CrsName = z.enum(crsNames);
export type CrsName = z.infer<typeof CrsName>;

/** Systems that positions are held against to see which one they are in. */
export const crsHypotheses = ['WGS84', 'GCJ02', 'BD09'] as const;
export type CrsHypothesis = (typeof crsHypotheses)[number];

/** Medians of the distance between positions given and the buildings their texts mean, under each hypothesis, metres. */
export type CrsCheck = { nCompared: number; metres: Record<CrsHypothesis, number>; likely: CrsHypothesis | null };

/** How a name was found: as it is written here, by another name of it, or with one letter mended. */
export const nameReadings = ['written', 'other', 'mended'] as const;
export type NameReading = (typeof nameReadings)[number];

/** How a row of a list was matched (匹配方式); `decided` and `dismissed` by a person, `none` = not yet. */
export const addressMethods = [...nameReadings, 'position', 'decided', 'none', 'dismissed'] as const;
export type AddressMethod = (typeof addressMethods)[number];

/** How deep a row was placed (匹配层级); `outside` = in no territory of who handed it in. */
export type AddressLevel = 'dwelling' | 'building' | 'block' | DivisionLevel | 'outside' | 'none';
export const addressLevels: readonly AddressLevel[] = [
  ...['dwelling', 'building', 'block', 'grid', 'community', 'subdistrict', 'district'],
  ...['city', 'province', 'outside', 'none'],
] as AddressLevel[];

/** Rows by `<method>.<level>`; of a step, what it changed. */
export type AddressTally = Record<string, number>;

export const isMatched = (method: AddressMethod): boolean => method !== 'none' && method !== 'dismissed';

/** Roles that work on lists of addresses. */
export const listRoles: readonly Role[] = ['R2', 'R3', 'R4'];

/** What a list says at most. */
export const listLimits = { bytes: 64 * 1024 * 1024, rows: 300_000, letters: 200 } as const;

/** What hands in a list over the documented route. `id` is made by the sender: sent again, it is the same list. */
export const ListWish = z.object({
  id: z.uuid(),
  name: z
    .string()
    .trim()
    .min(1)
    .max(80)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name is one line
    .regex(/^[^\u0000-\u001f]*$/),
  /** Null = not told; needed where the list has positions. */
  crs: CrsName.nullable(),
  encoding: z.enum(['utf-8', 'gb18030', 'gbk', 'utf-16le']).default('utf-8'),
});
export type ListWish = z.infer<typeof ListWish>;

/** Why a row of a list is not taken: text keys `address.row.<fault>`. */
export const rowFaults = ['empty', 'long', 'half', 'number', 'degrees', 'swapped'] as const;
export type RowFault = (typeof rowFaults)[number];

/** A row that is not taken, by its line in the file. */
export type BadRow = { line: number; fault: RowFault };

/** A list as it is shown among others. Matched share = `nMatched` of `nRows`. */
export type AddressBatch = {
  id: string;
  name: string;
  at: string;
  role: Role;
  division: string;
  nRows: number;
  nMatched: number;
  /** `dead`: the work was given up; it can be taken up again. */
  state: 'running' | 'done' | 'dead';
};

/** A pass over the rows that were not matched before it; `gained` = rows it matched. */
export type AddressRun = { run: number; at: string; role: Role; nRows: number; nDone: number; gained: number };

/** A list with all that came of it. */
export type AddressCard = AddressBatch & {
  crs: CrsName | null;
  crsCheck: CrsCheck | null;
  nPositions: number;
  methods: { method: AddressMethod; n: number }[];
  /** Those that nothing has matched apart: they are sure of the level and no more. */
  levels: { level: AddressLevel; isMatched: boolean; n: number }[];
  /** Rows with a grid. */
  nPlaced: number;
  runs: AddressRun[];
};

/** A building a text may mean. */
export type AddressCandidate = { code: string; name: string; address: string; position: LngLat | null };

/** A row nobody has matched yet; `division` = the smallest one that is sure. */
export type OpenRow = {
  row: number;
  address: string;
  level: AddressLevel;
  division: string | null;
  candidates: AddressCandidate[];
};

/** A row of a list with what it was matched to, as a file tells it; `standard` = address of the building. */
export type ListedRow = {
  row: number;
  address: string;
  method: AddressMethod;
  level: AddressLevel;
  score: number;
  building: string | null;
  standard: string | null;
  dwelling: string | null;
  grid: string | null;
  block: string | null;
};

/** How one part of an address was read: which words, as what, how, and how surely (0–1). */
export type AddressStep = {
  words: string;
  as: 'division' | 'street' | 'house';
  name: string;
  number: string;
  how: NameReading;
  share: number;
};

/** The eight levels of an address (省 市 区 街道 社区 路街巷 小区楼栋 房间), the largest first. */
export const addressParts = [
  ...(['province', 'city', 'district', 'subdistrict', 'community'] as const),
  ...(['road', 'house', 'room'] as const),
] as const;
export type AddressPart = (typeof addressParts)[number];

/** An address taken apart; what is not named is absent. `rest` = words that were not read. */
export type AddressParts = Partial<Record<AddressPart, string>> & { rest: string };

/** What one address means. */
export type AddressTold = {
  building: AddressCandidate | null;
  dwelling: { code: string; name: string } | null;
  division: string | null;
  /** The building lies in another territory than the caller's. */
  isOutside: boolean;
  /** 0–1. */
  score: number;
  steps: AddressStep[];
  candidates: AddressCandidate[];
  parts: AddressParts;
};

export const addressNameKinds = ['former', 'popular'] as const;

/** What people call a street or house beside its standard name (曾用名、俗称). */
export const NameTaught = z.object({
  name: z.string().trim().min(2).max(40),
  standard: z.string().trim().min(2).max(40),
  kind: z.enum(addressNameKinds),
});
export type NameTaught = z.infer<typeof NameTaught>;

/** What a person found out about a row: a building, or null = none of them. */
export const RowDecision = z.object({
  batch: z.uuid(),
  row: z.number().int().min(2),
  building: z
    .string()
    .regex(/^\d{19}$/)
    .nullable(),
  note: z.string().trim().max(200).default(''),
});
export type RowDecision = z.infer<typeof RowDecision>;
