import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { checkAskWords } from './check/ask-words';
import { checkCatalogue, metricsIn } from './check/catalogue';
import { codesText } from './check/codes';
import { checkLists, commonColumns, type ListRow } from './check/lists';
import { checkRules } from './check/rules';
import { checkSentences, checkTexts, checkUsedTexts } from './check/texts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const names = (path: string, ending: string): string[] =>
  readdirSync(at(path))
    .filter((name) => name.endsWith(ending) && !name.endsWith(`.test${ending}`))
    .map((name) => name.slice(0, -ending.length))
    .sort();
const readJson = (path: string): Record<string, unknown> => JSON.parse(readFileSync(at(path), 'utf8'));

const readCsv = (path: string, columns: readonly string[]): { rows: ListRow[]; faults: string[] } => {
  const [header, ...lines] = parse(readFileSync(at(path), 'utf8')) as string[][];
  const isRight = columns.every((column, index) => header?.[index] === column);
  const rows = lines.map((line) => Object.fromEntries(line.map((cell, index) => [header?.[index] ?? '', cell])));
  return { rows, faults: isRight ? [] : [`data/${path}: the first columns must be ${columns.join(', ')}.`] };
};

const readMetricModules = (): Promise<Record<string, unknown>[]> =>
  Promise.all(names('metrics', '.ts').map((name) => import(pathToFileURL(at(`metrics/${name}.ts`)).href)));

/** Code that shows sentences: path → text. */
const readScreensCode = (): Map<string, string> => {
  const code = new Map<string, string>();
  for (const folder of ['app', 'components', 'screens'])
    for (const entry of readdirSync(at(`../${folder}`), { recursive: true, encoding: 'utf8' }))
      if (/(?<!\.(test|spec))\.tsx?$/.test(entry))
        code.set(`${folder}/${entry}`, readFileSync(at(`../${folder}/${entry}`), 'utf8'));
  return code;
};

/** Writes `generated/codes.ts`; with `--check` a difference is a fault instead. */
const writeCodes = (text: string, isCheck: boolean): string[] => {
  const path = at('generated/codes.ts');
  const isSame = names('generated', '.ts').includes('codes') && readFileSync(path, 'utf8') === text;
  if (isSame) return [];
  if (isCheck) return ['data/generated/codes.ts differs from the lists: run `npm run data` and commit it.'];
  writeFileSync(path, text);
  return [];
};

const main = async (isCheck: boolean): Promise<void> => {
  const files = names('dictionaries', '.csv').map((name) => ({
    name,
    ...readCsv(`dictionaries/${name}.csv`, commonColumns),
  }));
  const lists = new Map(files.map(({ name, rows }) => [name, rows]));
  const glossary = readCsv('glossary.csv', ['term', 'zh', 'standard', 'meaning']);
  const metrics = metricsIn(await readMetricModules());
  const texts = new Map(names('text', '.json').map((name) => [name, readJson(`text/${name}.json`)]));
  const index = readFileSync(at('text/index.ts'), 'utf8');
  const registered = new Set([...index.matchAll(/from '\.\/([\w-]+)\.json'/g)].map((match) => match[1] ?? ''));
  const faults = [
    ...files.flatMap((file) => file.faults),
    ...checkLists(lists),
    ...checkRules(readJson('dictionaries/event-transitions.json'), readJson('dictionaries/address-code.json')),
    ...checkCatalogue(metrics, lists),
    ...checkAskWords(readJson('dictionaries/ask-word.json'), metrics, lists),
    ...checkTexts(texts, registered),
    ...checkUsedTexts(texts, readScreensCode()),
    ...names('demo/world', '.json')
      // written as people write
      .filter((name) => name !== 'dirty-address')
      .flatMap((name) => checkSentences(`data/demo/world/${name}.json`, readJson(`demo/world/${name}.json`))),
    ...glossary.faults,
    ...glossary.rows
      .filter((row) => !row.term || !row.zh || !row.meaning)
      .map((row) => `data/glossary.csv, ${row.term}: term, zh and meaning are needed.`),
    ...writeCodes(codesText(lists), isCheck),
  ];
  for (const fault of faults) console.error(fault);
  const words = files.reduce((sum, file) => sum + file.rows.length, 0);
  const sentences = [...texts.values()].reduce((sum, text) => sum + Object.keys(text).length, 0);
  console.log(
    `data: ${files.length} lists, ${words} words, ${sentences} sentences, ${metrics.length} metrics, ${glossary.rows.length} terms, ${faults.length} faults`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
};

void main(process.argv.includes('--check'));
