import { desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type ExportAsk, type ExportFormat, type ExportRecord, exportLimit } from '@/data/model/export';
import type { Scope } from '@/data/model/scope';
import type { Connection } from '../db/client';
import { readInstallation } from '../dictionary/store';
import { readWords, type Words } from '../dictionary/words';
import { listEvents, listOpenEvents } from '../event/store';
import { answerCached } from '../metric/cache';
import type { Facts } from '../metric/follower';
import { type Basis, basisOf, markOf } from './mark';
import { checkMayExport, exportNumber, mimeOf, readsAudit, type Sheet } from './rules';
import { eventSheet, figureSheet } from './sheet';
import { export_log } from './table';
import { fileOf } from './write';

export type Wish = z.output<typeof ExportAsk>;

/** What an export is made with. */
export type ExportContext = { connection: Connection; scope: Scope; facts: Facts };

/** A file as it is given away. */
export type ExportFile = { number: string; name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

type Read = { sheet: Sheet; basis: Basis; metrics: string[] };

/** Figures by the one road every screen takes. */
const readFigures = async (
  { connection, scope, facts }: ExportContext,
  { what }: Wish,
  words: Words,
): Promise<Read> => {
  if (what.kind !== 'figures') throw new Error('Not a wish for figures.');
  const context = { facts, db: connection.db, scope };
  const answers = await Promise.all(what.asks.map((ask) => answerCached(context, ask)));
  const question = what.asks[0]?.question;
  if (!question) throw new Error('A wish for figures has a question.');
  return {
    sheet: figureSheet(answers, what.order, words),
    basis: basisOf(question, question.division ?? scope.division, answers),
    metrics: [...new Set(answers.map(({ metric }) => metric))],
  };
};

const readEvents = async ({ connection, scope }: ExportContext, { what }: Wish, words: Words): Promise<Read> => {
  if (what.kind !== 'events') throw new Error('Not a wish for events.');
  const { question, isOpen, sort, order } = what;
  const list = isOpen ? listOpenEvents : listEvents;
  const { rows, total, asOf } = await list(connection, scope, question, { sort, order, limit: exportLimit, offset: 0 });
  const division = question.division ?? scope.division;
  const basis = { question, division, from: null, to: null, asOf, snapshot: null, nWithheld: 0 };
  return { sheet: eventSheet(rows, words), basis: { ...basis, isCut: total > rows.length }, metrics: [] };
};

const lineOf = (scope: Scope, { panel, format, what, purpose, note }: Wish, { basis, sheet }: Read) => ({
  ...{ panel, format, what, purpose, note, screen: scope.screen, path: scope.path },
  actor_id: scope.actorId,
  role: scope.role,
  post_code: scope.division,
  division_code: basis.division,
  n_rows: sheet.rows.length,
  as_of: new Date(basis.asOf),
  snapshot: basis.snapshot,
});

/**
 * Makes the file of a wish and writes down who took it, when, what and what for, in one transaction: no file without its
 * line, no line without its file. Throws what the questions throw, and `not_allowed` for a wall.
 */
export const makeExport = async (context: ExportContext, wish: Wish): Promise<ExportFile> => {
  const { connection, scope } = context;
  checkMayExport(scope);
  const { timeZone, demo } = await readInstallation(connection.db);
  const words = await readWords(connection, wish.lang, timeZone);
  const read = await (wish.what.kind === 'figures' ? readFigures : readEvents)(context, wish, words);
  return connection.db.transaction(async (tx) => {
    const [line] = await tx
      .insert(export_log)
      .values(lineOf(scope, wish, read))
      .returning({ id: export_log.id, at: export_log.at });
    if (!line) throw new Error('No line was written.');
    const { id, at } = line;
    const number = exportNumber(id, at, timeZone);
    const { panel, purpose, note, format } = wish;
    const nRows = read.sheet.rows.length;
    const taken = { number, at, role: scope.role, post: scope.division, panel, purpose, note, nRows };
    const mark = markOf({ ...taken, isDemo: demo !== null }, read.basis, words);
    const bytes = await fileOf(format, read.sheet, mark, words);
    const what = read.metrics.length === 1 ? read.metrics[0] : panel;
    return { number, name: `${what}-${number}.${format}`, type: mimeOf[format], bytes };
  });
};

/** Metrics that a line's questions ask for. */
const metricsOf = (what: unknown): string[] => {
  const asks = (what as { asks?: { metric: string }[] }).asks ?? [];
  return [...new Set(asks.map(({ metric }) => metric))];
};

/** The newest exports of the caller's territory, or of the caller's own post where the role leads nobody. */
export const listExports = async (
  { db }: Connection,
  scope: Scope,
  { limit }: { limit: number },
): Promise<{ isAll: boolean; rows: ExportRecord[] }> => {
  checkMayExport(scope);
  const { timeZone } = await readInstallation(db);
  const isAll = readsAudit(scope);
  const rows = await db
    .select()
    .from(export_log)
    .where(isAll ? sql`starts_with(${export_log.path}, ${scope.path})` : eq(export_log.actor_id, scope.actorId))
    .orderBy(desc(export_log.id))
    .limit(limit);
  return {
    isAll,
    rows: rows.map(({ id, at, role, post_code, panel, format, division_code, what, n_rows, purpose, note }) => ({
      ...{ number: exportNumber(id, at, timeZone), at: at.toISOString(), role, panel, note },
      post: post_code,
      format: format as ExportFormat,
      division: division_code,
      metrics: metricsOf(what),
      nRows: n_rows,
      purpose: purpose as ExportRecord['purpose'],
    })),
  };
};
