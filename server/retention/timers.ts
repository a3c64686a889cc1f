import { type SQL, sql } from 'drizzle-orm';
import type { TimerCode } from '@/data/model/retention';
import { eraseSignIns } from '../account/session';
import type { Executor } from '../db/client';
import { closedStatuses } from '../event/rules';
import { erasePhotos, unusedBefore } from '../file/store';
import { eraseIdentities, isKnown } from '../person/store';

/**
 * What a timer is about: rows of a table that are due by an instant, and columns that are emptied (absent = the row goes).
 * `take`: how a lot is taken where a statement does not do; says how many rows.
 */
export type Due = {
  table: string;
  where: SQL;
  set?: SQL;
  take?: (tx: Executor, where: SQL, most: number) => Promise<number>;
};

const closedCase = (id: SQL, before: SQL): SQL => sql`exists (select from event e
  where e.id = ${id} and e.status in ${closedStatuses} and coalesce(e.closed_at, e.status_at) < ${before})`;

const endedErrand = (id: SQL, before: SQL): SQL =>
  sql`exists (select from errand e where e.id = ${id} and coalesce(e.finished_at, e.void_at) < ${before})`;

/** Persons whose last residence ended before an instant and who are in no care. */
const movedOut = (before: SQL): SQL => sql`exists (select from residence r where r.person_id = person.id)
  and not exists (select from residence r where r.person_id = person.id and (r.to_on is null or r.to_on >= ${before}::date))
  and not exists (select from care c where c.person_id = person.id and c.to_on is null)`;

const endedCare = (before: SQL): SQL =>
  sql`note <> '' and exists (select from care c where c.id = care_id and c.to_on < ${before}::date)`;

/** Rows that are due where their time is counted from before an instant, by rule. What figures rest on stays. */
export const dueBefore = (code: TimerCode, at: Date): Due => {
  const before = sql`${at.toISOString()}::timestamptz`;
  const due: Record<TimerCode, () => Due> = {
    track: () => ({ table: 'worker_position', where: sql`at < ${before}` }),
    upload: () => ({ table: 'file', where: unusedBefore(at), take: erasePhotos }),
    photo: () => ({
      table: 'file',
      where: sql`${closedCase(sql`file.event_id`, before)} or ${endedErrand(sql`file.errand_id`, before)}`,
      take: erasePhotos,
    }),
    contact: () => ({ table: 'public_contact', where: closedCase(sql`public_contact.event_id`, before) }),
    party: () => ({
      table: 'dispute_party',
      where: sql`kind = 'person' and sealed <> '' and not exists (select from dispute d
        where d.root_id = dispute_party.root_id and (d.ended_at is null or d.ended_at >= ${before}))`,
      set: sql`sealed = ''`,
    }),
    volunteer: () => ({ table: 'volunteer', where: sql`left_at < ${before} and sealed <> ''`, set: sql`sealed = ''` }),
    phone: () => ({
      table: 'person',
      where: sql`phone_sealed is not null and ${movedOut(before)}`,
      set: sql`phone_sealed = null, phone_mark = null`,
    }),
    identity: () => ({ table: 'person', where: sql`${isKnown} and ${movedOut(before)}`, take: eraseIdentities }),
    'care-note': () => ({ table: 'care_visit', where: endedCare(before), set: sql`note = ''` }),
    'care-attempt': () => ({ table: 'care_attempt', where: endedCare(before), set: sql`note = ''` }),
    list: () => ({
      table: 'address_record',
      where: sql`(address <> '' or lng is not null)
        and exists (select from address_batch b where b.id = batch_id and b.at < ${before})
        and not exists (select from job j where j.subject = 'address:' || batch_id and j.state = 'waiting')`,
      set: sql`address = '', lng = null, lat = null`,
    }),
    'sign-in': () => ({ table: 'account_session', where: sql`expires_at < ${before}`, take: eraseSignIns }),
    failure: () => ({ table: 'account_failure', where: sql`at < ${before}` }),
    device: () => ({ table: 'wall_device', where: sql`seen_at < ${before}` }),
  };
  return due[code]();
};

/** Erases a lot of what is due, or empties its columns; says how many rows. Rows somebody holds wait for the next lot. */
export const takeLot = async (tx: Executor, { table, where, set, take }: Due, most: number): Promise<number> => {
  if (take) return take(tx, where, most);
  const name = sql.identifier(table);
  const lot = sql`ctid = any(array(select ctid from ${name} where ${where} limit ${most} for update skip locked))`;
  const taken = set
    ? await tx.execute(sql`update ${name} set ${set} where ${lot} returning 1`)
    : await tx.execute(sql`delete from ${name} where ${lot} returning 1`);
  return taken.length;
};
