import type { Meaning, WordBook } from './words';

/** Names of the divisions of a territory, each with the paths it may mean. */
export const divisionBook = (
  divisions: readonly { path: string; names: readonly string[] }[],
  territory: string,
): WordBook => {
  const book = new Map<string, Meaning[]>();
  for (const { path, names } of divisions) {
    if (!path.startsWith(territory)) continue;
    for (const name of names) book.set(name, [...(book.get(name) ?? []), { kind: 'division', target: path }]);
  }
  return book;
};
