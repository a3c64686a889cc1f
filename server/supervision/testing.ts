import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, sql } from 'drizzle-orm';
import type { EventMove, EventRow, EventStatus } from '@/data/model/event';
import type { Role } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { notice, supervision_rung } from '../db/schema';
import { readTerms, writeTerms } from '../dictionary/seed';
import { moveEvent, reportEvent } from '../event/store';
import { townReport, townScope, writeTown } from '../event/testing';

const lists = ['supervision-rung', 'notice-channel', 'notice-kind', 'whistle-type', 'department'];

/** The test town with the lists supervision rests on. */
export const writeSupervisedTown = async (connection: Connection): Promise<void> => {
  await writeTown(connection);
  await writeTerms(
    connection.db,
    readTerms().filter(({ list, code }) => lists.includes(list) && !['XFJ', 'SWJ'].includes(code)),
  );
};

/** An event of the listed category (level Ⅱ, 24.5 h) reported some hours ago, dispatched to its department. */
export const reportAgo = (connection: Connection, hoursAgo: number, grid = 'A1'): Promise<EventRow> => {
  const happenedAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  return reportEvent(connection, townScope('R2'), townReport(grid, { happenedAt }));
};

/** Moves an event as a post of the whole town; `hoursAgo` = when it happened. */
export const moveAs = (
  connection: Connection,
  role: Role,
  row: Pick<EventRow, 'id' | 'version'>,
  to: EventStatus,
  { hoursAgo, ...rest }: Partial<EventMove> & { hoursAgo?: number } = {},
): Promise<EventRow> =>
  moveEvent(connection, townScope(role), {
    ...{ id: row.id, version: row.version, to, departmentCode: null, note: 'because', satisfaction: null },
    ...(hoursAgo === undefined ? {} : { happenedAt: new Date(Date.now() - hoursAgo * 3_600_000).toISOString() }),
    ...rest,
  });

/** A folder for messages that leave the house. */
export const outbox = () => {
  const home = mkdtempSync(join(tmpdir(), 'gridhall-outbox-'));
  const lines = (): { id: number; channel: string; post: string; text: string }[] => {
    const folder = join(home, 'outbox');
    try {
      return readdirSync(folder)
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
        .map((line) => JSON.parse(line));
    } catch {
      return [];
    }
  };
  return { home, lines };
};

/** Rungs that were reached, in the order they were written. */
export const rungsOf = async ({ db }: Connection) =>
  db.select().from(supervision_rung).orderBy(asc(supervision_rung.id));

/** The ledger, in the order it was written. */
export const noticesOf = async ({ db }: Connection) => db.select().from(notice).orderBy(asc(notice.id));

/** Local date (UTC+8) some days from now. */
export const dateIn = (days: number): string =>
  new Date(Date.now() + (8 + 24 * days) * 3_600_000).toISOString().slice(0, 10);

/** Lets the day come from which the newest rows of a list are valid. */
export const letBegin = async ({ db }: Connection, list: string): Promise<void> => {
  await db.execute(sql`update term set valid_to = now() where list = ${list} and valid_to > now()`);
  await db.execute(sql`update term set valid_from = now() where list = ${list} and valid_from > now()`);
};
