import { Problem } from '@/data/model/problem';
import { isClosed } from '../event/rules';
import { readAreas } from './area-file';
import { checkCrs } from './crs';
import { readCases } from './event-file';
import type { ImportInput } from './load';
import { type Mapping, parseMapping } from './mapping';
import { readSource } from './source-file';

/** How files are read; absent = as the mapping says, UTF-8, WGS84. */
export type ReadOptions = {
  mapping: string;
  encoding?: string | undefined;
  crs?: string | undefined;
  locale?: string | undefined;
  timeZone?: string | undefined;
  again?: boolean | undefined;
};

/** Paths of the files to take. */
export type InputFiles = { areas?: string | undefined; events?: string | undefined };

const readMapping = (options: ReadOptions): Mapping => {
  const { name, text } = readSource(options.mapping);
  const mapping = parseMapping(name, text);
  const { locale = mapping.installation.locale, timeZone = mapping.installation.timeZone } = options;
  const chosen = { ...mapping, installation: { ...mapping.installation, locale, timeZone } };
  return parseMapping(`${name} with --locale and --time-zone`, JSON.stringify(chosen));
};

/** Reads and checks every file before any database is touched. */
export const readInput = (options: ReadOptions, files: InputFiles): ImportInput => {
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
