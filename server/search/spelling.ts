import { pinyin } from 'pinyin-pro';

const readings: (readonly string[] | undefined)[] = [];
const initials = new Uint32Array(0x1_0000);

const bitOf = (letter: string): number => 1 << (letter.charCodeAt(0) - 97);

/** Every way a Han character is read, without tones (多音字 have several); none for any other character. */
export const readingsOf = (code: number): readonly string[] => {
  const known = readings[code];
  if (known) return known;
  const character = String.fromCharCode(code);
  const made = /\p{Script=Han}/u.test(character)
    ? [...new Set(pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true }))].filter((one) =>
        /^[a-z]+$/.test(one),
      )
    : [];
  readings[code] = made;
  initials[code] = made.reduce((mask, [first = 'a']) => mask | bitOf(first), 0);
  return made;
};

/** Whether some reading of the character begins with the letter. */
export const canBegin = (code: number, letter: string): boolean => {
  if (!readings[code]) readingsOf(code);
  return ((initials[code] ?? 0) & bitOf(letter)) !== 0;
};
