/** A category as a list has it. */
export type CategoryWord = { code: string; zh: string; en: string };

/** Parts a text is compared by: pairs of characters where it is Chinese, words where it is not. */
const partsOf = (text: string): Set<string> => {
  const han = text.match(/\p{Script=Han}+/gu) ?? [];
  const pairs = han.flatMap((run) => [...run].slice(1).map((sign, i) => `${[...run][i]}${sign}`));
  const words = text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
  return new Set([...pairs, ...words]);
};

/** Categories whose names share words with a text, the most alike first; a name within the text comes before all. */
export const categoriesLike = (text: string, words: readonly CategoryWord[]): string[] => {
  const asked = partsOf(text);
  if (asked.size === 0) return [];
  const scored = words.map(({ code, zh, en }) => {
    const parts = [...partsOf(zh), ...partsOf(en)];
    const shared = parts.filter((part) => asked.has(part)).length;
    return { code, score: (text.includes(zh) ? 10 : 0) + shared };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
    .map(({ code }) => code);
};

/** Codes by how often they stand in a list, the most frequent first, the first seen before equals. */
export const mostFrequent = (codes: readonly string[]): string[] => {
  const times = new Map<string, number>();
  for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);
  return [...times.entries()].sort((a, b) => b[1] - a[1]).map(([code]) => code);
};

/** One list out of several, taking turns, each code once. */
export const takeTurns = (lists: readonly (readonly string[])[], most: number): string[] => {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const turns = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? [])).flat();
  return [...new Set(turns)].slice(0, most);
};
