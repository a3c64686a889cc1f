import { divisionLevels } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import type { Connection } from '../db/client';
import { readTerms, type TermRow } from '../dictionary/seed';
import { Installation } from '../dictionary/store';
import { type ChangeLine, wakeChannel } from '../live/append';
import { keepBatch } from '../metric/batch';
import type { AreaFile } from './area-file';
import { type AreaPlan, planAreas } from './area-plan';
import type { CaseFile } from './event-file';
import { type EventsPlan, planEvents } from './event-plan';
import type { AreaMapping, EventMapping, Mapping } from './mapping';
import { placerOf } from './placer';
import { type FileReport, reportOf } from './report';
import type { SourceFile } from './source-file';
import type { Tx } from './stage';
import { WordBook } from './word';
import { readPlacer, writeAreas } from './write-areas';
import { writeEvents, writeWords } from './write-events';

/** Key of the advisory lock that lets one import write at a time. */
const importLock = 7_041_227;

type Areas = { source: SourceFile; file: AreaFile; mapping: AreaMapping };
type Events = { source: SourceFile; file: CaseFile; mapping: EventMapping };

/** Files read and checked, ready to be written. `isAgain` = take files that came in before. */
export type ImportInput = { mapping: Mapping; areas: Areas | null; events: Events | null; isAgain: boolean };

/** Words of the house lists that any installation uses; those of one territory's offices stay out. */
const houseWords = (): TermRow[] => readTerms().filter((row) => row.attrs.division === undefined);

const planOf = ({ mapping }: ImportInput, areas: Areas): AreaPlan =>
  planAreas({ ...mapping, areas: areas.mapping }, areas.file.records);

const areaReport = ({ source, file }: Areas, plan: AreaPlan): FileReport => {
  const nodes = divisionLevels.map((level, index) => [
    level,
    plan.divisions.filter((node) => node.level === index + 1).length,
  ]);
  return reportOf(
    { kind: 'areas', file: source.name, checksum: source.checksum, nRead: file.nRead },
    file.findings,
    Object.fromEntries(nodes.filter(([, n]) => n !== 0)),
  );
};

const eventReport = ({ source, file }: Events, plan: EventsPlan, book: WordBook): FileReport =>
  reportOf(
    { kind: 'events', file: source.name, checksum: source.checksum, nRead: file.nRead },
    [...file.findings, ...plan.findings].sort((a, b) => a.row - b.row),
    { 'new words': book.made.length },
  );

/** What an import of areas (and events on them) would do, without any database. */
export const planImport = (input: ImportInput & { areas: Areas }): FileReport[] => {
  const plan = planOf(input, input.areas);
  const reports = [areaReport(input.areas, plan)];
  if (!input.events) return reports;
  const { source, file, mapping } = input.events;
  const book = new WordBook(houseWords(), source.name);
  const events = planEvents(source.name, file.records, { mapping, book, place: placerOf(plan.divisions, plan.blocks) });
  return [...reports, eventReport(input.events, events, book)];
};

const readInstalled = async (tx: Tx): Promise<Installation | null> => {
  const [row] = await tx<{ value: unknown }[]>`select value from setting where key = 'installation'`;
  if (row) return Installation.parse(row.value);
  const [used] = await tx<{ is: boolean }[]>`
    select exists (select from division) or exists (select from event) as is`;
  if (used?.is) throw new Problem('conflict', 'The database holds data of no known installation: choose another one.');
  return null;
};

const checkInstalled = (installed: Installation | null, input: ImportInput): void => {
  const elsewhere = 'choose another with --database, or another GRIDHALL_HOME.';
  if (installed?.demo) throw new Problem('conflict', `The database holds the demo ${installed.demo}: ${elsewhere}`);
  if (installed && installed.nameEn !== input.mapping.installation.nameEn)
    throw new Problem('conflict', `The database holds ${installed.nameEn}: ${elsewhere}`);
  if (!installed && !input.areas)
    throw new Problem('conflict', 'The database holds no areas yet: import them first (areas, or all).');
};

const insertBatch = async (tx: Tx, report: FileReport, isAgain: boolean): Promise<number> => {
  const [before] = await tx<{ id: number; at: string }[]>`
    select id, at::text from import_batch where kind = ${report.kind} and checksum = ${report.checksum} order by id limit 1`;
  if (before && !isAgain)
    throw new Problem(
      'conflict',
      `${report.file} came in before (batch ${before.id}, ${before.at}): nothing was changed; pass --again to take it once more.`,
    );
  const [row] = await tx<{ id: number }[]>`
    insert into import_batch (kind, source_name, checksum, n_read, n_accepted, n_flagged, n_refused, report)
    values (${report.kind}, ${report.file}, ${report.checksum}, ${report.nRead}, ${report.nAccepted},
      ${report.nFlagged}, ${report.nRefused}, ${JSON.stringify(report.findings)}::text::jsonb) returning id`;
  return row?.id ?? 0;
};

const loadAreas = async (tx: Tx, input: ImportInput, areas: Areas): Promise<FileReport> => {
  const plan = planOf(input, areas);
  const report = areaReport(areas, plan);
  await insertBatch(tx, report, input.isAgain);
  const { nReplaced } = await writeAreas(tx, plan);
  const { root: _, ...named } = input.mapping.installation;
  await writeInstalled(tx, { ...named, root: plan.root, rootPath: plan.rootPath, demo: null, seededAt: '' });
  return { ...report, details: { ...report.details, ...(nReplaced > 0 ? { 'events placed anew': nReplaced } : {}) } };
};

/** Line of the log that tells readers what came in. */
type Line = Pick<ChangeLine, 'kind' | 'id' | 'version'>;
const reload: Line = { kind: 'reload', id: '*', version: 0 };

const loadEvents = async (tx: Tx, input: ImportInput, events: Events): Promise<{ report: FileReport; line: Line }> => {
  const { source, file, mapping } = events;
  const place = await readPlacer(tx);
  if (!place) throw new Problem('conflict', 'The database holds no grids: import the areas first.');
  const known = await tx<TermRow[]>`select list, code, zh, en, parent, attrs, valid_from, source from term`;
  const book = new WordBook(known, source.name);
  const plan = planEvents(source.name, file.records, { mapping, book, place });
  const report = eventReport(events, plan, book);
  const id = await insertBatch(tx, report, input.isAgain);
  await writeWords(tx, book.made);
  const { nNew, nChanged, nKept } = await writeEvents(tx, plan, { id, file: source.name });
  const details = {
    ...report.details,
    new: nNew,
    changed: nChanged,
    ...(nKept > 0 ? { 'left as moved here': nKept } : {}),
  };
  const isKept = await keepBatch(tx, id, nNew + nChanged);
  const line: Line = isKept ? { kind: 'batch', id: String(id), version: nNew + nChanged } : reload;
  return { report: { ...report, details }, line };
};

/** Sets what the database is; `seededAt` becomes the end of the import, which makes readers drop what they kept of the areas. */
const writeInstalled = async (tx: Tx, installation: Installation): Promise<void> => {
  const value = { ...installation, seededAt: new Date().toISOString() };
  await tx`
    insert into setting (key, value) values ('installation', ${JSON.stringify(value)}::text::jsonb)
    on conflict (key) do update set value = excluded.value`;
};

const loadAll = async (tx: Tx, input: ImportInput): Promise<FileReport[]> => {
  await tx`set local idle_in_transaction_session_timeout = 0`;
  await tx`select pg_advisory_xact_lock(${importLock})`;
  const installed = await readInstalled(tx);
  checkInstalled(installed, input);
  await writeWords(tx, houseWords());
  const reports: FileReport[] = [];
  if (input.areas) reports.push(await loadAreas(tx, input, input.areas));
  const events = input.events ? await loadEvents(tx, input, input.events) : null;
  if (events) reports.push(events.report);
  const line = events && !input.areas ? events.line : reload;
  await tx`
    insert into change (kind, id, op, version, path) values (${line.kind}, ${line.id}, 'put', ${line.version}, null)`;
  await tx`select pg_notify(${wakeChannel}, '')`;
  return reports;
};

/** Thrown to undo a rehearsal. */
class Rehearsed extends Error {
  readonly reports: FileReport[];
  constructor(reports: FileReport[]) {
    super('rehearsed');
    this.reports = reports;
  }
}

/** Writes the files in one transaction: all of it or nothing. `isRehearsal` undoes it at the end. */
export const loadImport = async (
  { sql }: Connection,
  input: ImportInput,
  isRehearsal = false,
): Promise<FileReport[]> => {
  try {
    const reports = await sql.begin(async (tx) => {
      const done = await loadAll(tx, input);
      await tx`analyze`;
      if (isRehearsal) throw new Rehearsed(done);
      return done;
    });
    return reports;
  } catch (error) {
    if (error instanceof Rehearsed) return error.reports;
    throw error;
  }
};
