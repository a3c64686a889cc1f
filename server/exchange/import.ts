import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { Problem } from '@/data/model/problem';
import { openDatabase } from '../db/migrate';
import { readEnv } from '../env';
import { importHelp } from './help';
import { type InputFiles, type ReadOptions, readInput } from './input';
import { type ImportInput, loadImport, planImport } from './load';
import { type FileReport, reportLines } from './report';

type Options = ReadOptions & {
  file?: string;
  areas?: string;
  events?: string;
  database?: string;
  report?: string;
  dryRun?: boolean;
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

const run = async (options: Options, files: InputFiles): Promise<void> => {
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

type ListOptions = { file: string; name?: string; crs?: string; encoding?: string; database?: string };

const runList = async (options: ListOptions): Promise<void> => {
  try {
    const { importList } = await import('./address-list');
    const env = readEnv();
    const home = { home: env.GRIDHALL_HOME, databaseUrl: env.DATABASE_URL };
    const open = await openDatabase({ ...home, ...targetOf(options.database) });
    try {
      for (const line of await importList(open.connection, options)) console.log(line);
    } finally {
      await open.stop();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (!(error instanceof Problem) && error instanceof Error) console.error(error.stack);
    process.exitCode = 1;
  }
};

const program = new Command('import').description(
  'Fill a database with areas, events and lists of addresses from files.',
);
program.addHelpText('afterAll', importHelp);
withOptions(program.command('areas').description('divisions, grids and blocks from GeoJSON'))
  .requiredOption('--file <geojson>', 'areas')
  .action((options: Options) => run(options, { areas: options.file }));
withOptions(program.command('events').description('events from CSV, onto areas that are there'))
  .requiredOption('--file <csv>', 'events')
  .action((options: Options) => run(options, { events: options.file }));
withOptions(program.command('all').description('areas and events in one transaction'))
  .requiredOption('--areas <geojson>', 'areas')
  .requiredOption('--events <csv>', 'events')
  .action((options: Options) => run(options, { areas: options.areas, events: options.events }));
program
  .command('addresses')
  .description('a list of addresses from CSV, matched to buildings, grids and blocks')
  .requiredOption('--file <csv>', 'a column address, and lng and lat where there are positions')
  .option('--name <words>', 'what the list is called, instead of its file')
  .option('--crs <name>', 'WGS84, CGCS2000, GCJ02 or BD09; needed where there are positions')
  .option('--encoding <name>', 'utf-8, gb18030, gbk or utf-16le')
  .option('--database <url|name>', 'database that holds the address library')
  .action(runList);
void program.parseAsync();
