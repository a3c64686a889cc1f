import { type SQL, sql } from 'drizzle-orm';
import type { EventReport, EventRow } from '@/data/model/event';
import { refuse } from '@/data/model/intake';
import { Problem } from '@/data/model/problem';
import type { Scope } from '@/data/model/scope';
import type { Connection, Executor } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { locatorOf, pathOf } from '../division/locate';
import { selectImages, toEventRow } from './image';
import { inLots } from './lots';
import { type PlacedReport, type Reporter, writeReports } from './report-write';
import { canReport } from './rules';

const findRepeated = async (tx: Executor, scope: Scope, clientKey: string): Promise<EventRow | null> => {
  const where: SQL = sql`e.client_key = ${clientKey}`;
  const [record] = await selectImages(tx, { where, hasWall: false });
  if (!record) return null;
  if (!(await pathOf(tx, record))?.startsWith(scope.path))
    throw refuse('key_used', 'This clientKey was used by another reporter.');
  return toEventRow(record);
};

/** The key, or the number, is another event's already. */
const isTaken = (error: unknown): boolean =>
  error instanceof Error && (isTaken(error.cause) || (error as { code?: string }).code === '23505');

/** Reports of one transaction, and such transactions on their way at once. */
const lot = { most: 32, atOnce: 2 };

type Write = (placed: PlacedReport) => Promise<EventRow>;

const writers = new WeakMap<Connection['sql'], Write>();

/**
 * The way of reports into a database: those that come at once share a transaction. What writes more than the report
 * has one of its own.
 */
const writerOf = (connection: Connection): Write => {
  const known = writers.get(connection.sql);
  if (known) return known;
  const write = (reports: readonly PlacedReport[]) => connection.db.transaction((tx) => writeReports(tx, reports));
  const together = inLots({ ...lot, write });
  const alone: Write = async (placed) => {
    const [row] = await write([placed]);
    if (!row) throw new Problem('unavailable', 'The report was not written.');
    return row;
  };
  const writer: Write = (placed) =>
    placed.by.alongside || (placed.report.photos?.length ?? 0) > 0 ? alone(placed) : together(placed);
  writers.set(connection.sql, writer);
  return writer;
};

/**
 * Reports an event (上报): placed, limits fixed, dispatched when its category is listed; written with its history and
 * change-log line in one transaction. A repeated `clientKey` returns the event of the first time.
 */
export const reportEvent = async (
  connection: Connection,
  scope: Scope,
  report: EventReport,
  by?: Reporter,
): Promise<EventRow> => {
  if (!by && !canReport(scope))
    throw new Problem('not_allowed', `Role ${scope.role} on ${scope.screen} may not report.`);
  const installation = await readInstallation(connection.db);
  const { timeZone } = installation;
  const locate = await locatorOf(connection, installation);
  const place = locate(report.position);
  const [lng, lat] = report.position;
  if (!place)
    throw refuse('outside', `Position ${lng}, ${lat} lies in no grid: pick a place on the map.`, { lng, lat });
  if (!place.path.startsWith(scope.path))
    throw new Problem('not_allowed', `Position ${lng}, ${lat} lies outside your territory.`, { lng, lat });
  const placed: PlacedReport = { scope, report, place, timeZone, by: by ?? scope };
  try {
    return await writerOf(connection)(placed);
  } catch (error) {
    if (!isTaken(error)) throw error;
    const repeated = await findRepeated(connection.db, scope, report.clientKey);
    if (repeated) return repeated;
    throw new Problem('busy', 'The event number was taken: send the report again.');
  }
};
