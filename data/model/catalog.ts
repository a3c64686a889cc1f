import { z } from 'zod';

/** Classes a field may be of (分类分级), from what may be published to what is told to nobody: list `data-class`. */
export const dataClasses = ['public', 'internal', 'sensitive', 'identity', 'secret'] as const;
export const DataClass = z.enum(dataClasses);
export type DataClass = z.infer<typeof DataClass>;

/** `<table>.<column>` of the store. */
export const FieldId = z.string().regex(/^[a-z_0-9]{1,40}\.[a-z_0-9]{1,40}$/);

type Words = { zh: string; en: string };

/** One field as the list of the catalogue tells it (数据项). */
export type FieldRow = Words & {
  /** `<table>.<column>` */
  id: string;
  /** Code of list `data-standard`. */
  standard: string;
  /** Codes of list `data-origin`: who it comes from. */
  origin: string[];
  /** Who answers for it: a word of list `department`, or a role that keeps the installation. */
  owner: string;
  class: DataClass;
};

/** A field in full. */
export type FieldEntry = FieldRow & {
  /** What the table holds. */
  table: Words;
  /** What it is for: of the field, else of its table. */
  purpose: Words;
  /** Codes of list `retention`. */
  kept: string[];
};

/** All fields, and the tables they stand in by name. */
export type FieldList = { tables: Record<string, Words>; fields: FieldRow[] };

/** Who may read a table, by its row-level policy (可见范围), from the narrowest. */
export type ReaderGroup = 'nobody' | 'auditor' | 'people' | 'works' | 'own' | 'territory' | 'everybody';

/** How long a field is kept by one rule: so many days after what `from` says; `days` null = no timer, for the reason `why`. */
export type KeptRule = { code: string; days: number | null; from: Words; why: Words };

/** A field as its card tells it. */
export type FieldCard = FieldEntry & {
  readers: ReaderGroup;
  /** How its class is handled. */
  handling: Words;
  rules: KeptRule[];
  /** Metrics whose formula rests on it, and those that can be split by it, by key. */
  metrics: string[];
  splits: string[];
  /** Metric that tells its quality; null = none does. */
  quality: string | null;
};

/** Rows in the caller's sight, and those of them that have the field filled; null = too few to be told apart. */
export type Filled = { n: number; of: number } | null;
