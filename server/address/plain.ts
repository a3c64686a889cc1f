import addressWord from '@/data/dictionaries/address-word.json';
import { anyOf } from '../search/text';

const same: Record<string, string> = addressWord.same;
const variants = Object.entries(addressWord.variants).sort(([a], [b]) => b.length - a.length);
const { numerals, ten, hundred, counted, numbered, doors } = addressWord;

const digitsOf = (words: string): string => {
  if (![...words].some((word) => word === ten || word === hundred))
    return [...words].map((word) => numerals.indexOf(word)).join('');
  const [hundreds = '', rest = words] = words.includes(hundred) ? words.split(hundred) : ['', words];
  const [tens, ones = ''] = rest.includes(ten) ? rest.split(ten) : ['0', rest];
  const one = (word: string | undefined, empty: number) =>
    word ? Math.max(0, numerals.indexOf(word.slice(-1))) : empty;
  const n =
    (words.includes(hundred) ? one(hundreds, 1) * 100 : 0) + (tens === '0' ? 0 : one(tens, 1) * 10) + one(ones, 0);
  return String(n);
};

const spoken = new RegExp(`[${numerals.join('')}${ten}${hundred}]+(?=${anyOf([...counted, ...numbered])})`, 'g');
const spacedNumbers = /(?<=\d)[^\p{L}\p{N}]+(?=\d)/gu;
const blockMark = /(?<=\d)#/g;
const other = /[^\p{L}\p{N}-]|-(?!\d)|(?<!\d)-/gu;

/** Who lives nearby writes their telephone under the address: no number of a house has eleven digits. */
const telephone = /(?<!\d)\d{7,}(?!\d)/g;

/**
 * An address as it is compared: width, case, spelling and words for the same thing made one (幢, 座, # and 号楼: 栋),
 * numbers before what they count in digits (十二巷: 12巷), marks left out but for a hyphen between numbers.
 */
export const canonicalOf = (address: string): string => {
  const wide = address.normalize('NFKC').toLowerCase();
  let text = [
    ...wide
      .replace(blockMark, doors[1] ?? '')
      .replace(spacedNumbers, '-')
      .replace(other, ''),
  ]
    .map((one) => same[one] ?? one)
    .join('');
  for (const [variant, word] of variants) if (text.includes(variant)) text = text.replaceAll(variant, word);
  return text.replace(telephone, '').replace(spoken, digitsOf);
};
