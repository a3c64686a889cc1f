import { readingsOf } from '../search/spelling';

/** Names in a text: what was found where; `edit` = how it differs from the name. */
export type Hit<T> = { entry: T; name: string; start: number; end: number; edit: 'none' | 'sound' | 'letter' };

type Node<T> = { next: Map<number, Node<T>>; name: string; entries: T[] };

const node = <T>(): Node<T> => ({ next: new Map(), name: '', entries: [] });

/** The letter of the name and the one that stands for it; null for other edits. */
type Letters = readonly [number, number] | null;

/** Shorter names are not looked for with a letter wrong: too many things are one letter away. */
const shortestMended = 3;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const soundsLike = (a: number, b: number): boolean => {
  const readings = readingsOf(a);
  return readingsOf(b).some((reading) => readings.includes(reading));
};

/** Names to be found anywhere in a text, exactly or with one letter wrong, missing, too many or two swapped. */
export class Lexicon<T> {
  private readonly root = node<T>();

  add(name: string, entry: T): void {
    let at = this.root;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      let next = at.next.get(code);
      if (!next) {
        next = node();
        at.next.set(code, next);
      }
      at = next;
    }
    at.name = name;
    at.entries.push(entry);
  }

  /** All names that stand in the text, in order of where they begin. */
  find(text: string): Hit<T>[] {
    const hits: Hit<T>[] = [];
    for (let start = 0; start < text.length; start++) {
      let at: Node<T> | undefined = this.root;
      for (let i = start; i < text.length; i++) {
        at = at.next.get(text.charCodeAt(i));
        if (!at) break;
        for (const entry of at.entries) hits.push({ entry, name: at.name, start, end: i + 1, edit: 'none' });
      }
    }
    return hits;
  }

  /** Names one edit away from a part of the text; another number is another place. */
  findMended(text: string): Hit<T>[] {
    const hits = new Map<string, Hit<T>[]>();
    const note = (at: Node<T>, start: number, end: number, letters: Letters) => {
      if (at.name.length < shortestMended || end <= start) return;
      const edit = letters && soundsLike(...letters) ? 'sound' : 'letter';
      const key = `${at.name} ${start} ${end}`;
      if (hits.get(key)?.[0]?.edit === 'sound' || (hits.has(key) && edit === 'letter')) return;
      hits.set(
        key,
        at.entries.map((entry) => ({ entry, name: at.name, start, end, edit })),
      );
    };
    const code = (i: number) => text.charCodeAt(i);
    /** Follows the text letter by letter from a node, after the edit. */
    const follow = (from: Node<T> | undefined, start: number, i: number, letters: Letters) => {
      let at = from;
      for (let end = i; at; end++) {
        if (at.entries.length > 0) note(at, start, end, letters);
        at = end < text.length ? at.next.get(code(end)) : undefined;
      }
    };
    for (let start = 0; start < text.length; start++) {
      let at: Node<T> | undefined = this.root;
      for (let i = start; at && i <= text.length; i++) {
        const own = i < text.length ? code(i) : -1;
        for (const [letter, next] of at.next) {
          if (letter === own || isDigit(letter)) continue;
          // missing in the text
          follow(next, start, i, null);
          // another letter in its place
          if (own >= 0 && !isDigit(own)) follow(next, start, i + 1, [letter, own]);
        }
        if (own < 0) break;
        if (i > start && !isDigit(own)) {
          // one too many
          follow(at, start, i + 1, null);
          // two swapped
          if (i + 1 < text.length && !isDigit(code(i + 1)))
            follow(at.next.get(code(i + 1))?.next.get(own), start, i + 2, null);
        }
        at = at.next.get(own);
      }
    }
    return [...hits.values()].flat();
  }
}
