import { eq, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Connection } from '../db/client';
import * as schema from '../db/schema';

/** A table of things that a change may be about. */
type Thing = {
  [Name in keyof typeof schema]: (typeof schema)[Name] extends { id: AnyPgColumn } ? Name : never;
}[keyof typeof schema];

const tables: Pick<typeof schema, Thing> = schema;

/** What each change is about, by the fields of its input (变更所及). */
export const changedThings: Readonly<Record<string, Readonly<Record<string, Thing>>>> = {
  'address.again': { id: 'address_batch' },
  'address.decide': { batch: 'address_batch' },
  'campaign.move': { id: 'campaign' },
  'care.end': { id: 'care' },
  'care.reveal': { id: 'care' },
  'care.visit': { id: 'care' },
  'collection.decide': { id: 'collection' },
  'control.move': { id: 'control' },
  'dispatch.assign': { id: 'event' },
  'dispatch.return': { id: 'event' },
  'dispute.move': { id: 'dispute' },
  'dispute.note': { id: 'dispute' },
  'dispute.relapse': { id: 'dispute' },
  'drill.end': { id: 'drill' },
  'errand.move': { id: 'errand' },
  'errand.void': { id: 'errand_batch' },
  'event.correct': { id: 'event' },
  'event.merge': { id: 'event', into: 'event' },
  'event.move': { id: 'event' },
  'intake.contact': { id: 'event' },
  'muster.answer': { id: 'muster' },
  'muster.close': { id: 'muster' },
  'report.change': { id: 'saved_report' },
  'report.remove': { id: 'saved_report' },
  'supervision.blow': { eventId: 'event' },
  'supervision.moveTicket': { id: 'supervision_ticket' },
  'supervision.moveWhistle': { id: 'whistle' },
  'supervision.openTicket': { eventId: 'event' },
  'verify.send': { id: 'verify_batch' },
  'verify.visit': { id: 'doubt' },
  'view.remove': { id: 'saved_view' },
  'view.rename': { id: 'saved_view' },
  'volunteer.cancel': { id: 'volunteer_call' },
  'volunteer.endPass': { id: 'volunteer' },
  'volunteer.issuePass': { id: 'volunteer' },
  'volunteer.join': { team: 'volunteer_team' },
  'volunteer.leave': { id: 'volunteer' },
  'volunteer.move': { call: 'volunteer_call', volunteer: 'volunteer' },
  'wall.acknowledge': { event: 'event' },
  'workforce.track': { worker: 'worker' },
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A thing that a change is about and that its caller cannot see. */
export type Unseen = { thing: string; id: string };

/**
 * The first thing that a change is about and its caller's scope does not show, whether it lies elsewhere or does not exist;
 * null = all are seen. PostgreSQL decides it. An id that is none is left to the parser.
 */
export const findUnseen = async (scoped: Connection, path: string, input: unknown): Promise<Unseen | null> => {
  const about = changedThings[path];
  if (!about || typeof input !== 'object' || input === null) return null;
  const asked = Object.entries(about).flatMap(([field, thing]) => {
    const id = (input as Record<string, unknown>)[field];
    const isId = typeof id === 'string' && (tables[thing].id.getSQLType() !== 'uuid' || uuid.test(id));
    return isId ? [{ thing, id }] : [];
  });
  if (asked.length === 0) return null;
  const parts = asked.map(({ thing, id }) => {
    const table = tables[thing];
    return sql`exists (select from ${table} where ${eq(table.id, id)})`;
  });
  const [row] = await scoped.db.execute<{ seen: boolean[] }>(sql`select array[${sql.join(parts, sql`, `)}] as seen`);
  return asked[row?.seen.indexOf(false) ?? 0] ?? null;
};

/** What PostgreSQL says to a reader who would change or hold something. */
const denied = '42501';

/** Whether an error is PostgreSQL's to a reader that would write. */
export const isDenied = (error: unknown): boolean => {
  for (let at = error; at instanceof Error; at = at.cause) if ((at as { code?: string }).code === denied) return true;
  return false;
};
