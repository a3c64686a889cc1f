import addressWord from '@/data/dictionaries/address-word.json';

/** Text as it is compared, and the place in the original that each of its characters came from. */
export type Plain = { text: string; at: number[] };

const same: Record<string, string> = addressWord.same;

const known = new Map<string, string>();

/** A character as it is compared: width, case and spelling of door words (幢, 座: 栋) made one; marks left out. */
const plainCharacter = (character: string): string => {
  const made = known.get(character);
  if (made !== undefined) return made;
  const kept = [...character.normalize('NFKC').toLowerCase()].filter((one) => /[\p{L}\p{N}]/u.test(one));
  const plain = kept.map((one) => same[one] ?? one).join('');
  known.set(character, plain);
  return plain;
};

/** A text as it is compared, and where it came from. */
export const plainOf = (original: string): Plain => {
  const at: number[] = [];
  let [text, index] = ['', 0];
  for (const character of original) {
    const plain = plainCharacter(character);
    text += plain;
    for (let i = 0; i < plain.length; i++) at.push(index);
    index += character.length;
  }
  return { text, at };
};

/** Stands for a run of digits in a pattern. */
export const slot = '#';

/** Numbers a pattern keeps, and their digits; texts with more, or with longer ones, stand for themselves. */
const mostNumbers = 2;
export const longestNumber = 9;

/** A text with its digit runs taken out: names of a street's houses share one pattern. */
export type Patterned = { pattern: string; numbers: number[] };

export const patternOf = (text: string): Patterned => {
  const runs = text.match(/\d+/g) ?? [];
  if (runs.length > mostNumbers || runs.some((run) => run.length > longestNumber))
    return { pattern: text, numbers: [] };
  return { pattern: text.replace(/\d+/g, slot), numbers: runs.map(Number) };
};

const { numerals, ten, hundred, counted } = addressWord;

const belowHundred = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : numerals[tens]}${ten}`;
  return head + (ones === 0 && tens > 0 ? '' : numerals[ones]);
};

/** 12 as `十二`; null outside 1–199. */
const spokenNumber = (n: number): string | null => {
  if (n < 1 || n > 199) return null;
  if (n < 100) return belowHundred(n);
  const rest = n - 100;
  const between = rest > 0 && rest < 10 ? numerals[0] : '';
  const tail = rest === 0 ? '' : between + (rest >= 10 && rest < 20 ? `${numerals[1]}` : '') + belowHundred(rest);
  return `${numerals[1]}${hundred}${tail}`;
};

const countedDigits = new RegExp(`(\\d{1,3})(?=[${counted.join('')}])`, 'g');

/** The same words with the numbers of lanes and blocks written out (`12巷` as `十二巷`); null when there are none. */
export const spokenVariant = (text: string): string | null => {
  const spoken = text.replace(countedDigits, (digits) => spokenNumber(Number(digits)) ?? digits);
  return spoken === text ? null : spoken;
};

/** Pattern of any of the words, longer ones before those they begin with. */
export const anyOf = (words: readonly string[]): string =>
  `(?:${words.toSorted((a, b) => b.length - a.length).join('|')})`;
const door = `(?:(\\d{1,2})(?:${anyOf(addressWord.units)}|-))?(\\d{3,4})${anyOf(addressWord.rooms)}?$`;
const spacedRoom = new RegExp(`^(.+?)[\\s,-]+${door}`);
const roomTail = new RegExp(`^(.+?)${door}`);

/**
 * Splits words that end in a room (`…3栋2单元1203室`, `…3栋 2-1203`), the rest as it is compared; null when they do not.
 * Null unit = not named.
 */
export const splitRoom = (typed: string): { rest: string; unit: number | null; room: string } | null => {
  const wide = typed.normalize('NFKC').trim();
  const match = spacedRoom.exec(wide) ?? roomTail.exec(plainOf(wide).text);
  if (!match?.[1] || !match[3] || /^\d+$/.test(match[1])) return null;
  return { rest: plainOf(match[1]).text, unit: match[2] === undefined ? null : Number(match[2]), room: match[3] };
};

const doorParts = new RegExp(`(?<=${anyOf(addressWord.doors)})(?=.)`);

/** Parts of an address between which a standard name may hold more words: `116号` and `1栋`. */
export const splitDoors = (text: string): string[] => text.split(doorParts);

const ending = new RegExp(`${anyOf(addressWord.divisionEndings)}$`);

/** A division's name as people shorten it (葵涌街道 → 葵涌); null when nothing two letters long is left. */
export const shortName = (text: string): string | null => {
  const short = text.replace(ending, '');
  return short.length >= 2 && short !== text ? short : null;
};
