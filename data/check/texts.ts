import { units } from '../model/answer';
import { problemCodes } from '../model/problem';
import { periods } from '../model/view';

type Texts = Record<string, unknown>;

const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]))].sort().join(' ');

/** Whether punctuation beside Han characters is of half width (半角标点). */
export const isHalfWidth = (zh: string): boolean =>
  /\p{Script=Han}[(,;:?!]|\(\p{Script=Han}|\p{Script=Han}\)/u.test(zh);

/** Keys other code builds from a closed set; each needs its sentence. */
const needed = [
  ...units.flatMap((unit) => [`common.unit.${unit}`, `common.one.${unit}`]),
  ...periods.map((period) => `common.period.${period}`),
  ...problemCodes.map((code) => `common.problem.${code}`),
];

const checkMessage = (where: string, value: unknown): string[] => {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
  if (typeof zh !== 'string' || typeof en !== 'string' || !zh || !en) return [`${where}: zh and en are needed.`];
  const faults: string[] = [];
  if (placeholders(zh) !== placeholders(en))
    faults.push(`${where}: zh puts in {${placeholders(zh)}}, en {${placeholders(en)}}.`);
  if (isHalfWidth(zh)) faults.push(`${where}: zh has punctuation of half width.`);
  if (/\p{Script=Han}/u.test(en) && zh !== en) faults.push(`${where}: en holds Chinese characters.`);
  return faults;
};

/** Faults of the sentence files. `registered` = namespaces that `data/text/index.ts` imports. */
export const checkTexts = (files: ReadonlyMap<string, Texts>, registered: ReadonlySet<string>): string[] => {
  const faults = [...files].flatMap(([namespace, texts]) => [
    ...(registered.has(namespace) ? [] : [`data/text/${namespace}.json is not imported by data/text/index.ts.`]),
    ...Object.entries(texts).flatMap(([key, value]) => checkMessage(`data/text/${namespace}.json, ${key}`, value)),
  ]);
  const keys = new Set(
    [...files].flatMap(([namespace, texts]) => Object.keys(texts).map((key) => `${namespace}.${key}`)),
  );
  return [...faults, ...needed.filter((key) => !keys.has(key)).map((key) => `data/text: ${key} is missing.`)];
};

/** Faults of the sentences in a file of the demo, wherever in it they stand. */
export const checkSentences = (where: string, value: unknown): string[] => {
  if (typeof value === 'string')
    return isHalfWidth(value) ? [`${where}: “${value}” has punctuation of half width.`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => checkSentences(where, part));
};

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Faults where code asks for a sentence that no file has. `sources`: path → text of the code. */
export const checkUsedTexts = (files: ReadonlyMap<string, Texts>, sources: ReadonlyMap<string, string>): string[] => {
  const keys = [...files].flatMap(([namespace, texts]) => Object.keys(texts).map((key) => `${namespace}.${key}`));
  const known = new Set(keys);
  const spaces = [...files.keys()].map(escapePattern).join('|');
  const literal = new RegExp(`'((?:${spaces})\\.[\\w.-]+)'`, 'g');
  const template = new RegExp(`\`((?:${spaces})\\.[^\`]*\\$\\{[^\`]*)\``, 'g');
  return [...sources].flatMap(([path, text]) => {
    const named = [...text.matchAll(literal)].map((match) => match[1] ?? '').filter((key) => !known.has(key));
    const built = [...text.matchAll(template)]
      .map((match) => match[1] ?? '')
      .filter((key) => {
        const pattern = new RegExp(
          `^${key
            .split(/\$\{[^}]*\}/)
            .map(escapePattern)
            .join('.+')}$`,
        );
        return !keys.some((known) => pattern.test(known));
      });
    return [...named, ...built].map((key) => `${path}: no sentence ${key} in data/text.`);
  });
};
