import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { Problem } from '@/data/model/problem';
import { openDatabase } from '../db/migrate';
import { readEnv } from '../env';
import { isClosed } from '../event/rules';
import { readAreas } from './area-file';
import { checkCrs } from './crs';
import { readCases } from './event-file';
import { importHelp } from './help';
import { type ImportInput, loadImport, planImport } from './load';
import { type Mapping, parseMapping } from './mapping';
import { type FileReport, reportLines } from './report';
import { readSource } from './source-file';

type Options = {
  mapping: string;
  file?: string;
  areas?: string;
  events?: string;
  database?: string;
  report?: string;
  encoding?: string;
  crs?: string;
  locale?: string;
  timeZone?: string;
  dryRun?: boolean;
  again?: boolean;
};

const readMapping = (options: Options): Mapping => {
  const { name, text } = readSource(options.mapping);
  const mapping = parseMapping(name, text);
  const { locale = mapping.installation.locale, timeZone = mapping.installation.timeZone } = options;
  const chosen = { ...mapping, installation: { ...mapping.installation, locale, timeZone } };
  return parseMapping(`${name} with --locale and --time-zone`, JSON.stringify(chosen));
};

/** Reads and checks every file before any database is touched. */
const readInput = (options: Options, files: { areas?: string; events?: string }): ImportInput => {
  const mapping = readMapping(options);
  const part = <K extends 'areas' | 'events'>(key: K): NonNullable<Mapping[K]> => {
    const found = mapping[key];
    if (!found) throw new Problem('invalid', `${options.mapping} has no "${key}": it is needed to read ${files[key]}.`);
    return found;
  };
  const readAreaFile = (path: string) => {
    const source = readSource(path, options.encoding);
    return { source, mapping: part('areas'), file: readAreas(source, part('areas'), options.crs) };
  };
  const readEventFile = (path: string) => {
    const source = readSource(path, options.encoding);
    checkCrs(source.name, options.crs ?? 'WGS84');
    const { timeZone } = mapping.installation;
    const file = readCases(source, part('events'), { timeZone, now: new Date(), isClosed });
    return { source, mapping: part('events'), file };
  };
  return {
    mapping,
    areas: files.areas === undefined ? null : readAreaFile(files.areas),
    events: files.events === undefined ? null : readEventFile(files.events),
    isAgain: options.again === true,
  };
};

const targetOf = (name: string | undefined): { databaseUrl?: string; database?: string } => {
  if (name === undefined) return {};
  if (/^postgres(ql)?:\/\//.test(name)) return { databaseUrl: name };
  if (/^[a-zA-Z_][\w-]{0,62}$/.test(name)) return { database: name };
  throw new Problem('invalid', `--database ${name} is neither a postgres:// URL nor a database name.`);
};

const checkReportPath = (path: string | undefined): void => {
  if (path === undefined) return;
  try {
    accessSync(dirname(resolve(path)), constants.W_OK);
  } catch {
    throw new Problem('invalid', `--report ${path}: its folder is not there or cannot be written.`);
  }
};

const load = async (options: Options, input: ImportInput): Promise<FileReport[]> => {
  const { areas } = input;
  if (options.dryRun && areas) return planImport({ ...input, areas });
  const env = readEnv();
  const open = await openDatabase({
    home: env.GRIDHALL_HOME,
    databaseUrl: env.DATABASE_URL,
    ...targetOf(options.database),
  });
  try {
    return await loadImport(open.connection, input, options.dryRun === true);
  } finally {
    await open.stop();
  }
};

const run = async (options: Options, files: { areas?: string; events?: string }): Promise<void> => {
  try {
    targetOf(options.database);
    checkReportPath(options.report);
    const reports = await load(options, readInput(options, files));
    if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(reports, null, 2)}\n`);
    for (const line of reports.flatMap(reportLines)) console.log(line);
    console.log(options.dryRun ? 'rehearsed: nothing was changed' : 'done');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (!(error instanceof Problem) && error instanceof Error) console.error(error.stack);
    process.exitCode = 1;
  }
};

const withOptions = (command: Command): Command =>
  command
    .requiredOption('--mapping <file>', 'what columns and properties mean (JSON)')
    .option('--database <url|name>', 'database to fill; made when it is not there')
    .option('--dry-run', 'read, check, count and report, and change nothing')
    .option('--report <file>', 'write the report as JSON, row by row')
    .option('--encoding <name>', 'encoding of the files, when not UTF-8')
    .option('--crs <name>', 'WGS84, EPSG:4326, CGCS2000 or EPSG:4490; others are refused')
    .option('--locale <zh|en>', "language of the installation, instead of the mapping's")
    .option('--time-zone <name>', "time zone, instead of the mapping's")
    .option('--again', 'take a file that came in before: rows are overwritten, never doubled');

const program = new Command('import').description('Fill a database with areas and events from files.');
program.addHelpText('after', importHelp);
withOptions(program.command('areas').description('divisions, grids and blocks from GeoJSON'))
  .requiredOption('--file <geojson>', 'areas')
  .action((options: Options) => run(options, options.file === undefined ? {} : { areas: options.file }));
withOptions(program.command('events').description('events from CSV, onto areas that are there'))
  .requiredOption('--file <csv>', 'events')
  .action((options: Options) => run(options, options.file === undefined ? {} : { events: options.file }));
withOptions(program.command('all').description('areas and events in one transaction'))
  .requiredOption('--areas <geojson>', 'areas')
  .requiredOption('--events <csv>', 'events')
  .action((options: Options) =>
    run(options, { ...(options.areas && { areas: options.areas }), ...(options.events && { events: options.events }) }),
  );
void program.parseAsync();
