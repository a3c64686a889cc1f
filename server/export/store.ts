import { desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type ExportAsk, type ExportFormat, type ExportRecord, exportLimit } from '@/data/model/export';
import type { Scope } from '@/data/model/scope';
import { readListed } from '../address/store';
import { keepLook } from '../audit/store';
import type { Connection } from '../db/client';
import { scopedTo } from '../db/scoped';
import { readInstallation } from '../dictionary/store';
import { readWords, type Words } from '../dictionary/words';
import { readEnv } from '../env';
import { listEvents, listOpenEvents } from '../event/store';
import { answerCached } from '../metric/cache';
import type { Facts } from '../metric/follower';
import { docxOf, makeReport, pdfOf } from '../report/file';
import type { SentCookie } from '../report/print';
import { type Basis, basisOf, markOf } from './mark';
import { checkMayExport, exportNumber, type Mark, mimeOf, readsAudit, type Sheet } from './rules';
import { addressSheet, eventSheet, figureSheet } from './sheet';
import { export_log } from './table';
import { readThemeSheet, titleOfTheme } from './theme';
import { fileOf } from './write';

export type Wish = z.output<typeof ExportAsk>;

/** What an export is made with; the cookies are the caller's sign-in, for a browser that prints. */
export type ExportContext = { connection: Connection; scope: Scope; facts: Facts; cookies?: SentCookie[] };

/** A file as it is given away. */
export type ExportFile = { number: string; name: string; type: string; bytes: Uint8Array<ArrayBuffer> };

/** What a wish came to: what the file is called, what it rests on, and how it is written once it has its mark. */
type Read = {
  title: string;
  file: string;
  nRows: number;
  basis: Basis;
  write: (mark: Mark) => Promise<Uint8Array<ArrayBuffer>>;
};

type Of<Kind extends Wish['what']['kind']> = Extract<Wish['what'], { kind: Kind }>;

const sheetRead = (sheet: Sheet, basis: Basis, { panel, format }: Wish, words: Words): Omit<Read, 'file'> => ({
  ...{ title: words.t(`panel.${panel}.title`), nRows: sheet.rows.length, basis },
  write: (mark) => fileOf(format === 'xlsx' ? 'xlsx' : 'csv', sheet, mark, words),
});

/** Figures by the one road every screen takes. */
const readFigures = async (
  { connection, scope, facts }: ExportContext,
  what: Of<'figures'>,
  wish: Wish,
  words: Words,
): Promise<Read> => {
  const context = { facts, db: connection.db, scope };
  const answers = await Promise.all(what.asks.map((ask) => answerCached(context, ask)));
  const question = what.asks[0]?.question;
  if (!question) throw new Error('A wish for figures has a question.');
  const basis = basisOf(question, question.division ?? scope.division, answers);
  const metrics = [...new Set(answers.map(({ metric }) => metric))];
  const file = metrics.length === 1 ? (metrics[0] ?? wish.panel) : wish.panel;
  return { ...sheetRead(figureSheet(answers, what.order, words), basis, wish, words), file };
};

const readEvents = async (
  { connection, scope }: ExportContext,
  { question, isOpen, sort, order }: Of<'events'>,
  wish: Wish,
  words: Words,
): Promise<Read> => {
  const list = isOpen ? listOpenEvents : listEvents;
  const { rows, total, asOf } = await list(connection, scope, question, { sort, order, limit: exportLimit, offset: 0 });
  const division = question.division ?? scope.division;
  const basis = { question, division, from: null, to: null, asOf, snapshot: null, nWithheld: 0 };
  const isCut = total > rows.length;
  return { ...sheetRead(eventSheet(rows, words), { ...basis, isCut }, wish, words), file: wish.panel };
};

/** A list of addresses as it stands now; its name is told in its mark. */
const readAddresses = async (
  { connection, scope }: ExportContext,
  { batch, isOpen }: Of<'address'>,
  wish: Wish,
  words: Words,
): Promise<Read> => {
  const { name, division, rows } = await readListed(connection, scope, batch, isOpen);
  const question = { division, period: 'all' as const, at: null, known: 'now' as const, filters: [] };
  const basis = { question, division, from: null, to: null, asOf: new Date().toISOString(), snapshot: null };
  const read = sheetRead(addressSheet(rows, words), { ...basis, nWithheld: 0, isCut: false }, wish, words);
  return { ...read, title: `${read.title} · ${name}`, file: 'address' };
};

/** What a theme was searched for, as its list tells it: masked, and kept in the audit like any look. */
const readTheme = async (
  { connection, scope }: ExportContext,
  { ask }: Of<'theme'>,
  wish: Wish,
  words: Words,
): Promise<Read> => {
  const { sheet, isCut } = await readThemeSheet(connection, scope, ask, words);
  const at = ask.at?.toISOString() ?? null;
  const question = { division: ask.division, period: 'all' as const, at, known: 'now' as const, filters: [] };
  const basis = { question, division: ask.division ?? scope.division, from: null, to: null, snapshot: null };
  const rest = { ...basis, asOf: at ?? new Date().toISOString(), nWithheld: 0, isCut };
  const read = sheetRead(sheet, rest, wish, words);
  return { ...read, title: `${read.title} · ${titleOfTheme(ask, words)}`, file: `theme-${ask.theme}` };
};

/** A report as it stands on its page; its rows are the figures it tells. */
const readReport = async (
  context: ExportContext,
  { page, place }: Of<'report'>,
  { lang, format }: Wish,
): Promise<Read> => {
  const made = await makeReport(context, { page, place, lang });
  const answers = made.sections.flatMap(({ blocks }) => blocks.flatMap((block) => Object.values(block.answers)));
  const { cookies = [] } = context;
  return {
    title: made.title,
    file: `report-${page.split('.')[0]}`,
    nRows: answers.flatMap(({ cells }) => cells).length,
    basis: basisOf({ ...made.wish.place, filters: [] }, made.division, answers),
    write: (mark) =>
      format === 'pdf' ? pdfOf(made, mark, { port: readEnv().PORT, cookies }) : docxOf(context, made, mark),
  };
};

const readWish = (context: ExportContext, wish: Wish, words: Words): Promise<Read> => {
  const { what } = wish;
  if (what.kind === 'figures') return readFigures(context, what, wish, words);
  if (what.kind === 'address') return readAddresses(context, what, wish, words);
  if (what.kind === 'theme') return readTheme(context, what, wish, words);
  return what.kind === 'events' ? readEvents(context, what, wish, words) : readReport(context, what, wish);
};

/** A wish as the log keeps it: a report with its title, a search without the values it named a vehicle by. */
const keptOf = (what: Wish['what'], title: string): object => {
  if (what.kind === 'report') return { ...what, title };
  if (what.kind !== 'theme') return what;
  const { tail, ...conditions } = what.ask.conditions;
  return { ...what, title, ask: { ...what.ask, conditions } };
};

const lineOf = (scope: Scope, { panel, format, what, purpose, note }: Wish, { basis, nRows, title }: Read) => ({
  ...{ panel, format, purpose, note, screen: scope.screen, path: scope.path },
  what: keptOf(what, title),
  actor_id: scope.actorId,
  role: scope.role,
  post_code: scope.division,
  division_code: basis.division,
  n_rows: nRows,
  as_of: new Date(basis.asOf),
  snapshot: basis.snapshot,
});

/** The next number of the log; one whose file could not be made is left out for good. */
const nextLine = async ({ sql: run }: Connection): Promise<{ id: number; at: Date }> => {
  const [row] = await run<{ id: string }[]>`select nextval(pg_get_serial_sequence('export_log', 'id')) as id`;
  return { id: Number(row?.id), at: new Date() };
};

/**
 * Makes the file of a wish, then writes down who took it, when, what and what for; the file is handed out after its line.
 * No transaction is held while a browser prints. Throws what the questions throw, and `not_allowed` for a wall.
 */
export const makeExport = async (context: ExportContext, wish: Wish): Promise<ExportFile> => {
  const { connection, scope } = context;
  checkMayExport(scope);
  const { timeZone, demo } = await readInstallation(connection.db);
  const words = await readWords(connection, wish.lang, timeZone);
  const read = await readWish({ ...context, connection: scopedTo(connection, scope) }, wish, words);
  const { id, at } = await nextLine(connection);
  const number = exportNumber(id, at, timeZone);
  const { purpose, note, format } = wish;
  const { title, nRows, basis } = read;
  const taken = { number, at, role: scope.role, post: scope.division, title, purpose, note, nRows };
  const bytes = await read.write(markOf({ ...taken, isDemo: demo !== null }, basis, words));
  await connection.db.transaction(async (tx) => {
    await tx
      .insert(export_log)
      .overridingSystemValue()
      .values({ ...lineOf(scope, wish, read), id, at });
    const why = note === '' ? purpose : `${purpose}: ${note}`;
    await keepLook(tx, scope, at, { action: 'file.export', subject: number, purpose: why, nRows });
  });
  return { number, name: `${read.file}-${number}.${format}`, type: mimeOf[format], bytes };
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
      title: (what as { title?: string }).title ?? '',
      nRows: n_rows,
      purpose: purpose as ExportRecord['purpose'],
    })),
  };
};
