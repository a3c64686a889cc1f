import { index, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { CollectAct, LinkMethod, OpenReason, WrittenKind } from '@/data/model/collection';
import { instant } from '../db/columns';

const actor = {
  at: instant('at').notNull(),
  actor_id: text('actor_id').notNull(),
  actor_role: text('actor_role').notNull(),
};

/** One visit to one door that collected what is there (采集); append-only but for its place. `id` = its client key. */
export const collection = pgTable(
  'collection',
  {
    id: uuid('id').primaryKey(),
    building_code: text('building_code').notNull(),
    /** Null = what stands in the building behind no door of its own. */
    dwelling_code: text('dwelling_code'),
    subdistrict_code: text('subdistrict_code'),
    community_code: text('community_code'),
    grid_code: text('grid_code'),
    /** Client keys of the reports written at it. */
    events: jsonb('events').$type<string[]>().notNull(),
    /** SHA-256 of what was sent: another content under the same key is another visit. */
    digest: text('digest').notNull(),
    ...actor,
    recorded_at: instant('recorded_at').notNull(),
  },
  (t) => [index('collection_grid').on(t.grid_code, t.at), index('collection_building').on(t.building_code)],
);

/** What a visit found of one record, and what was put right; append-only. Identities stand in it sealed or not at all. */
export const collection_item = pgTable(
  'collection_item',
  {
    collection_id: uuid('collection_id').notNull(),
    /** From 1, in the order they were told. */
    seq: smallint('seq').notNull(),
    kind: text('kind').$type<WrittenKind>().notNull(),
    act: text('act').$type<CollectAct>().notNull(),
    method: text('method').$type<LinkMethod>().notNull(),
    /** Code of the dwelling, id of the residence or the entity, `<building>|<line>`; null = nothing was linked. */
    record_id: text('record_id'),
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
    /** Null = it was linked or made. */
    why: text('why').$type<OpenReason>(),
    /** Ids of what it may be: persons, entities, or buildings it may have moved to. */
    candidates: jsonb('candidates').$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.collection_id, t.seq] })],
);

/** What somebody else decided of a record that was not linked; append-only, once. */
export const collection_decision = pgTable(
  'collection_decision',
  {
    collection_id: uuid('collection_id').notNull(),
    seq: smallint('seq').notNull(),
    choice: text('choice').notNull(),
    record_id: text('record_id'),
    before: jsonb('before').$type<Record<string, unknown>>().notNull(),
    after: jsonb('after').$type<Record<string, unknown>>().notNull(),
    ...actor,
  },
  (t) => [primaryKey({ columns: [t.collection_id, t.seq] })],
);
