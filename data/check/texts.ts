import { units } from '../model/answer';
import { problemCodes } from '../model/problem';
import { periods } from '../model/view';

type Texts = Record<string, unknown>;

const placeholders = (text: string): string =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1]))].sort().join(' ');

/** Keys other code builds from a closed set; each needs its sentence. */
const needed = [
  ...units.map((unit) => `common.unit.${unit}`),
  ...periods.map((period) => `common.period.${period}`),
  ...problemCodes.map((code) => `common.problem.${code}`),
];

const checkMessage = (where: string, value: unknown): string[] => {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
  if (typeof zh !== 'string' || typeof en !== 'string' || !zh || !en) return [`${where}: zh and en are needed.`];
  const faults: string[] = [];
  if (placeholders(zh) !== placeholders(en))
    faults.push(`${where}: zh puts in {${placeholders(zh)}}, en {${placeholders(en)}}.`);
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
